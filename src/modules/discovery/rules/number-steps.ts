import { type Bits, newBits, orInto, setBit } from './bits.ts';

/** Columns shorter than this are tested number by number. */
export const steppedMin = 4096;
const stepCount = 48;
const sampleSize = 2048;

/**
 * A few thresholds through the numbers of a column, and for each the positions at or above it. A range takes what lies between two of them
 * 32 positions at a time; of the two steps that its ends fall into it takes a part of their positions in the order of their numbers.
 */
interface Steps {
  /** Ascending; the first is the least number of all, so that its positions are those that are known. */
  from: Int32Array;
  atLeast: Bits[];
  nobody: Bits;
  /** Positions of known numbers, ascending by number; positions lie below 65,536. */
  order: Uint16Array;
  /** Where in the order each step begins; last its end. */
  begins: Int32Array;
}

const stepsOf = new WeakMap<Int32Array, Steps>();

/** Worked out once for a column. `missing` is the least number there is and stands for not known. */
function stepsIn(data: Int32Array, missing: number): Steps {
  let steps = stepsOf.get(data);
  if (steps === undefined) {
    steps = buildSteps(data, missing);
    stepsOf.set(data, steps);
  }
  return steps;
}

function buildSteps(data: Int32Array, missing: number): Steps {
  const from = thresholds(data, missing);
  const atLeast = Array.from(from, () => newBits(data.length));
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? missing;
    if (value === missing) continue;
    const bits = atLeast[firstFrom(from, value + 1) - 1];
    if (bits !== undefined) setBit(bits, at);
  }
  for (let step = atLeast.length - 2; step >= 0; step -= 1) {
    const [here, above] = [atLeast[step], atLeast[step + 1]];
    if (here !== undefined && above !== undefined) orInto(here, above);
  }
  const order = orderOf(data, missing);
  const begins = new Int32Array(from.length + 1).fill(order.length);
  for (let step = 0; step < from.length; step += 1)
    begins[step] = placeOf(data, order, { value: from[step] ?? missing, low: 0, high: order.length });
  return { from, atLeast, nobody: newBits(data.length), order, begins };
}

const positionsMax = 65_536;

function orderOf(data: Int32Array, missing: number): Uint16Array {
  // The number and behind it the position: one sort of plain numbers, none of which needs more than 48 bits.
  const keys = new Float64Array(data.length);
  let known = 0;
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? missing;
    if (value === missing) continue;
    keys[known] = value * positionsMax + at;
    known += 1;
  }
  const sorted = keys.subarray(0, known).sort();
  return Uint16Array.from(sorted, (key) => key - Math.floor(key / positionsMax) * positionsMax);
}

/** Where in the order, between two places, the numbers from this one on begin. */
function placeOf(data: Int32Array, order: Uint16Array, of: { value: number; low: number; high: number }): number {
  let { low, high } = of;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((data[order[middle] ?? 0] ?? 0) >= of.value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function thresholds(data: Int32Array, missing: number): Int32Array {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? missing;
    if (value !== missing && value < least) least = value;
  }
  if (least === Number.POSITIVE_INFINITY) return new Int32Array(0);
  const stride = Math.max(1, Math.floor(data.length / sampleSize));
  const sample: number[] = [];
  for (let at = 0; at < data.length; at += stride) {
    const value = data[at] ?? missing;
    if (value !== missing) sample.push(value);
  }
  sample.sort((a, b) => a - b);
  const cuts = Array.from(
    { length: stepCount - 1 },
    (_, step) => sample[Math.floor((sample.length * (step + 1)) / stepCount)],
  );
  return Int32Array.from([...new Set([least, ...cuts.filter((cut) => cut !== undefined)])].sort((a, b) => a - b));
}

/** The first threshold at or above a number; as many as there are when none is. */
function firstFrom(from: Int32Array, value: number): number {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((from[middle] ?? 0) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Positions that may lie within both bounds, which are whole numbers: all that do are among them. */
export interface Coarse {
  inside: Bits;
  outside: Bits;
  /** The same bits hold for every lower bound below this and every upper bound above that. */
  lowUntil: number;
  highUntil: number;
}

export function coarseSteps(
  data: Int32Array,
  { low, high, missing }: { low: number; high: number; missing: number },
): Coarse {
  const { from, atLeast, nobody } = stepsIn(data, missing);
  // The last threshold that all numbers from the lower bound on reach, the first that no number up to the upper bound does.
  const first = Math.max(0, firstFrom(from, low + 1) - 1);
  const after = firstFrom(from, high + 1);
  return {
    inside: atLeast[first] ?? nobody,
    outside: atLeast[after] ?? nobody,
    lowUntil: from[first + 1] ?? Number.POSITIVE_INFINITY,
    highUntil: (after === 0 ? undefined : from[after - 1]) ?? Number.NEGATIVE_INFINITY,
  };
}

/** Adds to `into` the positions of `domain` whose number lies within both bounds, which are whole numbers. */
export function markBySteps(
  data: Int32Array,
  { low, high, missing }: { low: number; high: number; missing: number },
  { domain, into }: { domain: Bits; into: Bits },
): void {
  const { from, atLeast, nobody, order, begins } = stepsIn(data, missing);
  const bitsFrom = (step: number) => atLeast[step] ?? nobody;
  // From the first threshold on all are high enough, from the last one on none is low enough; before the one and from the other on some are.
  const first = firstFrom(from, low);
  const last = Math.max(first, firstFrom(from, high + 1) - 1);
  const above = bitsFrom(first);
  const beyond = bitsFrom(last);
  for (let w = 0; w < domain.length; w += 1) {
    const asked = domain[w] ?? 0;
    if (asked !== 0) into[w] = (into[w] ?? 0) | ((above[w] ?? 0) & ~(beyond[w] ?? 0) & asked);
  }
  const take = (begin: number, end: number) => {
    for (let i = begin; i < end; i += 1) {
      const at = order[i] ?? 0;
      const w = at >>> 5;
      into[w] = (into[w] ?? 0) | ((1 << (at & 31)) & (domain[w] ?? 0));
    }
  };
  const placeIn = (value: number, step: number) =>
    placeOf(data, order, { value, low: begins[step - 1] ?? 0, high: begins[step] ?? order.length });
  const begin = placeIn(low, first);
  const end = placeIn(high + 1, firstFrom(from, high + 1));
  const firstAt = begins[first] ?? order.length;
  take(begin, Math.min(end, firstAt));
  take(Math.max(begin, firstAt, begins[last] ?? order.length), end);
}
