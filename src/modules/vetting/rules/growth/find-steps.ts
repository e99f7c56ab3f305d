import { daysBetween } from '#kernel/time.ts';
import { median, robustSpread } from '../statistics.ts';
import type { SeriesPoint } from '../subject.ts';

const spreadsNeeded = 5;
/** Change beyond the usual growth that a step must have. */
const changeNeeded = 0.04;
/** Two observations further apart than this cannot place a step. */
const gapDaysMax = 31;
/** Growth per day that never counts as unusual, so that a very even series does not cry at trifles. */
const spreadFloor = 0.001;
/** Below this nothing can be said in shares. */
const followersMin = 100;

/** Weekly and sparser counts need a month; counts nearly a day apart need ten days. */
const needed = [
  { points: 6, days: 28 },
  { points: 11, days: 10 },
] as const;
export const stepsNeed = '6 dated follower counts over 28 days, or 11 over 10 days';
export const stepThreshold = '4 % and 5 robust spreads beyond the usual growth';

export interface Step {
  before: SeriesPoint;
  after: SeriesPoint;
  /** Change over the count before, without the usual growth of those days. */
  excess: number;
  /** Robust spreads beyond the usual growth a day; the largest of the step. */
  spreads: number;
  /** Part of a jump still there 14 to 45 days later; null without a count of that time, or for a drop. */
  stayedShare: number | null;
}

/** True when there are enough counts, over enough days, to tell a step from usual growth. */
export function canShowSteps(points: readonly SeriesPoint[]): boolean {
  // A count of 0 is no base for growth in shares.
  const grown = points.filter((point) => point.value > 0);
  const [first, last] = [grown[0], grown.at(-1)];
  if (first === undefined || last === undefined) return false;
  const days = daysBetween(first.day, last.day);
  return needed.some((need) => grown.length >= need.points && days >= need.days);
}

interface Pace {
  before: SeriesPoint;
  after: SeriesPoint;
  days: number;
  /** Change of the logarithm a day. */
  pace: number;
}

function pacesOf(points: readonly SeriesPoint[]): { paces: Pace[]; usual: number; spread: number } {
  const grown = points.filter((point) => point.value > 0);
  const paces = grown.slice(1).map((after, at) => {
    const before = grown[at] ?? after;
    const days = Math.max(1, daysBetween(before.day, after.day));
    return { before, after, days, pace: Math.log(after.value / before.value) / days };
  });
  const all = paces.map(({ pace }) => pace);
  return { paces, usual: median(all) ?? 0, spread: Math.max(spreadFloor, robustSpread(all) ?? 0) };
}

/** Steps in a cleaned series, oldest first; steps of one direction in a row are one. Points in order, one a day. */
export function findSteps(points: readonly SeriesPoint[]): Step[] {
  const { paces, usual, spread } = pacesOf(points);
  const steps: Step[] = [];
  for (const { before, after, days, pace } of paces) {
    const spreads = Math.abs(pace - usual) / spread;
    const excess = after.value / before.value - 1 - usual * days;
    const isStep =
      days <= gapDaysMax &&
      before.value >= followersMin &&
      spreads > spreadsNeeded &&
      Math.abs(excess) >= changeNeeded &&
      excess > 0 === pace > usual;
    if (!isStep) continue;
    const last = steps.at(-1);
    if (last !== undefined && last.after.day === before.day && last.excess > 0 === excess > 0) {
      const whole = (1 + last.excess) * (1 + excess) - 1;
      steps[steps.length - 1] = { ...last, after, excess: whole, spreads: Math.max(last.spreads, spreads) };
    } else steps.push({ before, after, excess, spreads, stayedShare: null });
  }
  return steps.map((step) => ({ ...step, stayedShare: stayedOf(step, points) }));
}

function stayedOf({ before, after, excess }: Step, points: readonly SeriesPoint[]): number | null {
  if (excess <= 0 || after.value <= before.value) return null;
  const later = points.find((point) => {
    const days = daysBetween(after.day, point.day);
    return days >= 14 && days <= 45;
  });
  if (later === undefined) return null;
  return Math.min(1, Math.max(0, (later.value - before.value) / (after.value - before.value)));
}

/** Days a bought lot takes to arrive, and days to fall off again. */
const deliveryPaces = 3;
const fallPaces = 7;

/**
 * How much a series looks as if a lot of followers had been bought: the largest excess growth of up to three observations in a row, in
 * logarithms, plus half of what fell off in the seven after it, over what the series does usually. 0 and more; null below 5 observations.
 */
export function spikeStrength(points: readonly SeriesPoint[]): number | null {
  const { paces, usual, spread } = pacesOf(points);
  if (paces.length < 4) return null;
  const excess = paces.map(({ pace, days }) => (pace - usual) * days);
  let best = 0;
  for (let from = 0; from < excess.length; from += 1) {
    let rise = 0;
    for (let to = from; to < Math.min(excess.length, from + deliveryPaces); to += 1) {
      rise += excess[to] ?? 0;
      const after = excess.slice(to + 1, to + 1 + fallPaces);
      const fall = after.reduce((sum, one) => sum + Math.max(0, -one), 0);
      best = Math.max(best, rise + 0.5 * Math.min(fall, rise));
    }
  }
  return best / Math.sqrt(spread);
}

/** Growth a day that an account keeps up all the time, in logarithms: the median pace. A slow drip raises it. Null below 5 observations. */
export function paceOf(points: readonly SeriesPoint[]): number | null {
  const { paces, usual } = pacesOf(points);
  return paces.length < 4 ? null : usual;
}
