import { type MoneyJson, toMoneyJson } from '#kernel/money.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import { type ChannelRow, type FacetRow, type OrderRate, rateVisitorsMin, type TrafficFlow } from '../api.ts';

/** Sums of hits under one value of a facet. */
export interface Hits {
  facet: 'all' | 'channel' | 'country' | 'device' | 'reason' | 'day' | 'campaign';
  value: string;
  clicks: bigint;
  visitors: bigint;
  dropped: bigint;
}

/** Sums of credited orders under one value, of one currency. */
export interface Sales {
  by: 'via' | 'campaign' | 'person' | 'day' | 'total';
  value: string;
  currency: string;
  orders: bigint;
  by_code: bigint;
  by_link: bigint;
  cancelled: bigint;
  refunded_in_full: bigint;
  gross_minor: bigint;
  cancelled_minor: bigint;
  refunded_minor: bigint;
  net_minor: bigint;
}

/** 95 % interval of a share. */
export type Interval = (hits: number, n: number) => { low: number; high: number } | null;

/** What wins an order when no click does; their sales stand apart from the channels. */
const noChannel: ReadonlySet<string> = new Set(['code', 'customer', 'none']);

/** Orders by click for each visitor, or why that says nothing. */
export function orderRate(orders: number, visitors: number, interval: Interval): OrderRate {
  const base = { orders, visitors };
  const none = { ...base, value: null, low: null, high: null };
  if (visitors < rateVisitorsMin)
    return { ...none, reason: `Not enough data: ${visitors} of at least ${rateVisitorsMin} visitors` };
  if (orders > visitors) return { ...none, reason: 'More orders than visitors: some came to the shop in other ways' };
  const band = interval(orders, visitors);
  return { ...base, value: orders / visitors, low: band?.low ?? null, high: band?.high ?? null, reason: null };
}

/** The sums of hits and orders of a span, read by value. */
export function readSums(hits: readonly Hits[], sales: readonly Sales[], currency: string) {
  const hitsOf = new Map(hits.map((row) => [`${row.facet} ${row.value}`, row]));
  const salesOf = Map.groupBy(sales, (row) => `${row.by} ${row.value}`);
  const money = (amountMinor: bigint): MoneyJson => toMoneyJson({ amountMinor, currency });
  return {
    money,
    hits(facet: Hits['facet'], value = '') {
      const row = hitsOf.get(`${facet} ${value}`);
      return {
        clicks: Number(row?.clicks ?? 0n),
        visitors: Number(row?.visitors ?? 0n),
        dropped: Number(row?.dropped ?? 0n),
      };
    },
    /** Orders of any currency, money of the workspace's alone. */
    sales(by: Sales['by'], value = '') {
      const all = salesOf.get(`${by} ${value}`) ?? [];
      const row = all.find((one) => one.currency === currency);
      const count = (key: 'orders' | 'by_code' | 'by_link' | 'cancelled' | 'refunded_in_full') =>
        all.reduce((sum, one) => sum + Number(one[key]), 0);
      return {
        orders: count('orders'),
        byCode: count('by_code'),
        byLink: count('by_link'),
        cancelledOrders: count('cancelled'),
        refundedOrders: count('refunded_in_full'),
        gross: money(row?.gross_minor ?? 0n),
        refunded: money(row?.refunded_minor ?? 0n),
        cancelled: money(row?.cancelled_minor ?? 0n),
        net: money(row?.net_minor ?? 0n),
      };
    },
  };
}
export type Sums = ReturnType<typeof readSums>;

export function facetRows(hits: readonly Hits[], facet: 'country' | 'device'): FacetRow[] {
  return hits
    .filter((row) => row.facet === facet)
    .map((row) => ({
      value: row.value,
      clicks: Number(row.clicks),
      visitors: Number(row.visitors),
      dropped: Number(row.dropped),
    }))
    .toSorted((a, b) => b.clicks - a.clicks || (a.value < b.value ? -1 : 1));
}

/** Channels with hits or orders. */
export function channelRows(of: {
  hits: readonly Hits[];
  sales: readonly Sales[];
  sums: Sums;
  interval: Interval;
}): ChannelRow[] {
  const values = new Set([
    ...of.hits.filter((row) => row.facet === 'channel').map((row) => row.value),
    ...of.sales.filter((row) => row.by === 'via' && !noChannel.has(row.value)).map((row) => row.value),
  ]);
  return [...values]
    .map((value) => {
      const hits = of.sums.hits('channel', value);
      const { orders, net } = of.sums.sales('via', value);
      return { value, ...hits, orders, net, rate: orderRate(orders, hits.visitors, of.interval) };
    })
    .toSorted((a, b) => b.visitors - a.visitors || b.orders - a.orders || (a.value < b.value ? -1 : 1));
}

export function dayRows(sums: Sums, span: { from: string; to: string }): TrafficFlow['days'] {
  return Array.from({ length: daysBetween(span.from, span.to) + 1 }, (_, at) => {
    const day = addDays(span.from, at);
    const { orders, net } = sums.sales('day', day);
    return { day, ...sums.hits('day', day), orders, net };
  });
}

/** The whole weeks (by their Mondays) within a span, when there are enough to be worth it. */
export function wholeWeeks(span: { from: string; to: string }): { first: string; last: string } | null {
  const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const first = addDays(span.from, (7 - weekday(span.from)) % 7);
  const last = addDays(span.to, -6 - ((weekday(span.to) + 1) % 7));
  return first <= last ? { first, last } : null;
}
