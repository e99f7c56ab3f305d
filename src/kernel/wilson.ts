const z = 1.96;

/** Ends of the Wilson score interval of a share at 95 %, 0 to 1. Null without cases. Source: Wilson 1927. */
export function wilsonBounds(hits: number, n: number): { low: number; high: number } | null {
  if (n === 0) return null;
  const p = hits / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
