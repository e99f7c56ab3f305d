import type { Bound, ContentFigure, Figure, MoneyFigure, ReturnsReport } from '../api.ts';
import { boundOfQuotient } from './bounds.ts';
import { figure, moneyFigure } from './figures.ts';
import { divideRounded, ratio } from './ratio.ts';
import { intervalLevel, ordersForInterval, resamples, type SumInterval } from './resample-return.ts';

export interface ReturnParts {
  currency: string;
  cost: MoneyFigure;
  revenue: MoneyFigure;
  orders: Figure;
  clicks: Figure;
  impressions: ContentFigure;
  engagements: ContentFigure;
  /** Resampled revenue in minor units; null below 20 orders. */
  interval: SumInterval | null;
  ownOrders: number;
}

export const intervalMethod = `${resamples.toLocaleString('en')} resamples of the orders within creators; cost taken as certain`;

/** Return and unit costs. Without one of its parts a figure is null and says which; parts that are bounds make it one. */
export function countReturns(parts: ReturnParts): ReturnsReport {
  const revenue = parts.revenue.value === null ? null : BigInt(parts.revenue.value.amountMinor);
  const cost = parts.cost.value === null ? null : BigInt(parts.cost.value.amountMinor);
  const quotient = { top: parts.revenue, under: parts.cost, names: ['revenue', 'cost'] as const };
  const isReturn = (value: number | null) => (canDivide(quotient) ? value : null);
  const roas = cost === null || revenue === null ? null : ratio(revenue, cost);
  const about = { source: 'credited orders; costs of the campaign', n: parts.orders.n, asOf: parts.cost.asOf };
  return {
    roas: {
      ...figure('ratio', isReturn(roas), { ...about, ...tell(quotient), formula: 'revenue / cost' }),
      interval: isReturn(roas) === null || cost === null ? null : returnInterval(parts.interval, cost),
      intervalReason: parts.interval === null ? tooFewOrders(parts.ownOrders) : null,
    },
    roi: figure('share', isReturn(cost === null || revenue === null ? null : ratio(revenue - cost, cost)), {
      ...about,
      ...tell(quotient),
      formula: '(revenue − cost) / cost',
    }),
    cpa: unitCost(parts, { under: parts.orders, name: 'orders', formula: 'cost / orders', times: 1n }),
    cpe: unitCost(parts, { under: parts.engagements, name: 'engagements', formula: 'cost / engagements', times: 1n }),
    cpm: unitCost(parts, {
      under: parts.impressions,
      name: 'impressions',
      formula: 'cost / impressions × 1,000',
      times: 1000n,
    }),
    cpc: unitCost(parts, { under: parts.clicks, name: 'clicks', formula: 'cost / clicks', times: 1n }),
  };
}

/** The interval of revenue, over a cost in the same minor units, as a return with two decimals. */
export function returnInterval(sums: SumInterval | null, costMinor: bigint): Figure['interval'] {
  if (sums === null || costMinor <= 0n) return null;
  const cost = Number(costMinor);
  const round = (value: number) => Math.round((value / cost) * 100) / 100;
  return { low: round(sums.low), high: round(sums.high), level: intervalLevel, method: intervalMethod };
}

export function tooFewOrders(orders: number): string {
  return `not enough data: ${orders} of at least ${ordersForInterval} orders`;
}

interface Part {
  value: MoneyFigure['value'] | number;
  reason: string | null;
  bound: Bound;
  note: string | null;
}

interface Quotient {
  top: Part;
  under: Part;
  names: readonly [string, string];
}

function isZero(part: Part): boolean {
  return typeof part.value === 'number'
    ? part.value === 0
    : part.value !== null && BigInt(part.value.amountMinor) === 0n;
}

function canDivide({ top, under }: Quotient): boolean {
  return (
    top.value !== null && under.value !== null && !isZero(under) && boundOfQuotient(top.bound, under.bound) !== null
  );
}

/** Reason, bound and note of a quotient, from those of its parts. */
function tell(of: Quotient): { reason: string; bound: Bound; note: string | null } {
  const { top, under, names } = of;
  const notes = [top.note, under.note].filter((note) => note !== null);
  const note = notes.length === 0 ? null : notes.join('; ');
  const bound = boundOfQuotient(top.bound, under.bound);
  if (top.value === null) return { reason: `${names[0]} not known: ${top.reason}`, bound: 'exact', note: null };
  if (under.value === null) return { reason: `${names[1]} not known: ${under.reason}`, bound: 'exact', note: null };
  if (isZero(under))
    return { reason: names[1] === 'cost' ? 'the cost is zero' : `no ${names[1]} yet`, bound: 'exact', note: null };
  if (bound === null)
    return { reason: `both ${names[0]} and ${names[1]} are incomplete: ${note}`, bound: 'exact', note: null };
  return { reason: '', bound, note };
}

function unitCost(
  parts: ReturnParts,
  of: { under: Figure; name: string; formula: string; times: bigint },
): MoneyFigure {
  const quotient = { top: parts.cost, under: of.under, names: ['cost', of.name] as const };
  const cost = parts.cost.value;
  const value =
    canDivide(quotient) && cost !== null && of.under.value !== null
      ? divideRounded(BigInt(cost.amountMinor) * of.times, BigInt(of.under.value))
      : null;
  return moneyFigure(value, parts.currency, {
    ...tell(quotient),
    formula: `${of.formula}, rounded to the smallest unit of ${parts.currency}`,
    source: `costs of the campaign; ${of.under.source}`,
    n: of.under.n,
    asOf: of.under.asOf,
  });
}
