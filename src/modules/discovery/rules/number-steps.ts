import { type Bits, newBits, orInto, setBit } from './bits.ts';

/** Columns shorter than this are tested number by number. */
export const steppedMin = 4096;
const stepCount = 64;
const sampleSize = 2048;

/**
 * A few thresholds through the numbers of a column, and for each the positions at or above it. A range takes what lies between two of them
 * 32 positions at a time; only numbers in the two steps that its ends fall into are looked at.
 */
interface Steps {
  /** Ascending; the first is the least number of all, so that its positions are those that are known. */
  from: Int32Array;
  atLeast: Bits[];
  nobody: Bits;
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
  return { from, atLeast, nobody: newBits(data.length) };
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

/** Adds to `into` the positions of `domain` whose number lies within both bounds, which are whole numbers. */
export function markBySteps(
  data: Int32Array,
  { low, high, missing }: { low: number; high: number; missing: number },
  { domain, into }: { domain: Bits; into: Bits },
): void {
  const { from, atLeast, nobody } = stepsIn(data, missing);
  const bitsFrom = (step: number) => atLeast[step] ?? nobody;
  const a = firstFrom(from, low);
  const b = firstFrom(from, high + 1);
  // From here on all are high enough; in the step before it some are, unless the bound is a threshold itself.
  const lowIn = bitsFrom(a);
  const lowMaybe = a === 0 || from[a] === low ? lowIn : bitsFrom(a - 1);
  // From here on none is low enough; in the step before it some are, unless the bound is the last number of that step.
  const highOut = bitsFrom(b);
  const highMaybe = b === 0 || from[b] === high + 1 ? highOut : bitsFrom(b - 1);
  for (let w = 0; w < domain.length; w += 1) {
    const asked = domain[w] ?? 0;
    if (asked === 0) continue;
    const certain = (lowIn[w] ?? 0) & ~(highMaybe[w] ?? 0);
    const atLow = (lowMaybe[w] ?? 0) & ~(lowIn[w] ?? 0);
    const atHigh = (highMaybe[w] ?? 0) & ~(highOut[w] ?? 0);
    let found = certain & asked;
    let left = (atLow | atHigh) & asked;
    while (left !== 0) {
      const one = left & -left;
      const value = data[(w << 5) + 31 - Math.clz32(one)] ?? missing;
      found |= value >= low && value <= high ? one : 0;
      left ^= one;
    }
    into[w] = (into[w] ?? 0) | found;
  }
}
