import type { Bits } from './bits.ts';
import type { NumberColumn } from './number-column.ts';
import { coarseSteps, steppedMin } from './number-steps.ts';
import type { Key, Order } from './sort-keys.ts';

/** A bound in the numbers a column stores: values beyond it come after the last of the first few, for certain. */
export interface Limit {
  low: number;
  high: number;
}

/** The bound that a key sets; null when there is none. It may let one more through, never one too few. */
export function storedLimit(column: NumberColumn, worst: Key, direction: Order['direction']): Limit | null {
  if (typeof worst !== 'number') return null;
  const stored = column.divisor === 0 ? worst : worst * column.divisor;
  const slack = column.divisor === 0 ? 0 : 1;
  return direction === 'desc'
    ? { low: stored - slack, high: Number.POSITIVE_INFINITY }
    : { low: -maxStored, high: stored + slack };
}

/** The missing value of whole numbers lies below this. */
const maxStored = 2_147_483_647;

const everything: Limit = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** The least and the most of so many words of rows; the missing whole number and NaN are in neither. */
interface Zones {
  least: Float64Array;
  most: Float64Array;
}
const zoneWords = 4;

const zonesOf = new WeakMap<NumberColumn, Zones>();

function zonesIn(column: NumberColumn): Zones {
  let zones = zonesOf.get(column);
  if (zones === undefined) {
    const { data } = column;
    const zoneRows = zoneWords * 32;
    const count = Math.ceil(data.length / zoneRows);
    zones = {
      least: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
      most: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
    };
    for (let row = 0; row < data.length; row += 1) {
      const value = data[row] ?? Number.NaN;
      if (column.divisor !== 0 && value < -maxStored) continue;
      const zone = Math.floor(row / zoneRows);
      if (value < (zones.least[zone] ?? 0)) zones.least[zone] = value;
      if (value > (zones.most[zone] ?? 0)) zones.most[zone] = value;
    }
    zonesOf.set(column, zones);
  }
  return zones;
}

interface Offers {
  limit(): Limit | null;
  offer(row: number): void;
}

/** Offers the positions whose number is not beyond the limit, which is asked for anew after each offer. */
export function eachWithin(rows: Bits, column: NumberColumn, how: Offers): void {
  const { data } = column;
  if (data instanceof Int32Array && data.length >= steppedMin) eachBySteps(rows, data, how);
  else eachByZones(rows, column, how);
}

/** Looks only at rows whose step may be within the limit, 32 at a time. */
function eachBySteps(rows: Bits, data: Int32Array, how: Offers): void {
  let { low, high } = how.limit() ?? everything;
  const isBounded = () => low !== Number.NEGATIVE_INFINITY || high !== Number.POSITIVE_INFINITY;
  const coarseNow = () => (isBounded() ? coarseSteps(data, { low, high, missing: -maxStored - 1 }) : null);
  let coarse = coarseNow();
  for (let w = 0; w < rows.length; w += 1) {
    let left = rows[w] ?? 0;
    if (coarse !== null) left &= (coarse.inside[w] ?? 0) & ~(coarse.outside[w] ?? 0);
    while (left !== 0) {
      const one = left & -left;
      left ^= one;
      const row = (w << 5) + 31 - Math.clz32(one);
      const value = data[row] ?? 0;
      // The missing number lies below every limit but `everything`.
      if (!(value >= low && value <= high)) continue;
      how.offer(row);
      ({ low, high } = how.limit() ?? everything);
      if (coarse === null || low >= coarse.lowUntil || high < coarse.highUntil) coarse = coarseNow();
    }
  }
}

/** The same for doubles and short columns: zones without such a number are passed over. */
function eachByZones(rows: Bits, column: NumberColumn, how: Offers): void {
  const { data } = column;
  const isWhole = data instanceof Int32Array;
  const { least, most } = zonesIn(column);
  let { low, high } = how.limit() ?? everything;
  for (let w = 0; w < rows.length; w += 1) {
    if (rows[w] === 0) continue;
    const zone = Math.floor(w / zoneWords);
    const isBounded = low !== Number.NEGATIVE_INFINITY || high !== Number.POSITIVE_INFINITY;
    if (isBounded && ((most[zone] ?? 0) < low || (least[zone] ?? 0) > high)) continue;
    let left = rows[w] ?? 0;
    while (left !== 0) {
      const one = left & -left;
      left ^= one;
      const row = (w << 5) + 31 - Math.clz32(one);
      const value = data[row] ?? Number.NaN;
      // The missing whole number lies below every limit but `everything`, the missing double within none.
      if (
        !(value >= low && value <= high) &&
        (isWhole || low !== Number.NEGATIVE_INFINITY || high !== Number.POSITIVE_INFINITY)
      )
        continue;
      how.offer(row);
      ({ low, high } = how.limit() ?? everything);
    }
  }
}
