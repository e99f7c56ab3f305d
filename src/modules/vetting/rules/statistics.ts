import { wilsonBounds } from '#kernel/wilson.ts';
import type { Interval } from '../api.ts';

/** The value below which the share `q` lies, linear between neighbours. Values sorted ascending; null when empty. */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  if (sorted.length === 0) return null;
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

export function sortAscending(values: readonly number[]): number[] {
  return Array.from(sortedCopy(values));
}

export function median(values: readonly number[]): number | null {
  return quantile(sortedCopy(values), 0.5);
}

/** Below so many values, putting each into its place beats the sort of the engine; resamples ask for thousands of small medians. */
const smallMax = 48;

function sortedCopy(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values);
  if (sorted.length > smallMax) return sorted.sort();
  for (let i = 1; i < sorted.length; i += 1) {
    const value = sorted[i] ?? 0;
    let at = i;
    while (at > 0 && (sorted[at - 1] ?? 0) > value) {
      sorted[at] = sorted[at - 1] ?? 0;
      at -= 1;
    }
    sorted[at] = value;
  }
  return sorted;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Exact interval of the median by order statistics: the narrowest symmetric pair whose binomial coverage reaches 95 %, else the extremes
 * with the coverage they have (n = 5 gives 93.8 %). Free of any assumption on the distribution but independence. Null below 2 values.
 */
export function medianInterval(values: readonly number[], coverageWanted = 0.95): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const sorted = sortAscending(values);
  let tail = 0.5 ** n;
  let outside = tail;
  let rank = 0;
  // Binomial(n, 1/2): move inwards while both tails together stay within what is allowed. 0.5 ** n underflows only beyond 1,074 values.
  while (rank + 1 < Math.floor(n / 2)) {
    tail *= (n - rank) / (rank + 1);
    if (2 * (outside + tail) > 1 - coverageWanted) break;
    outside += tail;
    rank += 1;
  }
  return { low: sorted[rank] ?? 0, high: sorted[n - 1 - rank] ?? 0, coverage: 1 - 2 * outside };
}

const resamples = 400;

/** Percentile bootstrap interval of the mean, 95 %, 400 resamples from a seeded generator. Null below 5 values. */
export function meanInterval(values: readonly number[], seed: number): Interval | null {
  const n = values.length;
  if (n < 5) return null;
  const given = Float64Array.from(values);
  const draws = seededDraws(seed, resamples * n);
  const means = new Float64Array(resamples);
  let at = 0;
  for (let round = 0; round < resamples; round += 1) {
    let sum = 0;
    for (const end = at + n; at < end; at += 1) sum += given[((draws[at] ?? 0) * n) | 0] ?? 0;
    means[round] = sum / n;
  }
  return middleOf(means);
}

/** Percentile bootstrap interval of the ratio of two medians (above / below), 95 %, 400 resamples from a seeded generator. Null without values. */
export function medianRatioInterval(above: readonly number[], below: readonly number[], seed: number): Interval | null {
  const draws = seededDraws(seed, resamples * (above.length + below.length));
  const [top, base] = [medianSampler(above), medianSampler(below)];
  const ratios: number[] = [];
  let at = 0;
  for (let round = 0; round < resamples; round += 1) {
    const under = base(draws, at);
    at += below.length;
    const over = top(draws, at);
    at += above.length;
    if (under > 0) ratios.push(over / under);
  }
  return ratios.length === 0 ? null : middleOf(Float64Array.from(ratios));
}

function middleOf(unsorted: Float64Array): Interval {
  const sorted = unsorted.sort();
  return { low: quantile(sorted, 0.025) ?? 0, high: quantile(sorted, 0.975) ?? 0, coverage: 0.95 };
}

/** Draws the median of a resample. Values are ranked once, so that a resample is counted by rank instead of sorted. */
function medianSampler(values: readonly number[]): (draws: Float64Array, from: number) => number {
  const n = values.length;
  const order = Array.from(values, (_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const sorted = Float64Array.from(order, (at) => values[at] ?? 0);
  const rankOf = new Uint32Array(n);
  order.forEach((at, rank) => {
    rankOf[at] = rank;
  });
  const counts = new Uint32Array(n);
  const [lower, upper] = [Math.floor((n - 1) / 2), Math.ceil((n - 1) / 2)];
  return (draws, from) => {
    if (n === 0) return 0;
    counts.fill(0);
    for (let at = from; at < from + n; at += 1) {
      const rank = rankOf[((draws[at] ?? 0) * n) | 0] ?? 0;
      counts[rank] = (counts[rank] ?? 0) + 1;
    }
    let rank = 0;
    let passed = counts[0] ?? 0;
    const reach = (place: number) => {
      while (passed <= place) {
        rank += 1;
        passed += counts[rank] ?? 0;
      }
      return sorted[rank] ?? 0;
    };
    const low = reach(lower);
    const high = reach(upper);
    return low + (high - low) * ((n - 1) / 2 - lower);
  };
}

/** Draws kept at most; more are made anew each time. */
const drawsKeptMax = 1 << 16;
let keptDraws: { seed: number; values: Float64Array } | null = null;

/** The first draws of a seeded generator. Every report resamples from the same ones, so they are kept. */
function seededDraws(seed: number, count: number): Float64Array {
  if (keptDraws !== null && keptDraws.seed === seed && keptDraws.values.length >= count) return keptDraws.values;
  const random = mulberry32(seed);
  const values = Float64Array.from({ length: Math.max(count, drawsKeptMax) }, random);
  if (count <= drawsKeptMax) keptDraws = { seed, values };
  return values;
}

/** Wilson score interval of a share, 95 %. Null without cases. */
export function wilsonInterval(hits: number, n: number): Interval | null {
  const bounds = wilsonBounds(hits, n);
  return bounds === null ? null : { ...bounds, coverage: 0.95 };
}

/** Share of the values below, ties counted half, 0 to 100. Values sorted ascending; null when there are none. */
export function percentileOf(sorted: readonly number[], value: number): number | null {
  if (sorted.length === 0) return null;
  const below = firstAtLeast(sorted, value);
  let ties = below;
  while (ties < sorted.length && sorted[ties] === value) ties += 1;
  return (100 * (below + (ties - below) / 2)) / sorted.length;
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Spread about the median that outliers do not move: 1.4826 times the median absolute deviation. */
export function robustSpread(values: readonly number[]): number | null {
  const centre = median(values);
  if (centre === null) return null;
  const spread = median(values.map((value) => Math.abs(value - centre)));
  return spread === null ? null : 1.4826 * spread;
}

/** Straight lines through the given corners, level outside of them. Corners ascend in x. */
export function ramp(x: number, corners: readonly (readonly [number, number])[]): number {
  let before = corners[0];
  if (before === undefined) return 0;
  if (x <= before[0]) return before[1];
  for (const corner of corners) {
    if (x <= corner[0]) {
      const width = corner[0] - before[0];
      return width === 0 ? corner[1] : before[1] + ((corner[1] - before[1]) * (x - before[0])) / width;
    }
    before = corner;
  }
  return before[1];
}

/** Small seeded generator (mulberry32, public domain): the same seed gives the same draws on every machine. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Equal-width bins from 0 to the 99th percentile or the own value, whichever is greater; the last one holds all above it. */
export function histogram(
  sorted: readonly number[],
  own: number | null,
  binCount = 24,
): { from: number; to: number; count: number }[] {
  const top = Math.max(quantile(sorted, 0.98) ?? 0, own === null ? 0 : own * 1.15);
  // Below it the bins would be narrower than a number can tell apart.
  if (sorted.length === 0 || !(top > 1e-9) || !Number.isFinite(top)) return [];
  const width = niceWidth(top / binCount);
  const bins = Array.from({ length: Math.max(1, Math.ceil(top / width)) }, (_, i) => ({
    from: i * width,
    to: (i + 1) * width,
    count: 0,
  }));
  for (const value of sorted) {
    const bin = bins[Math.min(bins.length - 1, Math.max(0, Math.floor(value / width)))];
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}

function niceWidth(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= raw * 0.999) ?? 10;
  return step * power;
}
