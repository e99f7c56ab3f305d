/** Two-sided 95 % quantile of the normal distribution. */
const z = 1.959963984540054;

/** Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927): right for few cases and for 0 and n of n. Null for no case. */
export function wilson(hits: number, n: number): { low: number; high: number } | null {
  if (n <= 0 || hits < 0 || hits > n) return null;
  const share = hits / n;
  const scale = 1 + z ** 2 / n;
  const middle = (share + z ** 2 / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
