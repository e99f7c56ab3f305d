/** Two-sided 95 % quantile of the normal distribution. */
const z = 1.959963984540054;

/** Ends of the 95 % score interval of a share (E. B. Wilson, JASA 22, 1927), 0 to 1: right for few cases and for 0 and n of n. Null without cases. */
export function wilsonBounds(hits: number, n: number): { low: number; high: number } | null {
  if (n <= 0) return null;
  const p = hits / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
