import type { Dictionary } from './dictionary.ts';

/** Values of a dictionary read once each, by code; a dictionary only grows. */
const tables = new WeakMap<Dictionary, unknown[]>();

/** What each value of a dictionary means, by code from 1. One dictionary is always read by the same function. */
export function readValues<Value>(dictionary: Dictionary, read: (value: string) => Value): readonly Value[] {
  // Only this function fills the table of a dictionary, each with one kind of value.
  const table = (tables.get(dictionary) ?? []) as Value[];
  if (table.length === 0) tables.set(dictionary, table);
  for (let code = table.length; code < dictionary.size; code += 1) table.push(read(dictionary.valueOf(code)));
  return table;
}
