import { median } from './tails.ts';
import type { TrafficFigures } from './traffic-figures.ts';

/** What is usual in the workspace: medians over its other creators that have enough to say; null where fewer than three have. */
export interface Baseline {
  /** Orders by link over counted clicks. */
  conversion: number | null;
  fastShare: number | null;
  lateShare: number | null;
  refundShare: number | null;
  noReferrerShare: number | null;
  orderValueMinor: number | null;
  ordersACustomer: number | null;
  hourEntropy: number | null;
  /** How many creators had enough for the rate of orders. */
  creators: number;
}

const creatorsMin = 3;
const clicksMin = 50;
const timedMin = 5;
const customersMin = 4;

/** Medians, so that one who cheats cannot move what is usual. */
export function makeBaseline(others: readonly TrafficFigures[]): Baseline {
  const usual = (of: (figures: TrafficFigures) => number | null) => {
    const values = others.map(of).filter((value) => value !== null);
    return values.length < creatorsMin ? null : median(values);
  };
  const clicked = others.filter((one) => one.clicks >= clicksMin);
  // A median of small rates is often zero, which would make everything an outlier: sums of all who are not in the outer tenths.
  const pooled = (of: (figures: TrafficFigures) => { part: number; whole: number } | null) => {
    const pairs = others.map(of).filter((pair) => pair !== null);
    if (pairs.length < creatorsMin) return null;
    const cut = Math.floor(pairs.length / 10);
    const kept = pairs.sort((a, b) => a.part / a.whole - b.part / b.whole).slice(cut, pairs.length - cut);
    return kept.reduce((sum, pair) => sum + pair.part, 0) / kept.reduce((sum, pair) => sum + pair.whole, 0);
  };
  return {
    conversion: pooled((one) => (one.clicks < clicksMin ? null : { part: one.linkOrders, whole: one.clicks })),
    fastShare: pooled((one) => (one.timedOrders < timedMin ? null : { part: one.fastOrders, whole: one.timedOrders })),
    lateShare: pooled((one) => (one.timedOrders < timedMin ? null : { part: one.lateOrders, whole: one.timedOrders })),
    refundShare: pooled((one) =>
      one.customers < customersMin ? null : { part: one.refundedCustomers, whole: one.customers },
    ),
    noReferrerShare: usual((one) => (one.clicks < clicksMin ? null : one.noReferrerShare)),
    orderValueMinor: usual((one) => (one.orders < customersMin ? null : one.orderValueMinor)),
    ordersACustomer: usual((one) => (one.customers < customersMin ? null : one.knownOrders / one.customers)),
    hourEntropy: usual((one) => one.hourEntropy),
    creators: clicked.length,
  };
}

/** Why a rule that compares with the others cannot. */
export const needsOthers = 'Fewer than three other creators have traffic enough to compare with.';
