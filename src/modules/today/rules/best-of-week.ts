import { weeksBefore } from '../api.ts';

export interface WeekSums {
  /** Newest first: this week, then the eight before. */
  revenue: readonly bigint[];
  orders: number;
  change: number | null;
  changeReason: string | null;
  before: number;
}

export const weeksForMean = 2;

/**
 * This week against the mean of the own weeks before. A creator's weeks begin with the first that sold anything: those before were no weeks of theirs.
 * Null under two of them.
 */
export function sumWeeks(rows: readonly { week: number; orders: number; netMinor: bigint }[]): WeekSums {
  const revenue = Array.from(
    { length: weeksBefore + 1 },
    (_, week) => rows.find((row) => row.week === week)?.netMinor ?? 0n,
  );
  const before = Math.max(0, ...rows.map((row) => row.week));
  const earlier = revenue.slice(1, before + 1);
  const sum = earlier.reduce((total, amount) => total + amount, 0n);
  const orders = rows.find((row) => row.week === 0)?.orders ?? 0;
  const base = { revenue, orders, before };
  if (before < weeksForMean)
    return {
      ...base,
      change: null,
      changeReason: `not enough data: ${before} of at least ${weeksForMean} weeks before`,
    };
  if (sum <= 0n) return { ...base, change: null, changeReason: 'nothing in the weeks before' };
  const mean = Number(sum) / before;
  return { ...base, change: Number(revenue[0] ?? 0n) / mean - 1, changeReason: null };
}
