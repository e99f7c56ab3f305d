import { createNearestShapes } from './nearest-shapes.ts';
import { createRankedHistory, type RankedHistory } from './ranked-history.ts';

/** Rows in a shape, neighbours of a shape: KNN-CAD's 19 and 27, longer by half. */
const shapeRows = 30;
const neighbours = 27;
/** Earlier surprises a new one is held against. */
const historyMax = 20_000;
/** Waiting time of a shape, in learning times. */
const waitingTimes = 3;

/** What ships. Chosen on the plateau of a grid over labelled series; see docs/methods/growth-anomalies.md. */
export const watchDefaults = { surpriseNeeded: 2.2, restShare: 0.4 } as const;

export interface WatchOptions {
  /** Rows to learn from; no alarm before they are over. */
  learningRows: number;
  /** Decades of surprise that raise an alarm: 2 is about 1 row in 100. */
  surpriseNeeded?: number;
  /** Rest after an alarm, as a share of the learning time: one event is told once. */
  restShare?: number;
}

export interface Watched {
  /** Mean surprise of the three views, in decades. */
  surprise: number;
  isAlarm: boolean;
}

/**
 * Watches evenly spaced values, one after the other, never looking ahead. Three views are averaged, each as the rarity of its score among its own
 * earlier ones, so that the scale of the values does not matter: shapes of the values, shapes of their logarithm, and distance above the usual level.
 * Values that are not finite or below zero are taken as the last one that was.
 */
export function watchSeries(options: WatchOptions): { push(value: number): Watched } {
  const { learningRows, surpriseNeeded = watchDefaults.surpriseNeeded, restShare = watchDefaults.restShare } = options;
  const surpriseOf = createSurprise(learningRows);
  const restRows = Math.round(restShare * learningRows);
  let row = -1;
  let restUntil = 0;
  return {
    push: (value) => {
      row += 1;
      const surprise = surpriseOf(value);
      const isAlarm = row >= learningRows && row >= restUntil && surprise >= surpriseNeeded;
      if (isAlarm) restUntil = row + restRows;
      return { surprise, isAlarm };
    },
  };
}

function createSurprise(learningRows: number): (value: number) => number {
  const shapeOptions = { rows: shapeRows, neighbours, learningRows, waitingRows: waitingTimes * learningRows };
  const plain = shapeView(shapeOptions);
  const relative = shapeView(shapeOptions);
  const level = levelView();
  const early: number[] = [];
  let scale: number | null = null;
  let last = 0;
  return (given) => {
    const value = Number.isFinite(given) && given >= 0 ? given : last;
    last = value;
    if (scale === null) {
      early.push(value);
      if (early.length < learningRows) return 0;
      scale = middleOf(early.filter((one) => one > 0)) || 1;
      for (const one of early) {
        plain(one);
        const ratio = Math.log1p(one / scale);
        relative(ratio);
        level(ratio);
      }
      return 0;
    }
    const ratio = Math.log1p(value / scale);
    return (plain(value) + relative(ratio) + level(ratio)) / 3;
  };
}

function shapeView(options: Parameters<typeof createNearestShapes>[0]): (value: number) => number {
  const shapes = createNearestShapes(options);
  const distances = createRankedHistory(historyMax);
  return (value) => {
    const answer = shapes.push(value);
    if (answer === null) return 0;
    for (const one of answer.calibration) distances.add(one);
    return rarityOf(answer.distance, distances);
  };
}

/** Robust z: distance above the median in quartile widths, over all that was seen. */
function levelView(): (value: number) => number {
  const levels = createRankedHistory(historyMax);
  const scores = createRankedHistory(historyMax);
  return (value) => {
    const width = (levels.quantile(0.75) - levels.quantile(0.25)) / 1.349;
    const score = levels.size() === 0 ? 0 : (value - levels.quantile(0.5)) / Math.max(width, 1e-6);
    levels.add(value);
    return rarityOf(score, scores);
  };
}

function rarityOf(value: number, history: RankedHistory): number {
  const surprise = history.surpriseOf(value);
  history.add(value);
  return surprise;
}

function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
