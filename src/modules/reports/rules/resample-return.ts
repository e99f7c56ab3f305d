import type { OrderStratum } from './report-input.ts';

export const resamples = 2000;
export const ordersForInterval = 20;
export const intervalLevel = 0.8;
/** Random draws one report may cost: about 0.1 s. Strata beyond it are taken by the limit their resampled sum tends to. */
export const drawsMax = 4_000_000;

export interface SumInterval {
  low: number;
  high: number;
}

export interface ResampledSums {
  /** Null below 20 orders. */
  total: SumInterval | null;
  perEnrolment: Map<string | null, SumInterval>;
}

/**
 * 80 % intervals of revenue by bootstrap over orders within creators: 2,000 times each order is taken 0, 1, 2, ... times (Poisson with mean 1,
 * so that the number of orders varies as well as their size), creators apart; the interval runs from the 10th to the 90th percentile.
 * The same seed and orders give the same interval. Sums are in minor units. Source of the method: Hanley and MacGibbon 2006, Chamandy et al. 2012.
 */
export function resampleRevenue(strata: readonly OrderStratum[], seed: number): ResampledSums {
  const total = new Float64Array(resamples);
  const perEnrolment = new Map<string | null, SumInterval>();
  const ordered = strata
    .filter((stratum) => stratum.count > 0)
    .toSorted((a, b) => a.count - b.count || compareIds(a.enrolmentId, b.enrolmentId));
  let drawsLeft = drawsMax;
  let orders = 0;
  for (const stratum of ordered) {
    orders += stratum.count;
    const random = randomFrom(seed ^ hashText(stratum.enrolmentId ?? ''));
    const draws = stratum.count * resamples;
    const isDrawn = stratum.amounts !== null && draws <= drawsLeft;
    if (isDrawn) drawsLeft -= draws;
    const sums = isDrawn && stratum.amounts !== null ? drawSums(stratum.amounts, random) : limitSums(stratum, random);
    for (let at = 0; at < resamples; at += 1) total[at] = (total[at] ?? 0) + (sums[at] ?? 0);
    if (stratum.count >= ordersForInterval) perEnrolment.set(stratum.enrolmentId, middleOf(sums));
  }
  return { total: orders >= ordersForInterval ? middleOf(total) : null, perEnrolment };
}

function drawSums(amounts: readonly number[], random: () => number): Float64Array {
  const sums = new Float64Array(resamples);
  for (let at = 0; at < resamples; at += 1) {
    let sum = 0;
    for (const amount of amounts) sum += amount * drawPoissonOne(random());
    sums[at] = sum;
  }
  return sums;
}

/** Sums of many orders as the central limit gives them: mean is the sum, variance the sum of squares. */
function limitSums(stratum: OrderStratum, random: () => number): Float64Array {
  const spread = Math.sqrt(stratum.squares);
  const sums = new Float64Array(resamples);
  for (let at = 0; at < resamples; at += 1) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    sums[at] = Math.max(0, stratum.sum + spread * normal);
  }
  return sums;
}

// Cumulative probabilities of a Poisson variable with mean 1: 0 to 8 times, the rest (1e-6) counts as 9.
const cumulative = poissonOne(9);

function poissonOne(size: number): number[] {
  const sums: number[] = [];
  let term = Math.exp(-1);
  let sum = 0;
  for (let times = 0; times < size; times += 1) {
    sum += term;
    sums.push(sum);
    term /= times + 1;
  }
  return sums;
}

function drawPoissonOne(uniform: number): number {
  let times = 0;
  while (times < cumulative.length && uniform >= (cumulative[times] ?? 1)) times += 1;
  return times;
}

function middleOf(sums: Float64Array): SumInterval {
  const sorted = Float64Array.from(sums).sort();
  const tail = (1 - intervalLevel) / 2;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: at(tail), high: at(1 - tail) };
}

/** mulberry32: 32 bits of state, passes the usual small tests, and is the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a over UTF-16 units: a seed from a campaign's id. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function compareIds(a: string | null, b: string | null): number {
  const [left, right] = [a ?? '', b ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
