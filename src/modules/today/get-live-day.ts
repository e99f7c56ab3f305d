import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { dayIn } from '#kernel/time.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { bucketMinutes, type getLiveDay, type LiveDay } from './api.ts';
import {
  hasLinks,
  type LiveOrderRow,
  selectClickBuckets,
  selectDayStart,
  selectLiveOrders,
  selectUsualClicks,
} from './queries/live-day.ts';

const bucketMs = bucketMinutes * 60_000;
const ordersMax = 5000;
const ordersShown = 5;
const usualWeeks = 4;
const usualWeeksMin = 2;

/** This day so far: clicks in buckets, orders, and what is usual on such a day. */
export function describeLiveDay(infra: Infra, { workspaceId }: Call<typeof getLiveDay>): Promise<LiveDay> {
  const now = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const day = dayIn(timeZone, now);
    const from = await selectDayStart(tx, { day, timeZone });
    const span = { from, until: now };
    const clicks = await selectClickBuckets(tx, workspaceId, { ...span, bucketS: bucketMs / 1000 });
    const orders = await selectLiveOrders(tx, workspaceId, { ...span, limit: ordersMax });
    const usual = await selectUsualClicks(tx, workspaceId, { ...span, weeks: usualWeeks });
    const kept = orders.filter((order) => fateOf(order) === 'paid');
    const shown = orders.slice(0, ordersShown);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      shown.flatMap((order) => order.person_id ?? []),
    );
    const total = clicks.reduce((sum, row) => sum + Number(row.count), 0);
    return {
      computedAt: now.toISOString(),
      day,
      timeZone,
      startedAt: from.toISOString(),
      buckets: fillBuckets(span, { clicks: clicks.map((row) => [row.bucket, Number(row.count)]), orders: kept }),
      isMeasured: total > 0 || (await hasLinks(tx, workspaceId)),
      clicks: total,
      orders: kept.length,
      revenue: [...Map.groupBy(orders, (order) => order.currency)]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, of]) =>
          toMoneyJson({ amountMinor: of.reduce((sum, order) => sum + netOf(order), 0n), currency }),
        ),
      usual: usualOf(total, { counts: usual.map(Number), day }),
      lastOrders: shown.map((order) => ({
        id: order.id,
        orderedAt: order.ordered_at.toISOString(),
        amount: toMoneyJson({ amountMinor: order.amount_minor, currency: order.currency }),
        state: fateOf(order),
        by: creditedBy(order, order.person_id === null ? undefined : cards.get(order.person_id)),
      })),
    };
  });
}

function fillBuckets(
  span: { from: Date; until: Date },
  of: { clicks: readonly (readonly [number, number])[]; orders: readonly LiveOrderRow[] },
): LiveDay['buckets'] {
  const clicks = new Map(of.clicks);
  const orders = Map.groupBy(of.orders, (order) =>
    Math.floor((order.ordered_at.getTime() - span.from.getTime()) / bucketMs),
  );
  const size = Math.floor((span.until.getTime() - span.from.getTime()) / bucketMs) + 1;
  return Array.from({ length: size }, (_, at) => ({
    at: new Date(span.from.getTime() + at * bucketMs).toISOString(),
    clicks: clicks.get(at) ?? 0,
    orders: orders.get(at)?.length ?? 0,
  }));
}

function netOf(order: LiveOrderRow): bigint {
  return order.state === 'cancelled' ? 0n : order.amount_minor - order.refunded_minor;
}

function fateOf(order: LiveOrderRow): 'paid' | 'cancelled' | 'refunded' {
  if (order.state === 'cancelled') return 'cancelled';
  return order.amount_minor > 0n && order.refunded_minor >= order.amount_minor ? 'refunded' : 'paid';
}

function creditedBy(order: LiveOrderRow, card: PersonCard | undefined): string {
  const name = card?.name;
  if (order.rule === 'code') return [order.code ?? 'code', name].filter(Boolean).join(', ');
  if (order.rule === 'link') return name === undefined ? 'link' : `link, ${name}`;
  return order.code === null ? 'nobody' : `${order.code}, nobody`;
}

function usualOf(total: number, of: { counts: readonly number[]; day: string }): LiveDay['usual'] {
  const weeks = of.counts.length;
  if (weeks < usualWeeksMin) return null;
  const mean = of.counts.reduce((sum, count) => sum + count, 0) / weeks;
  const weekday = new Date(`${of.day}T00:00:00Z`).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' });
  return { clicks: mean, weeks, weekday, change: total / mean - 1 };
}
