import type { Tx } from '#infra/db/database.ts';
import type { Outbox } from '#infra/outbox/outbox.ts';
import { AppError } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { clicksDrained, conversionChanged, idsPerEventMax, newestClicksMax } from './events.ts';
import { type ClickRow, takeWaitingOrders } from './queries/store-clicks.ts';
import type { ReadClick } from './read-batch.ts';
import { storeClicks } from './store-clicks.ts';

export interface LiveClick {
  workspaceId: string;
  linkId: string;
  clickId: string;
  clickedAt: Date;
  counted: boolean;
  dropReason: string | null;
  country: string | null;
  device: string;
  browser: string;
  referrerHost: string | null;
}

/** Stores a batch of clicks in this transaction and tells the other modules. */
export async function storeBatch(
  tx: Tx,
  parts: { outbox: Outbox },
  clicks: readonly ReadClick[],
): Promise<LiveClick[]> {
  if (clicks.length === 0) return [];
  const rows = await toRows(tx, clicks);
  const stored = rows.length === 0 ? [] : await storeClicks(tx, rows);
  if (stored.length === 0) return [];
  for (const group of groupByWorkspace(stored)) {
    const newest = group.items.slice(-newestClicksMax).map((item) => item.clickId);
    for (const [at, linkIds] of chunks(group.items.map((item) => item.linkId)).entries()) {
      const payload = at === 0 ? { linkIds, newest, hits: group.items.length } : { linkIds };
      await parts.outbox.emit(tx, { workspaceId: group.workspaceId, name: clicksDrained, payload });
    }
  }
  return stored;
}

/**
 * Has orders that waited for these clicks decided anew. Called in a transaction of its own after the clicks are committed: an order that was written meanwhile either
 * shows its wait here or was decided with the clicks in sight, so none is left to the sweep of each minute but after a crash right between.
 */
export async function wakeWaitingOrders(tx: Tx, outbox: Outbox, stored: readonly LiveClick[]): Promise<void> {
  for (const order of groupByWorkspace(await takeWaitingOrders(tx, stored))) {
    for (const conversionIds of chunks(order.items.map((item) => item.conversionId))) {
      await outbox.emit(tx, {
        workspaceId: order.workspaceId,
        name: conversionChanged,
        payload: { conversionIds },
      });
    }
  }
}

/** Clicks of workspaces that are there, with their day in the workspace's time zone. */
async function toRows(tx: Tx, clicks: readonly ReadClick[]): Promise<ClickRow[]> {
  const timeZones = new Map<string, string | null>();
  for (const workspaceId of new Set(clicks.map((click) => click.workspaceId)))
    timeZones.set(workspaceId, await findTimeZone(tx, workspaceId));
  return clicks.flatMap((click) => {
    const timeZone = timeZones.get(click.workspaceId) ?? null;
    return timeZone === null ? [] : [{ ...click, localDay: localDay(timeZone, click.clickedAt.getTime()) }];
  });
}

/** Null when the workspace was removed after its links were clicked. */
async function findTimeZone(tx: Tx, workspaceId: string): Promise<string | null> {
  try {
    return (await getWorkspace(tx, workspaceId)).timeZone;
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not_found') return null;
    throw error;
  }
}

// No time zone changes its day within a quarter of an hour that begins on the quarter.
const quarterMs = 15 * 60_000;
const days = new Map<string, string>();
const daysMax = 5000;

/** As the kernel's dayIn, kept per quarter of an hour: this runs for each click. */
function localDay(timeZone: string, atMs: number): string {
  const quarter = Math.floor(atMs / quarterMs);
  const key = `${timeZone} ${quarter}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const day = dayIn(timeZone, new Date(quarter * quarterMs));
  if (days.size >= daysMax) days.clear();
  days.set(key, day);
  return day;
}

function groupByWorkspace<Item extends { workspaceId: string }>(
  items: readonly Item[],
): { workspaceId: string; items: Item[] }[] {
  return [...Map.groupBy(items, (item) => item.workspaceId)].map(([workspaceId, group]) => ({
    workspaceId,
    items: group,
  }));
}

function chunks(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  const result: string[][] = [];
  for (let at = 0; at < unique.length; at += idsPerEventMax) result.push(unique.slice(at, at + idsPerEventMax));
  return result;
}
