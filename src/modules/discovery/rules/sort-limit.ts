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
