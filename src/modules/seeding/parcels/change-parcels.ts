import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  BulkOutcome,
  getShipment as getEndpoint,
  PostalAddress,
  recordShipment as recordEndpoint,
  retryShipments as retryEndpoint,
  Shipment,
  ShipmentEvent,
  updateShipment as updateEndpoint,
  withdrawShipmentEvent as withdrawEndpoint,
} from '../api.ts';
import { seedingError } from '../errors.ts';
import {
  lockParcels,
  type ParcelChange,
  type ParcelRow,
  selectParcelEvents,
  selectParcels,
  updateParcel,
  withdrawParcelEvent,
} from '../queries/parcels.ts';
import { selectAddresses } from '../queries/people.ts';
import { lockPicks, selectPickLines } from '../queries/picks.ts';
import { readMoneyOrNull } from '../read-money.ts';
import { getShipmentOf } from './present-parcels.ts';
import { recordNews, restate } from './record-parcel.ts';
import { packByHand, wayOf } from './send-picks.ts';
import { settlePostage } from './settle-postage.ts';

/** A parcel with all that happened. Error: not_found. */
export async function getShipment(
  infra: Infra,
  call: Call<typeof getEndpoint>,
): Promise<{ shipment: Shipment; events: ShipmentEvent[]; address: PostalAddress | null }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { shipment, row } = await getShipmentOf(tx, workspaceId, input.shipmentId);
    const events = await selectParcelEvents(tx, workspaceId, [row.id]);
    return {
      shipment,
      address: row.address,
      events: events.map((event) => ({
        id: event.id,
        kind: event.kind,
        at: event.at.toISOString(),
        source: event.source,
        by: event.by_name,
        note: event.note,
        recordedAt: event.recorded_at.toISOString(),
        withdrawn:
          event.withdrawn_at === null ? null : { at: event.withdrawn_at.toISOString(), by: event.withdrawn_by ?? '' },
      })),
    };
  });
}

/** Choices and parcels held, choices first as everybody takes them. */
export async function holdParcels(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ParcelRow[]> {
  const seen = await selectParcels(tx, workspaceId, ids);
  await lockPicks(
    tx,
    workspaceId,
    seen.map((parcel) => parcel.pick_id),
  );
  return lockParcels(tx, workspaceId, ids);
}

async function holdAll(
  tx: Tx,
  workspaceId: string,
  given: readonly string[],
): Promise<{ rows: ParcelRow[]; cards: Map<string, PersonCard>; outcome: BulkOutcome }> {
  const ids = [...new Set(given)];
  const rows = await holdParcels(tx, workspaceId, ids);
  const known = new Set(rows.map((row) => row.id));
  const refused = ids
    .filter((id) => !known.has(id))
    .map((id) => ({ id, who: id, message: 'There is no such parcel.' }));
  return {
    rows,
    cards: await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    ),
    outcome: { done: 0, unchanged: 0, refused },
  };
}

/** Says by hand what happened to parcels. Error: bad_day for a time to come. */
export async function recordShipments(infra: Infra, call: Call<typeof recordEndpoint>): Promise<BulkOutcome> {
  const { workspaceId, input } = call;
  const at = input.at === undefined ? null : new Date(input.at);
  if (at !== null && at > infra.clock.now()) {
    const message = 'This has not come yet; say it when it has happened.';
    throw seedingError('bad_day', `at: ${message}`, [{ field: 'at', message }]);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, cards, outcome } = await holdAll(tx, workspaceId, input.shipmentIds);
    for (const parcel of rows) {
      const why = refusalOf(parcel, input.kind);
      if (why !== null) {
        outcome.refused.push({ id: parcel.id, who: cards.get(parcel.person_id)?.name ?? parcel.id, message: why });
        continue;
      }
      const change: ParcelChange = {
        ...(input.carrier === undefined ? {} : { carrier: input.carrier || null }),
        ...(input.trackingNumber === undefined ? {} : { tracking_number: input.trackingNumber || null }),
      };
      if (Object.keys(change).length > 0) await updateParcel(tx, workspaceId, { id: parcel.id, change });
      const news = [{ kind: input.kind, at, note: input.note }];
      const isChanged = await recordNews(infra, tx, { frame: call, parcel, source: 'by hand', news });
      outcome[isChanged || Object.keys(change).length > 0 ? 'done' : 'unchanged'] += 1;
    }
    return outcome;
  });
}

/** Why a thing cannot be said of a parcel; null when it can. */
export function refusalOf(parcel: ParcelRow, kind: string): string | null {
  if (parcel.state === 'waiting') return 'The shop has not taken the order yet.';
  if (parcel.state === 'failed') return 'It was never ordered. Try it again, or pack it yourself.';
  if (kind === 'cancelled' && parcel.external_id !== null) return 'Cancel the order in the shop; it is noticed here.';
  if (kind === 'ordered') return 'It was ordered already.';
  return null;
}

/** Carrier, tracking number and postage. Errors: not_found, bad_money. */
export async function updateShipment(infra: Infra, call: Call<typeof updateEndpoint>): Promise<Shipment> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [parcel] = await lockParcels(tx, workspaceId, [input.shipmentId]);
    if (parcel === undefined) throw notFound('shipment');
    const { currency } = await getCampaign(tx, workspaceId, parcel.campaign_id);
    const change: ParcelChange = {
      ...(input.carrier === undefined ? {} : { carrier: input.carrier || null }),
      ...(input.trackingNumber === undefined ? {} : { tracking_number: input.trackingNumber || null }),
      ...(input.trackingUrl === undefined ? {} : { tracking_url: input.trackingUrl }),
      ...(input.shippingCost === undefined
        ? {}
        : { cost_minor: readMoneyOrNull(input.shippingCost, { field: 'shippingCost', currency }) }),
    };
    if (Object.keys(change).length > 0) {
      await updateParcel(tx, workspaceId, { id: parcel.id, change });
      const { cost_minor: _, ...rest } = change;
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'shipment.changed',
        subjectKind: 'shipment',
        subjectId: parcel.id,
        changes: { ...rest, ...(input.shippingCost === undefined ? {} : { shippingCost: input.shippingCost }) },
      });
      await settlePostage(infra, tx, { frame: call, campaignId: parcel.campaign_id, enrolmentId: parcel.enrolment_id });
    }
    return (await getShipmentOf(tx, workspaceId, parcel.id)).shipment;
  });
}

/** Takes back what did not happen; the same again changes nothing. Error: not_found. */
export async function withdrawEvent(infra: Infra, call: Call<typeof withdrawEndpoint>): Promise<Shipment> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [parcel] = await holdParcels(tx, workspaceId, [input.shipmentId]);
    if (parcel === undefined) throw notFound('shipment');
    const events = await selectParcelEvents(tx, workspaceId, [parcel.id]);
    const event = events.find((one) => one.id === input.eventId);
    if (event === undefined) throw notFound('shipment event');
    const of = { id: event.id, shipmentId: parcel.id, by: actor.name, at: infra.clock.now() };
    if (await withdrawParcelEvent(tx, workspaceId, of)) {
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'shipment.event-withdrawn',
        subjectKind: 'shipment',
        subjectId: parcel.id,
        changes: { kind: event.kind, at: event.at.toISOString() },
      });
      await restate(infra, tx, { frame: call, parcel });
    }
    return (await getShipmentOf(tx, workspaceId, parcel.id)).shipment;
  });
}

/** Tries failed orders again with the address as it is now, or packs them by hand. */
export async function retryShipments(infra: Infra, call: Call<typeof retryEndpoint>): Promise<BulkOutcome> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, cards, outcome } = await holdAll(tx, workspaceId, input.shipmentIds);
    for (const parcel of rows) {
      const message = await retryOne(infra, tx, { call, parcel });
      if (message === null) outcome.done += 1;
      else if (message === 'unchanged') outcome.unchanged += 1;
      else outcome.refused.push({ id: parcel.id, who: cards.get(parcel.person_id)?.name ?? parcel.id, message });
    }
    return outcome;
  });
}

async function retryOne(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof retryEndpoint>; parcel: ParcelRow },
): Promise<string | null> {
  const { call, parcel } = of;
  const { workspaceId } = call;
  if (parcel.state !== 'failed' && parcel.state !== 'waiting') return 'unchanged';
  const now = infra.clock.now();
  if (parcel.lease_until !== null && parcel.lease_until > now) return 'It is being ordered just now.';
  const [known] = await selectAddresses(tx, workspaceId, [parcel.person_id]);
  const address = known?.address ?? parcel.address;
  if (address === null) return 'There is no address. Ask for it, or enter it.';
  const lines = await selectPickLines(tx, workspaceId, [parcel.pick_id]);
  const isByHand = call.input.way === 'by_hand';
  if (isByHand && parcel.draft_id !== null) return 'The shop may have the order already. Try it there first.';
  const way = await wayOf(tx, workspaceId, { lines, country: address.country, isByHand });
  if (way.by === null) {
    const change = { state: 'failed' as const, problem: way.problem, problem_text: way.message, next_try_at: null };
    await updateParcel(tx, workspaceId, { id: parcel.id, change });
    return way.message;
  }
  if (way.by === 'hand') {
    await updateParcel(tx, workspaceId, { id: parcel.id, change: {}, address });
    await packByHand(infra, tx, { frame: call, parcelId: parcel.id, lines });
    return null;
  }
  const change = {
    state: 'waiting' as const,
    shop_id: way.shopId,
    problem: null,
    problem_text: null,
    next_try_at: now,
  };
  await updateParcel(tx, workspaceId, { id: parcel.id, change, address });
  return null;
}
