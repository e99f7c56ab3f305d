const ordersMin = 20;
/** Quantile of the normal distribution for 95 of 100. */
const z95 = 1.959964;

export interface PostWindow {
  after: number;
  before: number;
  /** False while the days after the post still run. */
  isOver: boolean;
}

/**
 * Orders after a post less those of as many days before, with the interval of the difference of two Poisson counts (normal approximation). Says why where nothing
 * can be said.
 */
export function differenceOf(window: PostWindow): {
  difference: { orders: number; low: number; high: number } | null;
  why: string | null;
} {
  const { after, before, isOver } = window;
  if (!isOver) return { difference: null, why: 'The days after it still run.' };
  if (after + before < ordersMin)
    return { difference: null, why: `Not enough data: ${after + before} orders, ${ordersMin} are needed.` };
  const reach = z95 * Math.sqrt(after + before);
  const orders = after - before;
  return { difference: { orders, low: orders - reach, high: orders + reach }, why: null };
}
