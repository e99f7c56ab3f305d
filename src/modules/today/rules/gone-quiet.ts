import { dayMs } from '#kernel/time.ts';

export const postsForHabit = 5;
export const freshDays = 14;

export interface Silence {
  posts: number;
  lastPostAt: Date | null;
  readAt: Date | null;
  longestGapS: number | null;
}

export type Habit =
  | { kind: 'unknown' }
  | { kind: 'usual' }
  | { kind: 'quiet'; days: number; longestGapDays: number; lastPostAt: Date; readAt: Date };

/**
 * Whether an account is silent for longer than ever before. Silence is only known up to the last time the account was read; an account read more
 * than 14 days ago, or with under five dated posts, is unknown.
 */
export function judgeSilence(of: Silence, now: Date): Habit {
  const { lastPostAt, readAt, longestGapS } = of;
  if (of.posts < postsForHabit || lastPostAt === null || readAt === null || longestGapS === null)
    return { kind: 'unknown' };
  if (now.getTime() - readAt.getTime() > freshDays * dayMs) return { kind: 'unknown' };
  const silentMs = readAt.getTime() - lastPostAt.getTime();
  if (silentMs <= longestGapS * 1000) return { kind: 'usual' };
  const days = Math.floor(silentMs / dayMs);
  const longestGapDays = Math.floor((longestGapS * 1000) / dayMs);
  return days > longestGapDays ? { kind: 'quiet', days, longestGapDays, lastPostAt, readAt } : { kind: 'usual' };
}
