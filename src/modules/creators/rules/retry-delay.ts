/**
 * How long a task waits before its next try: doubled each time up to a bound, of which a random half is left out so that many do not come back at
 * once ("equal jitter"). `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number, bounds: { firstMs: number; maxMs: number }): number {
  const full = Math.min(bounds.maxMs, bounds.firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(full / 2 + (full / 2) * random);
}
