import type { Tx } from '#infra/db/database.ts';
import type { Call, EventStream } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutboxEvent } from '#infra/outbox/outbox.ts';
import { type Horizon, readChanges, readHorizon } from '#infra/outbox/read-changes.ts';
import type { Skipped, watchTracking as watchEndpoint } from './api.ts';
import { dayOfClickId } from './click-id.ts';
import { trackingError } from './errors.ts';
import { clicksDrained, clicksDrainedPayload, conversionChanged, conversionChangedPayload } from './events.ts';
import { toClick } from './list-clicks.ts';
import type { LiveHub } from './live-hub.ts';
import { readOrders } from './present-orders.ts';
import { selectClicks } from './queries/read-clicks.ts';
import { readRefs } from './read-refs.ts';

const watchersMax = 200;
/** Shown of what happened between two looks; the rest is said to be skipped. */
const clicksShownMax = 100;
const ordersShownMax = 50;
/** Who was away for longer begins anew and is told so. */
const awayMsMax = 5 * 60_000;
/** Looks come this far apart at least, and this often when nobody is woken. */
const breathMs = 200;
const lookMs = 15_000;
/** Told by attribution once an order has its creator; its payload names the orders as ours does. */
const orderCredited = 'attribution.credited';
const names = [clicksDrained, conversionChanged, orderCredited];
let watchers = 0;

type WatchCall = Call<typeof watchEndpoint>;
type LiveEvent = { event: string; data: unknown; id?: string };

/**
 * Clicks and orders of a workspace as any process stores them: events `click`, `order`, `skipped`, and `ready` first. Ids lead whoever lost the stream on from
 * where it was, without a gap for five minutes; an event may then come twice. Error: tracking.too_many_watchers.
 */
export async function watchTracking(infra: Infra, hub: LiveHub, call: WatchCall): Promise<EventStream> {
  if (watchers >= watchersMax)
    throw trackingError('too_many_watchers', `${watchersMax} pages watch already. Close some and try again.`);
  return follow(infra, hub, call);
}

async function* follow(infra: Infra, hub: LiveHub, call: WatchCall): AsyncGenerator<LiveEvent> {
  const { workspaceId, input } = call;
  let isWoken = false;
  let wake: () => void = () => undefined;
  const stop = hub.subscribe(workspaceId, () => {
    isWoken = true;
    wake();
  });
  watchers += 1;
  try {
    const now = await infra.db.inWorkspace(workspaceId, readHorizon);
    const asked = input.since ?? call.request.headers.get('last-event-id');
    const since =
      asked === null || asked === undefined ? now : readId(asked, { now, atMs: infra.clock.now().getTime() });
    let horizon = since ?? now;
    let seenIds: ReadonlySet<string> = new Set<string>();
    const idOf = () => writeId(horizon, infra.clock.now().getTime());
    yield { event: 'ready', data: {}, id: idOf() };
    if (since === null) yield { event: 'skipped', data: { clicks: null, reason: 'away' } satisfies Skipped };
    isWoken = since !== now;
    for (;;) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, lookMs).unref();
        });
      }
      isWoken = false;
      const look = await infra.db.inWorkspace(workspaceId, async (tx) => {
        const changes = await readChanges(tx, { workspaceId, names, since: horizon, seenIds });
        return { ...changes, shown: await describe(tx, { workspaceId, events: changes.events, filter: input }) };
      });
      horizon = look.horizon;
      seenIds = new Set(look.stillSeenIds);
      const id = idOf();
      for (const one of look.shown) yield { ...one, id };
      // Many small batches are shown together.
      if (look.shown.length > 0) await new Promise((resolve) => setTimeout(resolve, breathMs).unref());
    }
  } finally {
    watchers -= 1;
    stop();
  }
}

function writeId(horizon: Horizon, atMs: number): string {
  return Buffer.from(JSON.stringify([horizon.xid, atMs, horizon.database])).toString('base64url');
}

/** Where an id says to go on; null when it is none of this database or too old. */
function readId(id: string, of: { now: Horizon; atMs: number }): Horizon | null {
  try {
    const [xid, atMs, database]: unknown[] = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    if (typeof xid !== 'string' || !/^\d{1,20}$/.test(xid) || typeof atMs !== 'number') return null;
    if (database !== of.now.database || of.atMs - atMs > awayMsMax) return null;
    return { database: of.now.database, xid };
  } catch {
    return null;
  }
}

interface Filter {
  campaignId?: string | undefined;
  personId?: string | undefined;
}

/** What happened, oldest first, as it is shown. */
async function describe(
  tx: Tx,
  of: { workspaceId: string; events: readonly OutboxEvent[]; filter: Filter },
): Promise<LiveEvent[]> {
  const { workspaceId, filter } = of;
  const drained = of.events
    .filter((event) => event.name === clicksDrained)
    .map((event) => clicksDrainedPayload.parse(event.payload));
  const clickIds = drained.flatMap((payload) => payload.newest).slice(-clicksShownMax);
  const orderIds = of.events
    .filter((event) => event.name !== clicksDrained)
    .flatMap((event) => conversionChangedPayload.parse(event.payload).conversionIds);
  const shown: LiveEvent[] = [];
  const hits = drained.reduce((sum, payload) => sum + payload.hits, 0);
  // Which of the rest a filter would let through is not known; only without one is their number said.
  if (hits > clickIds.length) {
    const clicks = filter.campaignId === undefined && filter.personId === undefined ? hits - clickIds.length : null;
    shown.push({ event: 'skipped', data: { clicks, reason: 'many' } satisfies Skipped });
  }
  if (clickIds.length > 0) {
    const ids = clickIds.map((clickId) => ({ clickId, day: dayOfClickId(clickId) ?? '1970-01-01' }));
    const rows = (await selectClicks(tx, { workspaceId, ids, limit: clicksShownMax, after: null })).filter(
      (row) =>
        (filter.campaignId === undefined || row.campaign_id === filter.campaignId) &&
        (filter.personId === undefined || row.person_id === filter.personId),
    );
    const refs = await readRefs(tx, workspaceId, rows);
    for (const row of rows.toReversed()) shown.push({ event: 'click', data: toClick(row, refs) });
  }
  const orders = await readOrders(tx, workspaceId, [...new Set(orderIds)].slice(-ordersShownMax));
  for (const order of orders.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt))) {
    if (filter.campaignId !== undefined && order.credit?.campaign?.id !== filter.campaignId) continue;
    if (filter.personId !== undefined && order.credit?.creator?.personId !== filter.personId) continue;
    shown.push({ event: 'order', data: order });
  }
  return shown;
}
