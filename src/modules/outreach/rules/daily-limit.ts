import { daysBetween } from '#kernel/time.ts';

export interface Ramp {
  dailyLimit: number;
  rampStart: number;
  rampStep: number;
  /** The day the mailbox began to send here. */
  rampFrom: string;
}

/** How many mails of sequences a mailbox sends on a day: `rampStart` on the first, `rampStep` more each day, never above `dailyLimit`. */
export function limitOfDay(ramp: Ramp, day: string): number {
  const days = Math.max(0, daysBetween(ramp.rampFrom, day));
  return Math.min(ramp.dailyLimit, ramp.rampStart + days * ramp.rampStep);
}

/** How many may go out now: what the day leaves, and no faster than one in `gapSeconds`, seen over the minute the planner runs for. */
export function allowedNow(
  ramp: Ramp,
  use: { day: string; sentToday: number; gapSeconds: number; sinceLastMs: number | null },
): number {
  const left = Math.max(0, limitOfDay(ramp, use.day) - use.sentToday);
  if (use.gapSeconds === 0) return left;
  if (use.sinceLastMs !== null && use.sinceLastMs < use.gapSeconds * 1000) return 0;
  return Math.min(left, Math.max(1, Math.floor(60 / use.gapSeconds)));
}
