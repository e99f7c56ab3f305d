import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { dayMs } from '#kernel/time.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { readShops } from '#modules/shops/index.ts';
import type { Shipment } from '../api.ts';
import { newPlan } from '../plan/read-plan.ts';
import { type ParcelRow, selectParcelEvents, selectParcels } from '../queries/parcels.ts';
import { selectPlans } from '../queries/plans.ts';
import { moneyOrNull } from '../read-money.ts';
import { whatToDoAbout } from '../rules/explain-problem.ts';
import { type ParcelStand, standOfParcel } from '../rules/stand-of-parcel.ts';

export interface PresentedParcel {
  row: ParcelRow;
  shipment: Shipment;
  stand: ParcelStand;
}

/** Parcels as they are answered, with what is known of their way; a few statements however many. All are of campaigns of the workspace. */
export async function presentParcels(
  tx: Tx,
  workspaceId: string,
  rows: readonly ParcelRow[],
): Promise<PresentedParcel[]> {
  if (rows.length === 0) return [];
  const events = Map.groupBy(
    (
      await selectParcelEvents(
        tx,
        workspaceId,
        rows.map((row) => row.id),
      )
    ).filter((event) => event.withdrawn_at === null),
    (event) => event.shipment_id,
  );
  const shops = new Map((await readShops(tx, workspaceId)).map((shop) => [shop.id, shop]));
  const campaignIds = [...new Set(rows.map((row) => row.campaign_id))];
  const plans = new Map((await selectPlans(tx, workspaceId, campaignIds)).map((plan) => [plan.campaign_id, plan]));
  const currencies = new Map<string, string>();
  for (const id of campaignIds) currencies.set(id, (await getCampaign(tx, workspaceId, id)).currency);
  return rows.map((row) => {
    const stand = standOfParcel(events.get(row.id) ?? []);
    const withinDays = (plans.get(row.campaign_id) ?? newPlan).post_within_days;
    const shop = row.shop_id === null ? undefined : shops.get(row.shop_id);
    const shipment = toShipment(row, {
      stand,
      withinDays,
      shopName: shop?.name ?? null,
      currency: currencies.get(row.campaign_id) ?? 'USD',
    });
    return { row, shipment, stand };
  });
}

/** Error: not_found. */
export async function getShipmentOf(tx: Tx, workspaceId: string, id: string): Promise<PresentedParcel> {
  const [parcel] = await presentParcels(tx, workspaceId, await selectParcels(tx, workspaceId, [id]));
  if (parcel === undefined) throw notFound('shipment');
  return parcel;
}

/** When a post is expected by; null before delivery. */
export function expectedBy(deliveredAt: Date | null, withinDays: number): Date | null {
  return deliveredAt === null ? null : new Date(deliveredAt.getTime() + withinDays * dayMs);
}

function toShipment(
  row: ParcelRow,
  of: { stand: ParcelStand; withinDays: number; shopName: string | null; currency: string },
): Shipment {
  const { stand } = of;
  return {
    id: row.id,
    pickId: row.pick_id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    personId: row.person_id,
    way: row.shop_id === null ? 'by_hand' : 'shop',
    shop: row.shop_id === null ? null : { id: row.shop_id, name: of.shopName ?? '' },
    state: row.state,
    problem:
      row.problem === null
        ? null
        : { code: row.problem, message: row.problem_text ?? '', whatToDo: whatToDoAbout(row.problem) },
    nextTryAt: row.state === 'waiting' ? (row.next_try_at?.toISOString() ?? null) : null,
    order:
      row.external_id === null
        ? null
        : { id: row.external_id, name: row.external_name ?? row.external_id, url: row.external_url },
    tracking: { carrier: row.carrier, number: row.tracking_number, url: row.tracking_url },
    shippingCost: moneyOrNull(row.cost_minor, of.currency),
    shippedAt: stand.shippedAt?.toISOString() ?? null,
    deliveredAt: stand.deliveredAt?.toISOString() ?? null,
    postExpectedBy: expectedBy(stand.deliveredAt, of.withinDays)?.toISOString() ?? null,
    nudgedAt: row.nudged_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
