import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type {
  decideJoinedFee as decideEndpoint,
  Enrolment,
  EnrolmentJoin,
  listEnrolmentJoins as listEndpoint,
} from './api.ts';
import { campaignsError } from './errors.ts';
import { getCampaign, getEnrolment, listCampaignNames } from './facts.ts';
import { lockEnrolment } from './queries/change-enrolment.ts';
import { noteAfter, selectJoinedWith, selectOpenQuestions, setDecided, writeFields } from './queries/joins.ts';
import { selectEnrolments } from './queries/roster.ts';
import { shareCampaign } from './read-campaigns.ts';
import { recordRosterChanges } from './record-change.ts';
import { decideFees } from './rules/join-fees.ts';

const questionsMax = 200;

/** Entries brought together with this one. Error: not_found. */
export async function listEnrolmentJoins(infra: Infra, call: Call<typeof listEndpoint>): Promise<EnrolmentJoin[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [enrolment] = await selectEnrolments(tx, workspaceId, [input.enrolmentId]);
    if (enrolment === undefined) throw notFound('enrolment');
    const joins = await selectJoinedWith(tx, workspaceId, [enrolment.id]);
    const { currency } = await getCampaign(tx, workspaceId, enrolment.campaign_id);
    const rows = await selectEnrolments(
      tx,
      workspaceId,
      joins.map((join) => join.joined_id),
    );
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    return joins.map((join) => {
      const row = rowOf.get(join.joined_id);
      const feeMinor = row?.fee_minor ?? null;
      return {
        joinedEnrolmentId: join.joined_id,
        joinedPersonId: join.joined_person_id,
        joinedAt: join.joined_at.toISOString(),
        fee: feeMinor === null ? null : toMoneyJson({ amountMinor: feeMinor, currency }),
        feePaidOn: row?.fee_paid_on ?? null,
        question: join.fee_question,
        choice: join.fee_choice,
        reason: join.fee_reason,
        decidedBy: join.decided_by,
      };
    });
  });
}

/** Decides between the fees of two entries that became one, once. Errors: not_found, fee_decided, fee_was_paid. */
export async function decideJoinedFee(infra: Infra, call: Call<typeof decideEndpoint>): Promise<Enrolment> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [enrolment] = await selectEnrolments(tx, workspaceId, [input.enrolmentId]);
    if (enrolment === undefined) throw notFound('enrolment');
    await shareCampaign(tx, workspaceId, enrolment.campaign_id);
    const rows = new Map<string, Awaited<ReturnType<typeof lockEnrolment>>>();
    for (const id of [input.enrolmentId, input.joinedEnrolmentId].sort())
      rows.set(id, await lockEnrolment(tx, workspaceId, id));
    const joins = await selectJoinedWith(tx, workspaceId, [enrolment.id]);
    const join = joins.find((one) => one.joined_id === input.joinedEnrolmentId);
    const [kept, joined] = [rows.get(input.enrolmentId), rows.get(input.joinedEnrolmentId)];
    if (join === undefined || kept === undefined || joined === undefined) throw notFound('enrolment');
    if (join.fee_question !== 'open')
      throw campaignsError('fee_decided', 'There is nothing left to decide about these fees.');
    const feeOf = (row: typeof kept) => ({ feeMinor: row.fee_minor, paidOn: row.fee_paid_on });
    const fees = decideFees(feeOf(kept), feeOf(joined), input.choice);
    if (fees === null)
      throw campaignsError(
        'fee_was_paid',
        'choice: The other fee was paid, and money that was paid stays in the sums. Choose the paid one, or both.',
        [{ field: 'choice', message: 'The other fee was paid. Choose the paid one, or both.' }],
      );
    const at = infra.clock.now();
    const key = { joinedId: joined.id, joinedPersonId: join.joined_person_id };
    const write = (id: string, fee: typeof fees.kept) =>
      writeFields(tx, workspaceId, { id, fields: { fee_minor: fee.feeMinor, fee_paid_on: fee.paidOn } });
    await write(kept.id, fees.kept);
    await write(joined.id, fees.joined);
    await setDecided(tx, workspaceId, { ...key, choice: input.choice, reason: input.reason, by: actor.name, at });
    await noteAfter(tx, workspaceId, key);
    const text = (value: bigint | null) => value?.toString() ?? null;
    const changes = {
      fee_minor: { from: text(kept.fee_minor), to: text(fees.kept.feeMinor) },
      joined_fee: { from: text(joined.fee_minor), to: text(fees.joined.feeMinor) },
      because: `${input.choice}: ${input.reason}`,
    };
    const told = { enrolmentId: kept.id, personId: kept.person_id, changes };
    await recordRosterChanges(infra, tx, { call, campaignId: kept.campaign_id, what: 'changed', rows: [told] });
    return getEnrolment(tx, workspaceId, { id: kept.id, clock: infra.clock });
  });
}

/** Fees of entries that became one, while nobody decided which holds. */
export async function joinedFeeWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const rows = await selectOpenQuestions(tx, workspaceId, { campaignId: undefined, limit: questionsMax });
  if (rows.length === 0) return [];
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.kept_person_id),
  );
  const names = await listCampaignNames(
    tx,
    workspaceId,
    rows.map((row) => row.campaign_id),
  );
  return rows.map((row) => ({
    kind: 'enrolment.fee_question',
    title: `Decide which fee of ${cards.get(row.kept_person_id)?.name ?? 'Erased creator'} holds`,
    detail: `Two entries were brought together · ${names.get(row.campaign_id) ?? ''}`,
    since: row.joined_at.toISOString(),
    dueOn: null,
    path: `/campaigns/${row.campaign_id}/roster?open=${row.kept_id}`,
    campaignId: row.campaign_id,
    personId: row.kept_person_id,
  }));
}
