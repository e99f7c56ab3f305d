import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { readContacts } from '#modules/creators/index.ts';
import {
  type ConnectedShop,
  findShop,
  needsNewKey,
  noteShopFault,
  openShop,
  ShopFault,
  type ShopFaultKind,
  whyShut,
} from '#modules/shops/index.ts';
import type { ShipmentProblem } from '../api.ts';
import { machineFrame } from '../frame.ts';
import {
  failWaiting,
  lockParcels,
  type ParcelRow,
  selectParcels,
  selectWaiting,
  updateParcel,
} from '../queries/parcels.ts';
import { lockPicks, type PickLineRow, selectPickLines, setSent } from '../queries/picks.ts';
import { lockVariants, selectVariants, takeStock } from '../queries/products.ts';
import { retryDelayMs, triesMax } from '../rules/retry-delay.ts';
import { adapterOf, type ShopAdapter, type ShopOrder, type ShopOrderAsk } from '../shops/port.ts';
import { recordNews } from './record-parcel.ts';
import { tellFailed } from './send-picks.ts';

const batchMax = 25;
const ordersPerRun = 1000;
/** As long nobody else places the same order; far longer than a try may take. */
const leaseMs = 10 * 60_000;
const orderMsMax = 120_000;

/** Places the orders of all workspaces that are due, one after the other. A shop that asks to wait is left alone for this run. Returns how many tries were made. */
export async function placeDueOrders(
  infra: Infra,
  adapters: readonly ShopAdapter[],
  signal: AbortSignal,
): Promise<number> {
  const resting = new Set<string>();
  let tries = 0;
  while (tries < ordersPerRun && !signal.aborted) {
    const now = infra.clock.now();
    const due = await infra.db.asSystem((tx) => selectWaiting(tx, now, batchMax));
    let worked = false;
    for (const { workspace_id: workspaceId, id } of due) {
      if (signal.aborted) return tries;
      const taken = await takeParcel(infra, { workspaceId, id, resting });
      if (taken === null) continue;
      worked = true;
      tries += 1;
      const fault = await placeOrder(infra, adapterOf(adapters, taken.shop.kind), taken);
      if (fault !== null && isOfWholeShop(fault)) resting.add(taken.shop.id);
    }
    if (!worked) return tries;
  }
  return tries;
}

function isOfWholeShop({ kind }: ShopFault): boolean {
  return kind === 'disconnected' || kind === 'forbidden' || kind === 'rate_limited' || kind === 'unavailable';
}

interface Taken {
  parcel: ParcelRow;
  shop: ConnectedShop;
  lines: PickLineRow[];
  ask: ShopOrderAsk;
  /** When the first try of this order was made. */
  since: Date;
  isFirstTry: boolean;
}

/** Takes a parcel for this process alone and writes down that a try is made, before it is made. Null when it is not to be tried now. */
async function takeParcel(
  infra: Infra,
  of: { workspaceId: string; id: string; resting: ReadonlySet<string> },
): Promise<Taken | null> {
  const { workspaceId, id } = of;
  const frame = machineFrame(infra, workspaceId);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const now = infra.clock.now();
    const [seen] = await selectParcels(tx, workspaceId, [id]);
    if (seen === undefined || (seen.shop_id !== null && of.resting.has(seen.shop_id))) return null;
    const [pick] = await lockPicks(tx, workspaceId, [seen.pick_id]);
    const [parcel] = await lockParcels(tx, workspaceId, [id]);
    if (pick === undefined || parcel === undefined || parcel.state !== 'waiting') return null;
    if (parcel.lease_until !== null && parcel.lease_until > now) return null;
    const shop = parcel.shop_id === null ? undefined : await findShop(tx, workspaceId, parcel.shop_id);
    const lines = await selectPickLines(tx, workspaceId, [parcel.pick_id]);
    const shut = shop === undefined ? 'The shop is not connected.' : whyShut(shop, 'products');
    const isOff = shut !== null || shop?.state === 'failing';
    const ask = isOff ? null : await askOf(tx, { parcel, lines });
    if (shop === undefined || ask === null || 'problem' in ask) {
      const problem: ShipmentProblem = ask !== null && 'problem' in ask ? ask.problem : 'shop_disconnected';
      const text =
        ask !== null && 'problem' in ask ? ask.message : (shut ?? shop?.message ?? 'The shop is not connected.');
      await updateParcel(tx, workspaceId, {
        id,
        change: { state: 'failed', problem, problem_text: text, next_try_at: null },
      });
      await tellFailed(infra, tx, { frame, row: pick, parcelId: id, problem });
      return null;
    }
    const tries = parcel.tries + 1;
    const change = {
      tries,
      tried_at: parcel.tries === 0 || parcel.tried_at === null ? now : parcel.tried_at,
      lease_until: new Date(now.getTime() + leaseMs),
      next_try_at: new Date(now.getTime() + retryDelayMs(tries)),
    };
    await updateParcel(tx, workspaceId, { id, change });
    return {
      parcel: { ...parcel, ...change },
      shop,
      lines,
      ask,
      since: change.tried_at,
      isFirstTry: parcel.tries === 0,
    };
  });
}

/** Under which the order is found again in the shop. */
function keyOf(parcel: ParcelRow): string {
  return parcel.version === 0 ? `rapport-${parcel.id}` : `rapport-${parcel.id}-${parcel.version}`;
}

async function askOf(
  tx: Tx,
  of: { parcel: ParcelRow; lines: readonly PickLineRow[] },
): Promise<ShopOrderAsk | { problem: ShipmentProblem; message: string }> {
  const { parcel, lines } = of;
  const workspaceId = parcel.workspace_id;
  if (parcel.address === null) return { problem: 'address_missing', message: 'The address was deleted.' };
  const variants = new Map(
    (
      await selectVariants(
        tx,
        workspaceId,
        lines.map((line) => line.product_id),
      )
    ).map((variant) => [variant.id, variant]),
  );
  const asked = lines.map((line) => ({ line, variant: variants.get(line.variant_id) }));
  const lost = asked.find(
    ({ variant }) => variant === undefined || variant.external_id === null || variant.shop_id !== parcel.shop_id,
  );
  if (lost !== undefined)
    return { problem: 'product_by_hand', message: `${lost.line.product_name} is not a product of this shop.` };
  const gone = asked.find(({ variant }) => variant?.state === 'gone');
  if (gone !== undefined)
    return { problem: 'product_deleted', message: `${gone.line.product_name} is no longer in the shop.` };
  const campaign = await getCampaign(tx, workspaceId, parcel.campaign_id);
  const [contacts] = await readContacts(tx, workspaceId, [parcel.person_id]);
  return {
    key: keyOf(parcel),
    tags: ['rapport', 'creator gift'],
    note: `Sent to a creator for the campaign ${campaign.name}.`,
    lines: asked.map(({ line, variant }) => ({
      variantId: variant?.external_id ?? '',
      quantity: line.quantity,
      name: line.product_name,
    })),
    address: parcel.address,
    email: contacts?.emails[0] ?? null,
  };
}

/** One try of one order. Returns the fault it ended with; null when it was placed. */
async function placeOrder(infra: Infra, adapter: ShopAdapter, taken: Taken): Promise<ShopFault | null> {
  const { parcel, shop } = taken;
  try {
    const access = openShop(infra, shop, { use: 'products', signal: AbortSignal.timeout(orderMsMax) });
    let draftId = parcel.draft_id;
    let order: ShopOrder | null = null;
    if (draftId === null && !taken.isFirstTry) {
      // The last answer may have been lost: what it made is looked for before anything is made again.
      const found = await adapter.findOrder(access, { key: taken.ask.key, since: taken.since });
      draftId = found?.draftId ?? null;
      order = found?.order ?? null;
    }
    draftId ??= (await adapter.prepareOrder(access, taken.ask)).draftId;
    // Written down before it is completed: only this draft ever becomes an order.
    const kept = await keepDraft(infra, parcel, draftId);
    order ??= await adapter.completeOrder(access, kept);
    await keepOrder(infra, taken, order);
    return null;
  } catch (error) {
    if (!(error instanceof ShopFault)) {
      await letGo(infra, parcel);
      throw error;
    }
    await keepFault(infra, taken, error);
    return error;
  }
}

async function keepDraft(infra: Infra, parcel: ParcelRow, draftId: string): Promise<string> {
  return infra.db.inWorkspace(parcel.workspace_id, async (tx) => {
    const [now] = await lockParcels(tx, parcel.workspace_id, [parcel.id]);
    if (now?.draft_id != null) return now.draft_id;
    await updateParcel(tx, parcel.workspace_id, { id: parcel.id, change: { draft_id: draftId } });
    return draftId;
  });
}

async function keepOrder(infra: Infra, taken: Taken, order: ShopOrder): Promise<void> {
  const { workspace_id: workspaceId, id, pick_id: pickId } = taken.parcel;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockPicks(tx, workspaceId, [pickId]);
    const [parcel] = await lockParcels(tx, workspaceId, [id]);
    if (parcel === undefined) return;
    const change = {
      external_id: order.id,
      external_name: order.name.slice(0, 100),
      external_url: order.url,
      problem: null,
      problem_text: null,
      lease_until: null,
      next_try_at: null,
    };
    await updateParcel(tx, workspaceId, { id, change });
    if (parcel.external_id !== null) return;
    await lockVariants(
      tx,
      workspaceId,
      taken.lines.map((line) => line.variant_id),
    );
    await setSent(tx, workspaceId, { id: pickId, isSent: true });
    await takeStock(
      tx,
      workspaceId,
      taken.lines.map((line) => ({ variantId: line.variant_id, quantity: line.quantity })),
    );
    const frame = machineFrame(infra, workspaceId);
    const news = [{ kind: 'ordered' as const, at: null }];
    await recordNews(infra, tx, { frame, parcel: { ...parcel, ...change }, source: taken.shop.name, news });
  });
}

/** Which problem a fault is to the people who look at the parcel. */
export const problemOfFault: Record<ShopFaultKind, ShipmentProblem> = {
  disconnected: 'shop_disconnected',
  forbidden: 'shop_disconnected',
  rate_limited: 'shop_unavailable',
  unavailable: 'shop_unavailable',
  no_stock: 'no_stock',
  product_gone: 'product_deleted',
  address_refused: 'address_refused',
  refused: 'shop_refused',
};

async function keepFault(infra: Infra, taken: Taken, fault: ShopFault): Promise<void> {
  const { workspace_id: workspaceId, id, pick_id: pickId } = taken.parcel;
  const problem = problemOfFault[fault.kind];
  const passes = problem === 'shop_unavailable' && taken.parcel.tries < triesMax;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [pick] = await lockPicks(tx, workspaceId, [pickId]);
    const [parcel] = await lockParcels(tx, workspaceId, [id]);
    if (pick === undefined || parcel === undefined) return;
    // Refused for good, nothing was ordered: the next try makes a draft of its own, under a number of its own.
    const isRefused = problem !== 'shop_unavailable' && problem !== 'shop_disconnected';
    await updateParcel(tx, workspaceId, {
      id,
      change: {
        state: passes ? 'waiting' : 'failed',
        problem,
        problem_text: fault.message.slice(0, 500),
        lease_until: null,
        next_try_at: passes ? laterOf(parcel.next_try_at, fault.retryAt) : null,
        ...(isRefused ? { draft_id: null, version: parcel.version + 1, tries: 0 } : {}),
      },
    });
    if (needsNewKey(fault)) {
      // The others need not find out one by one.
      await failWaiting(tx, workspaceId, { shopId: taken.shop.id, text: fault.message.slice(0, 500) });
      await noteShopFault(tx, workspaceId, { shopId: taken.shop.id, use: 'products', fault });
    }
    if (!passes)
      await tellFailed(infra, tx, { frame: machineFrame(infra, workspaceId), row: pick, parcelId: id, problem });
  });
}

function laterOf(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** After a fault of our own: another process, or the next run, may try. */
async function letGo(infra: Infra, parcel: ParcelRow): Promise<void> {
  await infra.db.inWorkspace(parcel.workspace_id, (tx) =>
    updateParcel(tx, parcel.workspace_id, { id: parcel.id, change: { lease_until: null } }),
  );
}
