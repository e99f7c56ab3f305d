import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { advanceEnrolment } from '#modules/campaigns/index.ts';
import type { ShipmentEventKind, ShipmentState } from '../api.ts';
import { shipmentEventName } from '../events.ts';
import { type Frame, record } from '../frame.ts';
import { settleCost } from '../picks/settle-cost.ts';
import {
  insertParcelEvent,
  type ParcelChange,
  type ParcelRow,
  selectParcelEvents,
  updateParcel,
} from '../queries/parcels.ts';
import { selectPickLines } from '../queries/picks.ts';
import { takeStock } from '../queries/products.ts';
import { standOfParcel } from '../rules/stand-of-parcel.ts';
import { settlePostage } from './settle-postage.ts';

export interface ParcelNews {
  kind: ShipmentEventKind;
  /** Null is now, unless the same is known already. */
  at: Date | null;
  note?: string | null;
}

/**
 * Writes down what happened to a parcel that the caller holds, and lets everything follow from all that is known: state, stock, the campaign's
 * stages and costs. Repeats, late and reordered news end in the same state. Returns whether anything changed.
 */
export async function recordNews(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; parcel: ParcelRow; source: string; news: readonly ParcelNews[] },
): Promise<boolean> {
  const { frame, parcel, source } = of;
  const now = infra.clock.now();
  const before = await selectParcelEvents(tx, frame.workspaceId, [parcel.id]);
  let isNews = false;
  for (const { kind, at, note } of of.news) {
    if (at === null && before.some((event) => event.kind === kind && event.withdrawn_at === null)) continue;
    const isNew = await insertParcelEvent(tx, frame.workspaceId, {
      id: newId('event', now.getTime()),
      shipmentId: parcel.id,
      kind,
      at: at ?? now,
      source,
      byName: frame.actor.name,
      note: note ?? null,
      recordedAt: now,
    });
    isNews = isNew || isNews;
  }
  const isMoved = await restate(infra, tx, { frame, parcel });
  return isNews || isMoved;
}

/** Brings the state of a parcel in line with what is known of it. Returns whether it changed. */
export async function restate(infra: Infra, tx: Tx, of: { frame: Frame; parcel: ParcelRow }): Promise<boolean> {
  const { frame, parcel } = of;
  const { workspaceId } = frame;
  const events = await selectParcelEvents(tx, workspaceId, [parcel.id]);
  const stand = standOfParcel(events.filter((event) => event.withdrawn_at === null));
  // Nothing left that happened: it stands as it was made.
  const state: ShipmentState =
    stand.state ?? (parcel.state === 'waiting' || parcel.state === 'failed' ? parcel.state : 'ordered');
  if (state === parcel.state) return false;
  const change: ParcelChange = { state };
  if (parcel.problem === 'not_delivered' && state !== 'shipped')
    Object.assign(change, { problem: null, problem_text: null });
  await updateParcel(tx, workspaceId, { id: parcel.id, change });
  await followStock(tx, { workspaceId, parcel, state });
  const payload = {
    campaignId: parcel.campaign_id,
    enrolmentId: parcel.enrolment_id,
    personId: parcel.person_id,
    pickId: parcel.pick_id,
    shipmentId: parcel.id,
  };
  const changes = { state: { from: parcel.state, to: state } };
  const subject = { kind: 'shipment', id: parcel.id };
  await record(infra, tx, { frame, action: shipmentEventName(state), subject, changes, payload });
  for (const reason of [
    ...(stand.shippedAt === null ? [] : (['product_shipped'] as const)),
    ...(stand.deliveredAt === null ? [] : (['product_delivered'] as const)),
  ])
    await advanceEnrolment(infra, tx, {
      workspaceId,
      enrolmentId: parcel.enrolment_id,
      reason,
      by: frame.actor,
      requestId: frame.requestId,
    });
  if ((state === 'cancelled') !== (parcel.state === 'cancelled'))
    await settleCost(infra, tx, {
      frame,
      campaignId: parcel.campaign_id,
      enrolmentId: parcel.enrolment_id,
      wasCounted: true,
    });
  await settlePostage(infra, tx, { frame, campaignId: parcel.campaign_id, enrolmentId: parcel.enrolment_id });
  return true;
}

/** A parcel of our own that was cancelled puts its goods back; one that was not after all takes them again. The shop counts its own. */
async function followStock(
  tx: Tx,
  of: { workspaceId: string; parcel: ParcelRow; state: ShipmentState },
): Promise<void> {
  const { workspaceId, parcel, state } = of;
  const isBack = state === 'cancelled';
  const wasBack = parcel.state === 'cancelled';
  if (parcel.shop_id !== null || isBack === wasBack) return;
  const lines = await selectPickLines(tx, workspaceId, [parcel.pick_id]);
  const sign = isBack ? -1 : 1;
  await takeStock(
    tx,
    workspaceId,
    lines.map((line) => ({ variantId: line.variant_id, quantity: sign * line.quantity })),
  );
}
