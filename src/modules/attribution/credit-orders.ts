import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { orderNames, stateCredits } from '#modules/tracking/index.ts';
import { decideBatch } from './decide-batch.ts';
import { creditChanged } from './events.ts';
import { markCreditDays } from './queries/credit-sums.ts';
import {
  appendChanges,
  type CreditRow,
  replaceCredits,
  type StandingShare,
  selectStanding,
} from './queries/credits.ts';
import { hasLooseAnswers, tieAnswers } from './queries/survey-answers.ts';
import { readPolicies } from './read-policies.ts';
import { creditDeltas, type OwnedShare } from './rules/credit-deltas.ts';

const idsPerEventMax = 500;

/**
 * Decides the credit of these orders from all that is known now, by the rules that hold now; writes what changed, notes the differences in the journal and tells of
 * them. The orders are held while it decides, so that two decisions of one order never meet. Returns how many orders' credit moved.
 */
export async function creditOrders(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; conversionIds: readonly string[]; cause?: { kind: 'rules'; runId: string | null } },
): Promise<number> {
  const { workspaceId } = of;
  const policies = await readPolicies(tx, workspaceId);
  // Answers may be here before their order.
  if (await hasLooseAnswers(tx, workspaceId))
    await tieAnswers(tx, workspaceId, await orderNames(tx, workspaceId, of.conversionIds));
  const { conversionIds, rows } = await decideBatch(infra, tx, { ...of, policies, isHeld: true });
  if (conversionIds.length === 0) return 0;
  const before = await selectStanding(tx, workspaceId, conversionIds);
  const changed = await replaceCredits(tx, workspaceId, { conversionIds, rows });
  const paid = rows.filter((row) => row.model === 'paid');
  const orderedAt = [...before, ...paid].map((row) => row.ordered_at);
  await markCreditDays(tx, workspaceId, { orderedAt, at: infra.clock.now() });
  const versions = new Map(paid.map((row) => [row.conversion_id, row.policy_version]));
  const deltas = creditDeltas(before.map(standing), paid.map(decided), (id) => versions.get(id) ?? 0);
  const cause = of.cause?.kind ?? 'order';
  await appendChanges(tx, workspaceId, { deltas, cause, runId: of.cause?.runId ?? null, at: infra.clock.now() });
  await stateCredits(
    tx,
    workspaceId,
    paid
      .filter((row) => row.place === 0)
      .map((row) => ({
        conversionId: row.conversion_id,
        rule: row.rule,
        personId: row.person_id,
        campaignId: row.campaign_id,
        enrolmentId: row.enrolment_id,
      })),
  );
  const campaignIds = [...before, ...paid]
    .filter((row) => changed.has(row.conversion_id))
    .flatMap((row) => (row.campaign_id === null ? [] : [row.campaign_id]));
  const ids = [...changed].sort();
  for (let at = 0; at < ids.length; at += idsPerEventMax)
    await infra.outbox.emit(tx, {
      workspaceId,
      name: creditChanged,
      payload: { conversionIds: ids.slice(at, at + idsPerEventMax), campaignIds: [...new Set(campaignIds)].sort() },
    });
  return new Set(deltas.map((delta) => delta.conversionId)).size;
}

export function standing(row: Omit<StandingShare, 'ordered_at'>): OwnedShare {
  return {
    conversionId: row.conversion_id,
    personId: row.person_id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    currency: row.currency,
    creditedMinor: row.credited_minor,
    isCounted: row.is_counted,
    rule: row.rule,
  };
}

export function decided(row: CreditRow): OwnedShare {
  return standing({ ...row, credited_minor: BigInt(row.credited_minor) });
}
