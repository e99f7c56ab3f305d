import type { MoneyJson } from '#kernel/money.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import type { TierFact, TierMetric } from '../api/ambassadors.ts';
import { wholeMonths } from './judging-days.ts';
import { metricLabels, sayAmount } from './tier-words.ts';

const rowsMax = 20;

export interface OrdersOfDay {
  day: string;
  currency: string;
  orders: number;
  creditedMinor: bigint;
}

export interface OwedPiece {
  title: string;
  dueOn: string | null;
  /** In the workspace's time zone; null while it is not live. */
  liveOn: string | null;
}

export interface Measured {
  from: string;
  until: string;
  /** What is due today and not live yet is neither kept nor missed. */
  today: string;
  memberSince: string;
  currency: string;
  /** Whether a link or a code could bring orders at all. */
  isTracked: boolean;
  orders: readonly OrdersOfDay[];
  pieces: readonly OwedPiece[];
}

/** The five figures tiers ask for, over the days given, both included; each with the rows it is the sum of. */
export function measureAmbassador(of: Measured): TierFact[] {
  const orders = of.orders.filter((row) => row.day >= of.from && row.day <= of.until);
  return [ordersFact(of, orders), revenueFact(of, orders), postsFact(of), onTimeFact(of), monthsFact(of)];
}

const orderSource = 'credited orders of this campaign, cancelled ones left out';

function ordersFact(of: Measured, orders: readonly OrdersOfDay[]): TierFact {
  const count = orders.reduce((sum, row) => sum + row.orders, 0);
  const isKnown = of.isTracked || count > 0;
  return fact('orders', {
    value: isKnown ? count : null,
    reason: isKnown ? null : 'not measured: no link and no code',
    source: orderSource,
    n: count,
    rows: orders.filter((row) => row.orders > 0).map((row) => ({ on: row.day, text: sayOrders(row) })),
  });
}

function revenueFact(of: Measured, orders: readonly OrdersOfDay[]): TierFact {
  const own = orders.filter((row) => row.currency === of.currency);
  const others = new Set(orders.filter((row) => row.currency !== of.currency).map((row) => row.currency));
  const isKnown = of.isTracked || orders.length > 0;
  const amount: MoneyJson = {
    amountMinor: own.reduce((sum, row) => sum + row.creditedMinor, 0n).toString(),
    currency: of.currency,
  };
  const left = others.size === 0 ? '' : `; orders in ${[...others].sort().join(', ')} are not in it`;
  return {
    ...fact('revenue', {
      value: null,
      reason: isKnown ? null : 'not measured: no link and no code',
      source: `${orderSource}, net of refunds${left}`,
      n: own.reduce((sum, row) => sum + row.orders, 0),
      rows: own.map((row) => ({ on: row.day, text: sayOrders(row) })),
    }),
    amount: isKnown ? amount : null,
  };
}

function sayOrders(row: OrdersOfDay): string {
  const money = sayAmount({ amountMinor: row.creditedMinor.toString(), currency: row.currency });
  return `${row.orders} ${row.orders === 1 ? 'order' : 'orders'}, ${money}`;
}

function postsFact(of: Measured): TierFact {
  const live = of.pieces.flatMap(({ title, liveOn }) =>
    liveOn === null || liveOn < of.from || liveOn > of.until ? [] : [{ on: liveOn, text: title }],
  );
  return fact('posts', {
    value: live.length,
    reason: null,
    source: 'deliverables of this campaign',
    n: live.length,
    rows: live,
  });
}

function onTimeFact(of: Measured): TierFact {
  const due = of.pieces.flatMap(({ title, dueOn, liveOn }) => {
    if (dueOn === null || dueOn < of.from || dueOn > of.until) return [];
    return liveOn === null && dueOn >= of.today ? [] : [{ title, dueOn, liveOn }];
  });
  const kept = due.filter((piece) => piece.liveOn !== null && piece.liveOn <= piece.dueOn).length;
  return fact('on_time', {
    value: due.length === 0 ? null : Math.floor((100 * kept) / due.length),
    reason: due.length === 0 ? 'not measured: nothing was due' : null,
    source: 'deliverables of this campaign that were due',
    n: due.length,
    rows: due.map((piece) => ({ on: piece.dueOn, text: `${piece.title}: ${sayKept(piece)}` })),
  });
}

function sayKept(piece: { dueOn: string; liveOn: string | null }): string {
  if (piece.liveOn === null) return 'not live';
  const late = daysBetween(piece.dueOn, piece.liveOn);
  if (late <= 0) return 'on time';
  return late === 1 ? '1 day late' : `${late} days late`;
}

function monthsFact(of: Measured): TierFact {
  const months = wholeMonths(of.memberSince, addDays(of.until, 1));
  return fact('months', {
    value: months,
    reason: null,
    source: 'days since the first contract began',
    n: Math.max(0, daysBetween(of.memberSince, of.until) + 1),
    rows: [{ on: of.memberSince, text: 'On board since' }],
  });
}

function fact(
  metric: TierMetric,
  of: Pick<TierFact, 'value' | 'reason' | 'source' | 'n'> & { rows: TierFact['rows'] },
): TierFact {
  const rows = of.rows.toSorted((a, b) => (a.on === b.on ? (a.text < b.text ? -1 : 1) : a.on < b.on ? 1 : -1));
  return {
    ...of,
    metric,
    label: metricLabels[metric],
    amount: null,
    rows: rows.slice(0, rowsMax),
    more: Math.max(0, rows.length - rowsMax),
  };
}
