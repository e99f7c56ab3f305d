import { daysBetween } from '#kernel/time.ts';
import type { FollowWave } from '../../api.ts';
import { median } from '../statistics.ts';
import type { SeriesPoint } from '../subject.ts';

const pointsNeeded = 8;
const daysNeeded = 28;
export const wavesNeed = `${pointsNeeded} dated counts of followed accounts over ${daysNeeded} days`;
/** A wave goes up and down by this share of the usual count, and by this many accounts. */
const shareNeeded = 0.1;
const accountsNeeded = 100;
/** Slower than this is a person who tidies up, not a tool at work. */
const waveDaysMax = 120;
/** From here on it is a habit. */
export const wavesNeeded = 2;
export const waveThreshold = `${wavesNeeded} waves of at least ${accountsNeeded} accounts and ${100 * shareNeeded} % of the usual count, each within ${waveDaysMax} days`;

/** True when a follow and unfollow habit would show. */
export function canShowWaves(points: readonly SeriesPoint[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return (
    first !== undefined &&
    last !== undefined &&
    points.length >= pointsNeeded &&
    daysBetween(first.day, last.day) >= daysNeeded
  );
}

/**
 * The teeth of a follow and unfollow saw: the count of followed accounts climbs and falls back, again and again. Turning points are those of a
 * zigzag that ignores moves below the threshold; a wave is a rise followed by a fall, both above it. Points in order, one a day.
 */
export function findWaves(points: readonly SeriesPoint[]): FollowWave[] {
  const size = Math.max(accountsNeeded, shareNeeded * (median(points.map((point) => point.value)) ?? 0));
  const turns = turningPoints(points, size);
  const waves: FollowWave[] = [];
  for (let at = 0; at + 2 < turns.length; at += 1) {
    const [from, top, to] = [turns[at], turns[at + 1], turns[at + 2]];
    if (from === undefined || top === undefined || to === undefined || top.value <= from.value) continue;
    const wave = {
      from: from.day,
      top: top.day,
      to: to.day,
      followed: top.value - from.value,
      unfollowed: top.value - to.value,
    };
    if (Math.min(wave.followed, wave.unfollowed) >= size && daysBetween(from.day, to.day) <= waveDaysMax)
      waves.push(wave);
  }
  return waves;
}

/** Lows and highs in turn, each at least `size` from the one before. */
function turningPoints(points: readonly SeriesPoint[], size: number): SeriesPoint[] {
  const first = points[0];
  if (first === undefined) return [];
  const turns: SeriesPoint[] = [];
  let low = first;
  let high = first;
  let direction: 'none' | 'up' | 'down' = 'none';
  for (const point of points) {
    if (point.value >= high.value) high = point;
    if (point.value <= low.value) low = point;
    if (direction !== 'down' && high.value - point.value >= size) {
      if (direction === 'none' && low.day < high.day) turns.push(low);
      turns.push(high);
      direction = 'down';
      low = point;
      high = point;
    } else if (direction !== 'up' && point.value - low.value >= size) {
      if (direction === 'none' && high.day < low.day) turns.push(high);
      turns.push(low);
      direction = 'up';
      low = point;
      high = point;
    }
  }
  turns.push(direction === 'down' ? low : high);
  return turns;
}
