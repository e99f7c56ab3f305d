const firstMs = 2 * 60_000;
const longestMs = 6 * 3_600_000;

/**
 * How long a parcel waits after so many tries: two minutes, doubled each time, at most six hours. Never sooner, since the shop's own search may
 * not know yet what the last try made.
 */
export function retryDelayMs(tries: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, Math.min(tries, 20) - 1));
}

/** After so many tries a person has to look. */
export const triesMax = 12;
