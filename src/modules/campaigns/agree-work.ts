import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { type MoneyJson, toMoneyJson } from '#kernel/money.ts';
import { dayIn } from '#kernel/time.ts';
import { planDeliverables } from './add-deliverables.ts';
import { holdEnrolment, machine } from './advance-enrolment.ts';
import type { AgreedEffect, DeliverableState } from './api.ts';
import { differences } from './differences.ts';
import { getCampaign } from './facts.ts';
import { type EnrolmentChange, findCampaignIdOf, updateEnrolmentRow } from './queries/change-enrolment.ts';
import {
  type DeliverableChange,
  type DeliverableRow,
  lockDeliverablesOf,
  updateDeliverableRow,
} from './queries/content.ts';
import { readToday } from './read-campaigns.ts';
import { amountMinorMax } from './read-money.ts';
import { type ChangeFrame, recordContentChanges, recordRosterChanges } from './record-change.ts';
import { type AgreedLine, type AgreedPiece, type AgreedPlan, matchAgreed } from './rules/match-agreed.ts';
import { stepDeliverable } from './set-deliverable-state.ts';
import { asText } from './update-enrolment.ts';

/** All that is signed and holds for a creator on a campaign. */
export interface AgreedWork {
  workspaceId: string;
  enrolmentId: string;
  /** The contracts in force, also those that name no pieces. */
  contractIds: readonly string[];
  lines: readonly AgreedLine[];
  /** What they pay together; null where they name no fixed fee. */
  fee: MoneyJson | null;
  /** Stands by every piece that is closed because nobody owes it any more. */
  closedReason: string;
}

/**
 * Brings a creator's fee and pieces on a campaign in line with all that is signed: what is missing is planned, days follow, what nobody owes any more is
 * closed unless work on it has begun. The same again changes nothing, whatever came before. Null when the enrolment is gone.
 */
export async function agreeWork(infra: Infra, tx: Tx, of: AgreedWork): Promise<AgreedEffect | null> {
  const { workspaceId } = of;
  if ((await findCampaignIdOf(tx, workspaceId, of.enrolmentId)) === null) return null;
  const row = await holdEnrolment(tx, workspaceId, of.enrolmentId);
  const enrolmentId = row.id;
  const call: ChangeFrame = { workspaceId, actor: machine, requestId: newId('request', infra.clock.now().getTime()) };
  const fee = await agreeFee(infra, tx, { ...of, call, row });
  const rows = new Map((await lockDeliverablesOf(tx, workspaceId, enrolmentId)).map((one) => [one.id, one]));
  const { timeZone } = await readToday(tx, workspaceId, infra.clock);
  const plan = matchAgreed(
    of,
    [...rows.values()].map((one) => toPiece(one, timeZone)),
  );
  const isOffRoster = row.removed_at !== null;
  const frame = { call, campaignId: row.campaign_id, enrolmentId, rows, plan, closedReason: of.closedReason };
  const created = isOffRoster ? [] : await createMissing(infra, tx, frame);
  const moved = await meetOwed(infra, tx, frame);
  await closeOver(infra, tx, frame);
  const told = (piece: AgreedPiece) => ({ id: piece.id, title: piece.title, state: piece.state });
  return {
    fee,
    created,
    moved,
    closed: plan.close.map(told),
    kept: plan.keep.map(told),
    isOffRoster: isOffRoster && plan.create.length > 0,
  };
}

function toPiece(row: DeliverableRow, timeZone: string): AgreedPiece {
  const { id, platform, format, title } = row;
  const state = row.state as DeliverableState;
  const signed =
    row.contract_id === null
      ? null
      : { contractId: row.contract_id, title: row.signed_title, dueOn: row.signed_due_on };
  const liveOn = row.live_at === null ? null : dayIn(timeZone, row.live_at);
  const [dueOn, closedReason] = [row.due_on, row.closed_reason];
  return { id, platform, format, title, dueOn, liveOn, state, signed, closedReason };
}

interface FeeRow {
  id: string;
  campaign_id: string;
  person_id: string;
  fee_minor: bigint | null;
  fee_paid_on: string | null;
  signed_fee_minor: bigint | null;
  signed_fee_currency: string | null;
}

/** The fee becomes the signed one, but where it was paid or counts in another currency. A fee set by hand after signing stays until another one is signed. */
async function agreeFee(
  infra: Infra,
  tx: Tx,
  of: AgreedWork & { call: ChangeFrame; row: FeeRow },
): Promise<AgreedEffect['fee']> {
  const { call, row, fee } = of;
  const { currency } = await getCampaign(tx, of.workspaceId, row.campaign_id);
  const signedMinor = fee === null ? null : BigInt(fee.amountMinor);
  const isNews = row.signed_fee_minor !== signedMinor || row.signed_fee_currency !== (fee?.currency ?? null);
  const outcome = isNews || fee === null ? outcomeOf(row, { signed: fee, currency }) : 'same';
  const wanted: EnrolmentChange = {
    signed_fee_minor: signedMinor,
    signed_fee_currency: fee?.currency ?? null,
    ...(outcome === 'set' || outcome === 'replaced' ? { fee_minor: signedMinor } : {}),
  };
  const { change, changes } = differences<EnrolmentChange>(row, wanted);
  if (Object.keys(change).length > 0) {
    await updateEnrolmentRow(tx, of.workspaceId, { id: row.id, change });
    const told = {
      enrolmentId: row.id,
      personId: row.person_id,
      changes: { ...asText(changes), because: 'contract', contracts: of.contractIds },
    };
    await recordRosterChanges(infra, tx, { call, campaignId: row.campaign_id, what: 'changed', rows: [told] });
  }
  const money = (amountMinor: bigint | null) => (amountMinor === null ? null : toMoneyJson({ amountMinor, currency }));
  return { before: money(row.fee_minor), after: money(change.fee_minor ?? row.fee_minor), signed: fee, outcome };
}

function outcomeOf(row: FeeRow, of: { signed: MoneyJson | null; currency: string }): AgreedEffect['fee']['outcome'] {
  if (of.signed === null) return (row.fee_minor ?? 0n) === 0n ? 'same' : 'not_named';
  if (of.signed.currency !== of.currency) return 'other_currency';
  const signedMinor = BigInt(of.signed.amountMinor);
  if (signedMinor > amountMinorMax) return 'too_large';
  if (row.fee_minor === signedMinor) return 'same';
  if (row.fee_minor === null) return 'set';
  return row.fee_paid_on === null ? 'replaced' : 'paid';
}

interface PieceFrame {
  call: ChangeFrame;
  campaignId: string;
  enrolmentId: string;
  rows: ReadonlyMap<string, DeliverableRow>;
  plan: AgreedPlan;
  closedReason: string;
}

async function createMissing(infra: Infra, tx: Tx, of: PieceFrame): Promise<AgreedEffect['created']> {
  const { call, campaignId, enrolmentId, plan } = of;
  const nowMs = infra.clock.now().getTime();
  // A millisecond apart: pieces that are due on one day keep the order of the terms.
  const rows = plan.create.map(({ platform, format, title, dueOn, contractId }, at) => ({
    id: newId('deliverable', nowMs + at),
    enrolmentId,
    platform,
    format,
    title,
    dueOn,
    briefLine: null,
    contractId,
  }));
  await planDeliverables(infra, tx, { call, campaignId, rows });
  return rows.map(({ id, title, dueOn }) => ({ id, title, dueOn }));
}

/** Pieces that meet what is owed take its day and name, and open again where an earlier version had closed them. */
async function meetOwed(infra: Infra, tx: Tx, of: PieceFrame): Promise<AgreedEffect['moved']> {
  const moved: AgreedEffect['moved'] = [];
  const changed: { deliverableId: string; changes: Record<string, unknown> }[] = [];
  for (const { piece, wanted } of of.plan.meet) {
    const row = of.rows.get(piece.id);
    if (row === undefined) continue;
    if (piece.state === 'cancelled' && piece.closedReason !== null)
      await stepDeliverable(infra, tx, { ...of.call, deliverableId: row.id, row, to: 'planned' });
    const isFixed = piece.state === 'live' || (piece.state === 'cancelled' && piece.closedReason === null);
    // A piece planned before the renewal was signed is called as the renewal calls it; a name somebody gave a signed one stays.
    const isFirstOfRenewal = piece.signed === null && wanted.startsOn !== null;
    const isRenamed = piece.state === 'planned' && (isFirstOfRenewal || piece.title === piece.signed?.title);
    const isMoved = wanted.dueOn !== null && (piece.signed === null || wanted.dueOn !== piece.signed.dueOn);
    const { change, changes } = differences<DeliverableChange>(row, {
      contract_id: wanted.contractId,
      signed_title: wanted.title,
      signed_due_on: wanted.dueOn,
      ...(isFixed || !isMoved ? {} : { due_on: wanted.dueOn }),
      ...(isFixed || !isRenamed ? {} : { title: wanted.title }),
    });
    if (Object.keys(change).length === 0) continue;
    await updateDeliverableRow(tx, of.call.workspaceId, { id: row.id, change, at: infra.clock.now() });
    changed.push({ deliverableId: row.id, changes: { ...changes, because: 'contract' } });
    if (change.due_on !== undefined)
      moved.push({ id: row.id, title: change.title ?? row.title, from: row.due_on, to: change.due_on });
  }
  const { call, campaignId } = of;
  await recordContentChanges(infra, tx, { call, campaignId, what: 'changed', rows: changed });
  return moved;
}

async function closeOver(infra: Infra, tx: Tx, of: PieceFrame): Promise<void> {
  for (const piece of of.plan.close) {
    const row = of.rows.get(piece.id);
    if (row === undefined) continue;
    const { closedReason } = of;
    await stepDeliverable(infra, tx, { ...of.call, deliverableId: row.id, row, to: 'cancelled', closedReason });
  }
}
