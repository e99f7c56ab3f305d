/** Days a rate is taken from at most, and at least. */
export const rateDaysMax = 28;
export const rateDaysMin = 7;
/** The 90th percentile of the normal distribution: low and high leave out a tenth on each side. */
const z80 = 1.2816;

export interface Landing {
  value: number;
  low: number;
  high: number;
  /** Days the rate was taken from. */
  days: number;
}

/**
 * Where a sum lands when the days to come are like the last ones: now + mean of the last days (at most 28) times the days left. The 80 % interval takes
 * the days as independent draws with the variance they had, and adds that the mean itself is known from so few of them: half-width =
 * 1.28 * s * sqrt(m + m * m / L). Never below what is there already. Null under seven days.
 */
export function landSum(of: { now: number; daily: readonly number[]; daysLeft: number }): Landing | null {
  const days = of.daily.slice(-rateDaysMax);
  if (days.length < rateDaysMin) return null;
  const m = Math.max(0, of.daysLeft);
  const mean = days.reduce((sum, day) => sum + day, 0) / days.length;
  const variance = days.reduce((sum, day) => sum + (day - mean) ** 2, 0) / (days.length - 1);
  const half = z80 * Math.sqrt(variance * (m + (m * m) / days.length));
  const value = of.now + mean * m;
  return { value, low: Math.max(of.now, value - half), high: value + half, days: days.length };
}
