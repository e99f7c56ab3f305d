import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { notFound } from '#kernel/errors.ts';
import type { MoneyJson } from '#kernel/money.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { type AgreedEffect, agreedEffectSchema } from '#modules/campaigns/api.ts';
import { agreeWork, findCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { type ContractEffect, type seeContractEffect, type Terms, termsSchema } from './api.ts';
import { contractEnded, contractEventPayload, contractRenewed, contractSigned } from './events.ts';
import { lockContracts, selectContract, selectInForce } from './queries/contracts.ts';
import { type EffectRow, insertEffect, markEffectSeen, selectEffects, selectOpenEffects } from './queries/effects.ts';
import { sayEffect } from './rules/say-effect.ts';

const reasonMax = 2000;
const workMax = 500;

/**
 * What is signed takes effect on the campaign: the fee, the pieces owed and their days. It goes by all that is signed at the moment it looks, once for each version
 * and for the end, so that repeats and late arrivals change nothing. A renewal takes effect when its days come.
 */
export function takeEffect(infra: Infra): Consumer {
  return {
    name: 'contracts.take-effect',
    events: [contractSigned, contractRenewed, contractEnded],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { contractId } = contractEventPayload.parse(payload);
        await infra.db.inWorkspace(workspaceId, (tx) => applyContract(infra, tx, { workspaceId, contractId }));
      }
    },
  };
}

/** Lets a contract's version in force, or its end, take effect on the campaign, once. */
export async function applyContract(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; contractId: string },
): Promise<void> {
  const { workspaceId, contractId } = of;
  const [row] = await lockContracts(tx, workspaceId, [contractId]);
  if (row === undefined || row.in_force_version === null || row.is_waiting) return;
  const key = row.ended_at === null ? `v${row.in_force_version}` : 'ended';
  if ((await selectEffects(tx, workspaceId, contractId)).some((one) => one.key === key)) return;
  const closedReason =
    row.ended_at === null
      ? `No longer owed by version ${row.in_force_version} of the contract`
      : `The contract ended: ${row.ended_reason ?? 'no reason given'}`;
  const effect = await agreeEnrolment(infra, tx, { workspaceId, enrolmentId: row.enrolment_id, closedReason });
  // The campaign is gone, and with it all that could change.
  if (effect === null) return;
  const remarks = sayEffect(effect);
  await insertEffect(tx, {
    workspace_id: workspaceId,
    contract_id: contractId,
    key,
    effect: JSON.stringify(effect),
    needs_look: remarks.some((remark) => remark.needsLook),
    at: infra.clock.now(),
  });
}

/** Brings the campaign in line with all that is signed for an enrolment. Null when the campaign is gone. */
export async function agreeEnrolment(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; enrolmentId: string; closedReason: string },
): Promise<AgreedEffect | null> {
  const { workspaceId, enrolmentId } = of;
  const inForce = await selectInForce(tx, workspaceId, { enrolmentId });
  const campaign = inForce[0] === undefined ? null : await findCampaign(tx, workspaceId, inForce[0].campaign_id);
  const signed = inForce.map((one) => ({
    id: one.id,
    isRenewal: one.renews_id !== null,
    terms: termsSchema.parse(one.terms),
  }));
  return agreeWork(infra, tx, {
    workspaceId,
    enrolmentId,
    contractIds: signed.map((one) => one.id),
    lines: signed.flatMap(({ id, isRenewal, terms }) =>
      terms.deliverables.map(({ platform, format, count, title, dueOn }) => ({
        ...{ contractId: id, platform, format, count, title, dueOn },
        startsOn: isRenewal ? terms.startsOn : null,
      })),
    ),
    fee: sumOf(signed.filter((one) => !isAfter(one, campaign?.endsOn ?? null)).map((one) => one.terms.fee)),
    closedReason: of.closedReason.slice(0, reasonMax),
  });
}

/** A renewal whose term begins after the campaign's last day pays for what comes after it: its fee is none of this campaign's costs. */
function isAfter(one: { isRenewal: boolean; terms: Terms }, endsOn: string | null): boolean {
  const { startsOn } = one.terms;
  return one.isRenewal && endsOn !== null && startsOn !== null && startsOn > endsOn;
}

/** What all contracts pay together; null where none names a fee, and the newest one's where they count in several currencies. */
function sumOf(fees: readonly Terms['fee'][]): MoneyJson | null {
  const named = fees.filter((fee) => fee !== null);
  const last = named.at(-1);
  if (last === undefined) return null;
  const alike = named.filter((fee) => fee.currency === last.currency);
  const amountMinor = alike.reduce((sum, fee) => sum + BigInt(fee.amountMinor), 0n);
  return { amountMinor: amountMinor.toString(), currency: last.currency };
}

/** What each version, and the end, of a contract changed. Error: not_found. */
export async function readEffects(
  infra: Infra,
  of: { workspaceId: string; contractId: string },
): Promise<ContractEffect[]> {
  return infra.db.inWorkspace(of.workspaceId, (tx) => listEffects(tx, of));
}

async function listEffects(tx: Tx, of: { workspaceId: string; contractId: string }): Promise<ContractEffect[]> {
  if ((await selectContract(tx, of.workspaceId, of.contractId)) === undefined) throw notFound('contract');
  return (await selectEffects(tx, of.workspaceId, of.contractId)).map(toEffect);
}

function toEffect(row: EffectRow): ContractEffect {
  const effect = agreedEffectSchema.parse(row.effect);
  return {
    key: row.key,
    effect,
    remarks: sayEffect(effect),
    needsLook: row.needs_look && row.seen_at === null,
    seenBy: row.seen_by,
    seenAt: row.seen_at?.toISOString() ?? null,
    at: row.at.toISOString(),
  };
}

/** Notes that a member looked at what an effect left to decide. Error: not_found. */
export async function seeEffect(infra: Infra, call: Call<typeof seeContractEffect>): Promise<ContractEffect[]> {
  const { workspaceId, actor, requestId, input } = call;
  const { contractId, key } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const effects = await listEffects(tx, { workspaceId, contractId });
    if (!effects.some((one) => one.key === key)) throw notFound('contract effect');
    const isNews = await markEffectSeen(tx, workspaceId, { contractId, key, by: actor.name, at: infra.clock.now() });
    if (!isNews) return effects;
    const action = 'contract.effect-seen';
    await recordAudit(tx, {
      ...{ workspaceId, actor, requestId, action, subjectKind: 'contract', subjectId: contractId },
      changes: { effect: key },
    });
    return listEffects(tx, { workspaceId, contractId });
  });
}

/** Effects a person has to look at: a fee of their own that gave way, work that nobody owes any more. */
export async function effectWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  return (await selectOpenEffects(tx, workspaceId, workMax)).map((row) => ({
    kind: 'contract.effect',
    title: `Look at what ${row.person_name}’s contract changed`,
    detail:
      sayEffect(agreedEffectSchema.parse(row.effect))
        .filter((remark) => remark.needsLook)
        .map((remark) => remark.text)
        .join(' ') || null,
    since: row.at.toISOString(),
    dueOn: null,
    path: `/contracts/${row.contract_id}`,
    campaignId: row.campaign_id,
    personId: row.person_id,
  }));
}
