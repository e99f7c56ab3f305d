import { dayMs } from '#kernel/time.ts';
import type { SeriesPoint } from '../subject.ts';

/** Above any count a platform has shown. */
const countMax = 1e11;

export interface CleanSeries {
  /** One value a day, oldest first. */
  points: SeriesPoint[];
  /** Counts that cannot be: negative, not a number, or of a day to come. */
  leftOut: { day: string; value: number; why: 'future' | 'absurd' }[];
}

/**
 * One count a day, in order, without impossible ones; the order in which rows came does not matter. Of several counts of one day the highest is
 * kept (the reader of the history has already kept the one observed last of each day). Days up to one after `now` are taken: clocks lie apart.
 */
export function cleanSeries(given: readonly SeriesPoint[], now: string): CleanSeries {
  const latest = new Date(Date.parse(now) + dayMs).toISOString().slice(0, 10);
  const byDay = new Map<string, number>();
  const leftOut: CleanSeries['leftOut'] = [];
  for (const { day, value } of given) {
    const isAbsurd = !(Number.isFinite(value) && value >= 0 && value <= countMax);
    if (isAbsurd) leftOut.push({ day, value: Number.isFinite(value) ? value : -1, why: 'absurd' });
    else if (day > latest) leftOut.push({ day, value, why: 'future' });
    else byDay.set(day, Math.max(value, byDay.get(day) ?? 0));
  }
  leftOut.sort((a, b) => compare(a.day, b.day) || a.value - b.value);
  return {
    points: [...byDay].map(([day, value]) => ({ day, value })).sort((a, b) => compare(a.day, b.day)),
    leftOut,
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
