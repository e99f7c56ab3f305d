import { wilsonBounds } from '#kernel/wilson.ts';

/** Answers a share needs before an interval is said. */
export const answersMin = 30;

/** 95 % interval of a share (Wilson 1927); null below `answersMin`. */
export function shareInterval(hits: number, n: number): { low: number; high: number } | null {
  if (n < answersMin) return null;
  return wilsonBounds(hits, n);
}
