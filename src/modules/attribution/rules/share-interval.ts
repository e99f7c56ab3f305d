/** Answers a share needs before an interval is said. */
export const answersMin = 30;

/** 95 % interval of a share (Wilson 1927); null below `answersMin`. */
export function shareInterval(hits: number, n: number): { low: number; high: number } | null {
  if (n < answersMin) return null;
  const z = 1.959963984540054;
  const share = hits / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const margin = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - margin), high: Math.min(1, middle + margin) };
}
