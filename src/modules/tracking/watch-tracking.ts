import type { Call, EventStream } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { dayOfClickId } from './click-id.ts';
import { trackingError } from './errors.ts';
import { toClick } from './list-clicks.ts';
import type { LiveEvent, LiveHub } from './live-hub.ts';
import { presentOrder } from './present-orders.ts';
import { selectClicks } from './queries/read-clicks.ts';
import { readRefs } from './read-refs.ts';

const watchersMax = 200;
/** Of one drained batch only the newest are shown: a person reads no more. */
const clicksShownMax = 20;
const waitingMax = 100;
let watchers = 0;

/** Clicks and orders of a workspace as this server stores them: events `click`, `order`, and `ready` first. Error: tracking.too_many_watchers. */
export async function watchTracking(infra: Infra, hub: LiveHub, call: Call): Promise<EventStream> {
  if (watchers >= watchersMax)
    throw trackingError('too_many_watchers', `${watchersMax} pages watch already. Close some and try again.`);
  return follow(infra, hub, call.workspaceId);
}

async function* follow(
  infra: Infra,
  hub: LiveHub,
  workspaceId: string,
): EventStream & AsyncGenerator<{ event: string; data: unknown }> {
  const waiting: LiveEvent[] = [];
  let wake: () => void = () => undefined;
  const stop = hub.subscribe(workspaceId, (event) => {
    if (waiting.length < waitingMax) waiting.push(event);
    wake();
  });
  watchers += 1;
  try {
    yield { event: 'ready', data: {} };
    for (;;) {
      const next = waiting.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      yield* await describe(infra, workspaceId, next);
    }
  } finally {
    watchers -= 1;
    stop();
  }
}

async function describe(
  infra: Infra,
  workspaceId: string,
  event: LiveEvent,
): Promise<{ event: string; data: unknown }[]> {
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    switch (event.kind) {
      case 'clicks': {
        const ids = event.clicks
          .slice(-clicksShownMax)
          .map((click) => ({ clickId: click.clickId, day: dayOfClickId(click.clickId) ?? '' }));
        const rows = await selectClicks(tx, { workspaceId, ids, limit: clicksShownMax, after: null });
        const refs = await readRefs(tx, workspaceId, rows);
        return rows.toReversed().map((row) => ({ event: 'click', data: toClick(row, refs) }));
      }
      case 'order':
        try {
          const { items: _items, ...order } = await presentOrder(tx, workspaceId, event.orderId);
          return [{ event: 'order', data: order }];
        } catch (error) {
          if (error instanceof AppError && error.kind === 'not_found') return [];
          throw error;
        }
    }
  });
}
