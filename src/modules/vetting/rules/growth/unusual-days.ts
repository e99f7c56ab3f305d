import { daysBetween } from '#kernel/time.ts';
import type { SeriesPoint } from '../subject.ts';
import { watchSeries } from './watch-series.ts';

const pointsNeeded = 240;
const learningDays = 120;
const daysMax = 400;
const alarmsMax = 20;
/** Days without a count that may be filled by a straight line. */
const gapDaysMax = 3;

/** Days on which a daily series gained unlike it did before, told from the days before them only. Empty for shorter or gappy series. Points in order. */
export function findUnusualDays(points: readonly SeriesPoint[]): { at: string; gain: number; surprise: number }[] {
  const newest = dailyTail(points);
  if (newest.length < pointsNeeded) return [];
  const watch = watchSeries({ learningRows: learningDays });
  const found: { at: string; gain: number; surprise: number }[] = [];
  for (const [at, point] of newest.entries()) {
    const gain = point.value - (newest[at - 1]?.value ?? point.value);
    // A loss is as unusual as a gain of its size; the steps say which it was.
    const { isAlarm, surprise } = watch.push(Math.abs(gain));
    if (isAlarm) found.push({ at: point.day, gain, surprise });
  }
  return found
    .sort((a, b) => b.surprise - a.surprise)
    .slice(0, alarmsMax)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** The newest stretch without a gap of more than 3 days, one value a day. */
function dailyTail(points: readonly SeriesPoint[]): SeriesPoint[] {
  const tail: SeriesPoint[] = [];
  for (let at = points.length - 1; at >= 0 && tail.length < daysMax; at -= 1) {
    const point = points[at];
    const next = tail.at(-1);
    if (point === undefined) break;
    if (next !== undefined) {
      const days = daysBetween(point.day, next.day);
      if (days > gapDaysMax) break;
      for (let step = 1; step < days; step += 1)
        tail.push({ day: next.day, value: next.value + ((point.value - next.value) * step) / days });
    }
    tail.push(point);
  }
  return tail.reverse();
}
