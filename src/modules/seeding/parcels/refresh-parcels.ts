import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { findShop, noteShopFault, openShop, ShopFault } from '#modules/shops/index.ts';
import type { refreshShipments as refreshEndpoint } from '../api.ts';
import { shipmentFailed } from '../events.ts';
import { machineFrame, record } from '../frame.ts';
import { type ParcelChange, type ParcelRow, selectToAsk, setChecked, updateParcel } from '../queries/parcels.ts';
import { adapterOf, ordersPerAsk, type ShopAdapter, type ShopOrderStand } from '../shops/port.ts';
import { holdParcels } from './change-parcels.ts';
import { recordNews } from './record-parcel.ts';

/** How often a shop is asked for one parcel by itself. */
const askEveryMs = 30 * 60_000;
const askMsMax = 60_000;
const batchMax = 500;
const batchesMax = 20;

export interface Refreshed {
  asked: number;
  changed: number;
  failures: { shop: string; message: string }[];
}

/** Asks the shops now where the parcels of a campaign are. Error: not_found. */
export async function refreshShipments(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  call: Call<typeof refreshEndpoint>,
): Promise<Refreshed> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, (tx) => getCampaign(tx, workspaceId, input.campaignId));
  return refreshParcels(infra, adapters, { before: infra.clock.now(), workspaceId, campaignId: input.campaignId });
}

/** Asks the shops of all workspaces where parcels are that were not asked for within half an hour. */
export async function refreshDueParcels(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  signal?: AbortSignal,
): Promise<Refreshed> {
  const before = new Date(infra.clock.now().getTime() - askEveryMs);
  return refreshParcels(infra, adapters, {
    before,
    workspaceId: null,
    campaignId: null,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function refreshParcels(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  of: { before: Date; workspaceId: string | null; campaignId: string | null; signal?: AbortSignal },
): Promise<Refreshed> {
  const sum: Refreshed = { asked: 0, changed: 0, failures: [] };
  const failed = new Set<string>();
  for (let batch = 0; batch < batchesMax && of.signal?.aborted !== true; batch += 1) {
    const due = await infra.db.asSystem((tx) => selectToAsk(tx, { ...of, limit: batchMax }));
    const groups = [...Map.groupBy(due, (row) => `${row.workspace_id} ${row.shop_id}`)].filter(
      ([key]) => !failed.has(key),
    );
    if (groups.length === 0) return sum;
    for (const [key, rows] of groups) {
      const [first] = rows;
      if (first === undefined) continue;
      const outcome = await askShop(infra, adapters, { workspaceId: first.workspace_id, shopId: first.shop_id, rows });
      sum.asked += rows.length;
      sum.changed += outcome.changed;
      if (outcome.failure === null) continue;
      failed.add(key);
      sum.failures.push(outcome.failure);
    }
    // A failed shop's parcels were noted as asked too, so that they do not fill every batch.
  }
  return sum;
}

async function askShop(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  of: { workspaceId: string; shopId: string; rows: readonly { id: string; external_id: string }[] },
): Promise<{ changed: number; failure: { shop: string; message: string } | null }> {
  const { workspaceId, shopId } = of;
  const row = await infra.db.inWorkspace(workspaceId, (tx) => findShop(tx, workspaceId, shopId));
  if (row === undefined) return { changed: 0, failure: null };
  let changed = 0;
  try {
    for (let from = 0; from < of.rows.length; from += ordersPerAsk) {
      const part = of.rows.slice(from, from + ordersPerAsk);
      const access = openShop(infra, row, { use: 'products', signal: AbortSignal.timeout(askMsMax) });
      const stands = await adapterOf(adapters, row.kind).readOrders(
        access,
        part.map((one) => one.external_id),
      );
      const byId = new Map(stands.map((stand) => [stand.id, stand]));
      for (const { id, external_id: externalId } of part)
        if (await takeStand(infra, { workspaceId, id, shopName: row.name, stand: byId.get(externalId) ?? null }))
          changed += 1;
    }
    return { changed, failure: null };
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      await setChecked(tx, workspaceId, { ids: of.rows.map((one) => one.id), at: infra.clock.now() });
      await noteShopFault(tx, workspaceId, { shopId, use: 'products', fault: error });
    });
    return { changed, failure: { shop: row.name, message: error.message } };
  }
}

/** Takes over what a shop says of one parcel; an order it no longer has was deleted there. */
async function takeStand(
  infra: Infra,
  of: { workspaceId: string; id: string; shopName: string; stand: ShopOrderStand | null },
): Promise<boolean> {
  const { workspaceId, id, stand } = of;
  const frame = machineFrame(infra, workspaceId);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [parcel] = await holdParcels(tx, workspaceId, [id]);
    if (parcel === undefined) return false;
    const change = changeOf(parcel, stand);
    const isTold = Object.keys(change).length > 0;
    await updateParcel(tx, workspaceId, { id, change: { ...change, checked_at: infra.clock.now() } });
    const news = stand?.events ?? [
      { kind: 'cancelled' as const, at: null, note: 'The order is no longer in the shop' },
    ];
    const isNews = await recordNews(infra, tx, { frame, parcel: { ...parcel, ...change }, source: of.shopName, news });
    if (change.problem === 'not_delivered')
      await record(infra, tx, {
        frame,
        action: shipmentFailed,
        subject: { kind: 'shipment', id },
        payload: {
          campaignId: parcel.campaign_id,
          enrolmentId: parcel.enrolment_id,
          personId: parcel.person_id,
          pickId: parcel.pick_id,
          shipmentId: id,
          problem: 'not_delivered',
        },
      });
    return isNews || isTold;
  });
}

function changeOf(parcel: ParcelRow, stand: ShopOrderStand | null): ParcelChange {
  const isCancelled = stand === null || stand.events.some((event) => event.kind === 'cancelled');
  const tracking = stand?.tracking ?? null;
  const trouble = stand?.trouble ?? null;
  return {
    ...(tracking?.carrier != null && tracking.carrier !== parcel.carrier
      ? { carrier: tracking.carrier.slice(0, 100) }
      : {}),
    ...(tracking?.number != null && tracking.number !== parcel.tracking_number
      ? { tracking_number: tracking.number.slice(0, 100) }
      : {}),
    ...(tracking?.url != null && tracking.url !== parcel.tracking_url
      ? { tracking_url: tracking.url.slice(0, 2000) }
      : {}),
    ...(isCancelled && parcel.problem !== 'order_cancelled'
      ? {
          problem: 'order_cancelled' as const,
          problem_text: stand === null ? 'The order is no longer in the shop.' : 'The order was cancelled in the shop.',
        }
      : {}),
    ...(!isCancelled && trouble !== null && parcel.problem_text !== trouble
      ? { problem: 'not_delivered' as const, problem_text: trouble.slice(0, 500) }
      : {}),
  };
}
