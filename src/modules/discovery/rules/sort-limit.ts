import type { Bits } from './bits.ts';
import { type NumberColumn, numberAt } from './number-column.ts';
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

export function isBeyond(column: NumberColumn, row: number, { low, high }: Limit): boolean {
  const { data } = column;
  if (data instanceof Float64Array) {
    const value = numberAt(column, row);
    return !(value >= low && value <= high);
  }
  const value = data[row] ?? 0;
  return value < low || value > high;
}

const everything: Limit = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Offers the positions whose number is not beyond the limit, which is asked for anew after each offer. */
export function eachWithin(
  rows: Bits,
  column: NumberColumn,
  how: { limit: () => Limit | null; offer: (row: number) => void },
): void {
  const { data } = column;
  const isWhole = data instanceof Int32Array;
  let { low, high } = how.limit() ?? everything;
  for (let w = 0; w < rows.length; w += 1) {
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
