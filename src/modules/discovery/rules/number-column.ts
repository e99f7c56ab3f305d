import { type Bits, countWord, newBits, setBit } from './bits.ts';
import { markBySteps, steppedMin } from './number-steps.ts';

/**
 * Numbers by position, in the smallest form that gives every one of them back exactly: whole numbers over a power of ten, else doubles.
 * `divisor` is 0 for doubles, whose missing value is NaN.
 */
export interface NumberColumn {
  data: Int32Array | Float64Array;
  divisor: number;
}

const missing = -2_147_483_648;
const divisorMost = 1e9;
const manyOfWord = 10;

/** NaN is not known. */
export function sealNumbers(values: Float64Array): NumberColumn {
  const divisor = divisorOf(values);
  if (divisor === 0) return { data: values.slice(), divisor: 0 };
  const data = new Int32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NaN;
    data[at] = Number.isNaN(value) ? missing : Math.round(value * divisor);
  }
  return { data, divisor };
}

/** The least power of ten that makes all values whole and gives them back exactly; 0 when there is none. */
function divisorOf(values: Float64Array): number {
  let divisor = 1;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    while (Math.round(value * divisor) / divisor !== value) {
      divisor *= 10;
      if (divisor > divisorMost) return 0;
    }
  }
  // A later value may need more digits than an earlier one leaves room for.
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const whole = Math.round(value * divisor);
    if (Math.abs(whole) >= -missing || whole / divisor !== value || Object.is(value, -0)) return 0;
  }
  return divisor;
}

/** The value at a position; NaN when it is not known. */
export function numberAt(column: NumberColumn, at: number): number {
  const raw = column.data[at] ?? Number.NaN;
  if (column.divisor === 0) return raw;
  if (raw === missing) return Number.NaN;
  return column.divisor === 1 ? raw : raw / column.divisor;
}

export interface Bounds {
  low: number;
  high: number;
  isLowOpen: boolean;
  isHighOpen: boolean;
}

interface Extent {
  least: number;
  most: number;
}

const extents = new WeakMap<Int32Array, Extent>();

/** The least and the most of the numbers a column stores; worked out once. */
function extentOf(data: Int32Array): Extent {
  let extent = extents.get(data);
  if (extent === undefined) {
    extent = { least: -missing, most: missing };
    for (let at = 0; at < data.length; at += 1) {
      const value = data[at] ?? missing;
      if (value === missing) continue;
      if (value < extent.least) extent.least = value;
      if (value > extent.most) extent.most = value;
    }
    extents.set(data, extent);
  }
  return extent;
}

/** The same bounds, both inclusive, in the numbers the column stores and within those it has; null when nothing can lie between. */
function storedBounds(data: Int32Array, divisor: number, bounds: Bounds): { low: number; high: number } | null {
  const isAbove = (whole: number) => (bounds.isLowOpen ? whole / divisor > bounds.low : whole / divisor >= bounds.low);
  const isBelow = (whole: number) =>
    bounds.isHighOpen ? whole / divisor < bounds.high : whole / divisor <= bounds.high;
  const { least, most } = extentOf(data);
  let low = Math.max(least, Math.min(most + 1, Math.floor(bounds.low * divisor) - 2));
  while (low <= most && !isAbove(low)) low += 1;
  let high = Math.min(most, Math.max(least - 1, Math.ceil(bounds.high * divisor) + 2));
  while (high >= least && !isBelow(high)) high -= 1;
  return low > high ? null : { low, high };
}

/** Adds to `into` the positions whose value lies within the bounds; looks only at words of `domain` that are not empty. */
export function markWithin(column: NumberColumn, bounds: Bounds, work: { domain: Bits; into: Bits }): void {
  const { data, divisor } = column;
  if (data instanceof Float64Array) {
    markOpen(data, bounds, work);
    return;
  }
  const stored = storedBounds(data, divisor, bounds);
  if (stored === null) return;
  const { least, most } = extentOf(data);
  if (data.length >= steppedMin) markBySteps(data, { ...stored, missing }, work);
  else if (most - least >= -missing) markOpen(data, { ...stored, isLowOpen: false, isHighOpen: false }, work);
  else markClosed(data, stored, work);
}

/**
 * Without branches, which half of the values would mispredict: a value lies within when neither of two differences is negative. They cannot
 * overflow, since the bounds lie within the column's extent; for the missing value, the least of all, one of the two always is negative.
 */
function markClosed(
  data: Int32Array,
  bounds: { low: number; high: number },
  { domain, into }: { domain: Bits; into: Bits },
): void {
  const low = bounds.low | 0;
  const high = bounds.high | 0;
  const count = data.length;
  for (let w = 0; w < domain.length; w += 1) {
    let left = domain[w] ?? 0;
    if (left === 0) continue;
    const base = w << 5;
    let found = 0;
    // Many of a word are tested all together, few one by one.
    if (base + 32 <= count && countWord(left) > manyOfWord) {
      for (let bit = 0; bit < 32; bit += 1) {
        const value = data[base + bit] ?? 0;
        found |= (~((value - low) | 0 | ((high - value) | 0)) >>> 31) << bit;
      }
    } else {
      while (left !== 0) {
        const one = left & -left;
        const value = data[base + 31 - Math.clz32(one)] ?? missing;
        found |= ~((value - low) | 0 | ((high - value) | 0)) < 0 ? one : 0;
        left ^= one;
      }
    }
    into[w] = (into[w] ?? 0) | found;
  }
}

function markOpen(
  data: Float64Array | Int32Array,
  bounds: Bounds,
  { domain, into }: { domain: Bits; into: Bits },
): void {
  const { low, high, isLowOpen, isHighOpen } = bounds;
  for (let w = 0; w < domain.length; w += 1) {
    let left = domain[w] ?? 0;
    let found = 0;
    while (left !== 0) {
      const one = left & -left;
      const value = data[(w << 5) + 31 - Math.clz32(one)] ?? Number.NaN;
      if ((isLowOpen ? value > low : value >= low) && (isHighOpen ? value < high : value <= high)) found |= one;
      left ^= one;
    }
    if (found !== 0) into[w] = (into[w] ?? 0) | found;
  }
}

const knownOf = new WeakMap<NumberColumn, Bits>();

/** Positions whose value is known; worked out once for a column. */
export function knownNumbers(column: NumberColumn): Bits {
  let known = knownOf.get(column);
  if (known === undefined) {
    known = newBits(column.data.length);
    for (let at = 0; at < column.data.length; at += 1) if (!Number.isNaN(numberAt(column, at))) setBit(known, at);
    knownOf.set(column, known);
  }
  return known;
}
