import { Dictionary, exactValue, foldValue } from './dictionary.ts';
import { GrowingUint32 } from './growing.ts';
import type { SetColumn } from './segment.ts';

export function dictionaryOf(sets: Map<string, Dictionary>, field: string): Dictionary {
  let found = sets.get(field);
  if (found === undefined) {
    found = new Dictionary(field === 'owner' ? exactValue : foldValue);
    sets.set(field, found);
  }
  return found;
}

/** Gathers set columns by field; a position a field says nothing of stays empty. */
export class SetColumns {
  private columns = new Map<string, { starts: GrowingUint32; codes: GrowingUint32 }>();
  private readonly sets: Map<string, Dictionary>;

  constructor(sets: Map<string, Dictionary>) {
    this.sets = sets;
  }

  put(at: number, field: string, values: readonly string[]): void {
    if (values.length === 0) return;
    let column = this.columns.get(field);
    if (column === undefined) {
      column = { starts: new GrowingUint32(), codes: new GrowingUint32() };
      this.columns.set(field, column);
    }
    while (column.starts.length <= at) column.starts.push(column.codes.length);
    const dictionary = dictionaryOf(this.sets, field);
    const codes = new Set(values.filter((value) => value.trim() !== '').map((value) => dictionary.add(value)));
    for (const code of codes) column.codes.push(code);
  }

  seal(count: number): Map<string, SetColumn> {
    const sealed = new Map<string, SetColumn>();
    for (const [field, column] of this.columns) {
      while (column.starts.length <= count) column.starts.push(column.codes.length);
      sealed.set(field, { starts: column.starts.sealed(), codes: column.codes.sealed() });
    }
    return sealed;
  }
}

/** Gathers number or flag columns; what was never put has the value for "not known". */
export class PlainColumns {
  private columns = new Map<string, Float64Array>();
  private used = new Map<string, number>();
  private readonly missing: number;

  constructor(missing: number) {
    this.missing = missing;
  }

  put(at: number, field: string, value: number | null): void {
    if (value === null || Number.isNaN(value)) return;
    let column = this.columns.get(field);
    if (column === undefined || at >= column.length) {
      const wider = new Float64Array(Math.max(64, (at + 1) * 2)).fill(this.missing);
      if (column !== undefined) wider.set(column);
      column = wider;
      this.columns.set(field, column);
    }
    column[at] = value;
    this.used.set(field, at + 1);
  }

  sealNumbers(count: number): Map<string, Float64Array> {
    return this.seal(count, (size) => new Float64Array(size).fill(this.missing));
  }

  sealFlags(count: number): Map<string, Uint8Array> {
    return this.seal(count, (size) => new Uint8Array(size).fill(this.missing));
  }

  private seal<Column extends Float64Array | Uint8Array>(
    count: number,
    make: (size: number) => Column,
  ): Map<string, Column> {
    const sealed = new Map<string, Column>();
    for (const [field, column] of this.columns) {
      const exact = make(count);
      exact.set(column.subarray(0, Math.min(count, this.used.get(field) ?? 0)));
      sealed.set(field, exact);
    }
    return sealed;
  }
}
