import { toMoneyJson } from '#kernel/money.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import type { ReportDay } from '../api.ts';
import { sumBig, sumOf } from './ratio.ts';
import type { ReportInput } from './report-input.ts';
import { whyNoOrders } from './sum-sales.ts';

export const daysMax = 400;

/** Clicks, orders and revenue day by day, from the campaign's start (or what came before it) to its end, what came after it, or today. */
export function daySeries(input: ReportInput): ReportDay[] {
  const { campaign, today } = input;
  const seen = [...input.clicks, ...input.orders].map((row) => row.day).toSorted();
  const first = least(campaign.startsOn, seen[0] ?? campaign.startsOn);
  const last = least(today, most(campaign.endsOn, seen.at(-1) ?? campaign.endsOn));
  if (first > last) return [];
  const from = most(first, addDays(last, 1 - daysMax));
  const firstLink = input.links.map((link) => link.madeOn).toSorted()[0] ?? null;
  const areOrdersMeasured = whyNoOrders(input) === null;
  const clicks = Map.groupBy(input.clicks, (row) => row.day);
  const orders = Map.groupBy(input.orders, (row) => row.day);
  return Array.from({ length: daysBetween(from, last) + 1 }, (_, at) => {
    const day = addDays(from, at);
    const ofDay = orders.get(day) ?? [];
    const own = ofDay.filter((row) => row.currency === campaign.currency);
    const hits = clicks.get(day);
    const areClicksMeasured = hits !== undefined || (firstLink !== null && firstLink <= day);
    return {
      day,
      clicks: areClicksMeasured ? sumOf(hits ?? [], (row) => row.clicks) : null,
      orders: areOrdersMeasured ? sumOf(ofDay, (row) => row.orders) : null,
      revenue: areOrdersMeasured
        ? toMoneyJson({ amountMinor: sumBig(own, (row) => row.netMinor), currency: campaign.currency })
        : null,
    };
  });
}

const least = (a: string, b: string) => (a < b ? a : b);
const most = (a: string, b: string) => (a > b ? a : b);
