import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { findShop, whyShut } from '#modules/shops/index.ts';
import type { BulkOutcome, PostalAddress, ShipmentProblem, sendPicks as sendEndpoint } from '../api.ts';
import { shipmentFailed } from '../events.ts';
import { type Frame, record } from '../frame.ts';
import { insertParcel, lockParcels, selectParcelsOfCampaign, updateParcel } from '../queries/parcels.ts';
import { selectAddresses, selectBarred } from '../queries/people.ts';
import { lockPicks, type PickLineRow, type PickRow, selectPickLines, setSent } from '../queries/picks.ts';
import { lockVariants, selectProductsByIds, takeStock } from '../queries/products.ts';
import { countryName } from '../rules/read-address.ts';
import { recordNews } from './record-parcel.ts';

type Send = Call<typeof sendEndpoint>;

/** How the goods of a choice leave: by a shop, by our own hands, or not, with the reason. */
export type Way =
  | { by: 'shop'; shopId: string }
  | { by: 'hand' }
  | { by: null; problem: ShipmentProblem; message: string };

/**
 * Makes a parcel of each approved choice. Those of one shop are ordered there in the background, the others go onto the packing list; what cannot be
 * sent becomes a failed parcel that says why. Asked again, nothing is sent twice. Error: not_found.
 */
export async function sendPicks(infra: Infra, call: Send): Promise<BulkOutcome> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const ids = [...new Set(input.pickIds)];
    const rows = (await lockPicks(tx, workspaceId, ids)).filter((row) => row.campaign_id === input.campaignId);
    const known = new Set(rows.map((row) => row.id));
    const outcome: BulkOutcome = {
      done: 0,
      unchanged: 0,
      refused: ids
        .filter((id) => !known.has(id))
        .map((id) => ({ id, who: id, message: 'There is no such choice on this campaign.' })),
    };
    const about = await readAbout(tx, workspaceId, { campaignId: input.campaignId, rows });
    for (const row of rows) {
      const who = about.cards.get(row.person_id)?.name ?? 'A creator who was erased';
      if (row.is_sent || about.hasParcel.has(row.id)) {
        outcome.unchanged += 1;
        continue;
      }
      const address = about.addresses.get(row.person_id);
      const why = refusal(row, { isBarred: about.barred.has(row.person_id), address });
      if (why !== null || address === undefined) {
        outcome.refused.push({ id: row.id, who, message: why ?? 'No address' });
        continue;
      }
      const lines = about.lines.get(row.id) ?? [];
      const way = await wayOf(tx, workspaceId, { lines, country: address.country, isByHand: input.way === 'by_hand' });
      await makeParcel(infra, tx, { frame: call, row, lines, address, way });
      outcome.done += 1;
    }
    return outcome;
  });
}

async function readAbout(tx: Tx, workspaceId: string, of: { campaignId: string; rows: readonly PickRow[] }) {
  const personIds = of.rows.map((row) => row.person_id);
  const lines = await selectPickLines(
    tx,
    workspaceId,
    of.rows.map((row) => row.id),
  );
  return {
    cards: await readPersonCards(tx, workspaceId, personIds),
    addresses: new Map((await selectAddresses(tx, workspaceId, personIds)).map((row) => [row.person_id, row.address])),
    barred: new Set(
      (await selectBarred(tx, workspaceId, { personIds, limit: personIds.length + 1 })).map((row) => row.person_id),
    ),
    hasParcel: new Set((await selectParcelsOfCampaign(tx, workspaceId, of.campaignId)).map((row) => row.pick_id)),
    lines: Map.groupBy(lines, (line) => line.pick_id),
  };
}

function refusal(row: PickRow, of: { isBarred: boolean; address: PostalAddress | undefined }): string | null {
  if (row.state === 'submitted') return 'The choice is not approved yet. Approve it first.';
  if (row.state !== 'approved') return `The choice was ${row.state}.`;
  if (of.isBarred) return 'On the do-not-gift list. Take the creator off it first.';
  return of.address === undefined ? 'There is no address yet. Ask for it, or enter it.' : null;
}

/** Which way the goods can leave now. */
export async function wayOf(
  tx: Tx,
  workspaceId: string,
  of: { lines: readonly PickLineRow[]; country: string; isByHand: boolean },
): Promise<Way> {
  const products = await selectProductsByIds(tx, workspaceId, [...new Set(of.lines.map((line) => line.product_id))]);
  const far = products.find((product) => product.ships_to !== null && !product.ships_to.includes(of.country));
  if (far !== undefined)
    return {
      by: null,
      problem: 'not_shipped_there',
      message: `${far.name} is not sent to ${countryName(of.country)}.`,
    };
  const shopIds = new Set(products.map((product) => product.shop_id));
  const [shopId] = shopIds;
  if (of.isByHand || (shopIds.size === 1 && shopId === null)) return { by: 'hand' };
  const own = products.find((product) => product.shop_id === null);
  if (own !== undefined)
    return {
      by: null,
      problem: 'product_by_hand',
      message: `${own.name} was added by hand and is in no shop; the others are.`,
    };
  if (shopIds.size > 1 || shopId === undefined || shopId === null)
    return {
      by: null,
      problem: 'product_by_hand',
      message: 'The products are of two shops: one order cannot hold them.',
    };
  const shop = await findShop(tx, workspaceId, shopId);
  const shut = shop === undefined ? 'The shop is not connected.' : whyShut(shop, 'products');
  if (shop === undefined || shut !== null || shop.state === 'failing') {
    const said = shop?.message ?? null;
    const failing = `${shop?.name ?? 'The shop'} is not connected${said === null ? '' : `: ${said}`}.`;
    return { by: null, problem: 'shop_disconnected', message: shut ?? failing };
  }
  return { by: 'shop', shopId };
}

async function makeParcel(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; row: PickRow; lines: readonly PickLineRow[]; address: PostalAddress; way: Way },
): Promise<void> {
  const { frame, row, address, way, lines } = of;
  const { workspaceId } = frame;
  const at = infra.clock.now();
  const id = newId('shipment', at.getTime());
  const shopId = way.by === 'shop' ? way.shopId : way.by === null ? await shopOf(tx, workspaceId, lines) : null;
  const isNew = await insertParcel(tx, workspaceId, {
    id,
    pickId: row.id,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    personId: row.person_id,
    shopId,
    state: way.by === 'shop' ? 'waiting' : 'failed',
    problem: way.by === null ? way.problem : null,
    problemText: way.by === null ? way.message : null,
    nextTryAt: way.by === 'shop' ? at : null,
    address,
    createdBy: frame.actor.name,
    at,
  });
  if (!isNew) return;
  if (way.by === 'hand') await packByHand(infra, tx, { frame, parcelId: id, lines });
  if (way.by === null) await tellFailed(infra, tx, { frame, row, parcelId: id, problem: way.problem });
}

/** The one shop all are of, so that a parcel which failed for want of it is found when it is back. */
async function shopOf(tx: Tx, workspaceId: string, lines: readonly PickLineRow[]): Promise<string | null> {
  const products = await selectProductsByIds(
    tx,
    workspaceId,
    lines.map((line) => line.product_id),
  );
  const ids = [...new Set(products.map((product) => product.shop_id))];
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

/** Puts a parcel onto the packing list: its goods leave the stock. The caller holds pick and parcel. */
export async function packByHand(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; parcelId: string; lines: readonly PickLineRow[] },
): Promise<void> {
  const { frame, parcelId, lines } = of;
  const { workspaceId } = frame;
  const [parcel] = await lockParcels(tx, workspaceId, [parcelId]);
  if (parcel === undefined) return;
  await lockVariants(
    tx,
    workspaceId,
    lines.map((line) => line.variant_id),
  );
  await setSent(tx, workspaceId, { id: parcel.pick_id, isSent: true });
  await takeStock(
    tx,
    workspaceId,
    lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity })),
  );
  const change = { shop_id: null, problem: null, problem_text: null, next_try_at: null };
  await updateParcel(tx, workspaceId, { id: parcel.id, change });
  const held = { ...parcel, ...change };
  await recordNews(infra, tx, { frame, parcel: held, source: 'packing list', news: [{ kind: 'ordered', at: null }] });
}

/** Says that somebody must act. */
export async function tellFailed(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    row: Pick<PickRow, 'id' | 'campaign_id' | 'enrolment_id' | 'person_id'>;
    parcelId: string;
    problem: ShipmentProblem;
  },
): Promise<void> {
  const { frame, row, parcelId, problem } = of;
  await record(infra, tx, {
    frame,
    action: shipmentFailed,
    subject: { kind: 'shipment', id: parcelId },
    changes: { problem },
    payload: {
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      personId: row.person_id,
      pickId: row.id,
      shipmentId: parcelId,
      problem,
    },
  });
}
