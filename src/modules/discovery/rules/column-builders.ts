import { Dictionary, exactValue, foldValue } from './dictionary.ts';
import { GrowingUint32 } from './growing.ts';
import { type NumberColumn, sealNumbers } from './number-column.ts';
import type { ShareColumn } from './segment.ts';
import { narrowed, type SetColumn, sealSet } from './set-column.ts';

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
    const from = column.codes.length;
    for (const value of values) {
      if (value.trim() === '') continue;
      const code = dictionary.add(value);
      if (!column.codes.hasFrom(from, code)) column.codes.push(code);
    }
  }

  seal(count: number): Map<string, SetColumn> {
    const sealed = new Map<string, SetColumn>();
    for (const [field, column] of this.columns) {
      while (column.starts.length <= count) column.starts.push(column.codes.length);
      sealed.set(field, sealSet(column.starts.sealed(), column.codes.sealed()));
    }
    return sealed;
  }
}

/** Gathers the shares of audiences by field. */
export class ShareColumns {
  private columns = new Map<string, { starts: GrowingUint32; codes: GrowingUint32; shares: GrowingUint32 }>();
  private readonly sets: Map<string, Dictionary>;

  constructor(sets: Map<string, Dictionary>) {
    this.sets = sets;
  }

  put(at: number, field: string, shares: readonly (readonly [value: string, share: number])[]): void {
    if (shares.length === 0) return;
    let column = this.columns.get(field);
    if (column === undefined) {
      column = { starts: new GrowingUint32(), codes: new GrowingUint32(), shares: new GrowingUint32() };
      this.columns.set(field, column);
    }
    while (column.starts.length <= at) column.starts.push(column.codes.length);
    const dictionary = dictionaryOf(this.sets, field);
    for (const [value, share] of shares) {
      column.codes.push(dictionary.add(value));
      column.shares.push(Math.max(0, Math.min(65_535, share)));
    }
  }

  seal(count: number): Map<string, ShareColumn> {
    const sealed = new Map<string, ShareColumn>();
    for (const [field, { starts, codes, shares }] of this.columns) {
      while (starts.length <= count) starts.push(codes.length);
      sealed.set(field, sealShares({ starts: starts.sealed(), codes: codes.sealed(), shares: shares.sealed() }));
    }
    return sealed;
  }
}

export function sealShares(given: { starts: Uint32Array; codes: Uint32Array; shares: Uint32Array }): ShareColumn {
  return { starts: given.starts, codes: narrowed(given.codes), shares: Uint16Array.from(given.shares) };
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

  sealNumbers(count: number): Map<string, NumberColumn> {
    const sealed = new Map<string, NumberColumn>();
    for (const field of this.columns.keys()) sealed.set(field, sealNumbers(this.exact(field, count)));
    return sealed;
  }

  sealFlags(count: number): Map<string, Uint8Array> {
    const sealed = new Map<string, Uint8Array>();
    for (const field of this.columns.keys()) sealed.set(field, Uint8Array.from(this.exact(field, count)));
    return sealed;
  }

  private exact(field: string, count: number): Float64Array {
    const exact = new Float64Array(count).fill(this.missing);
    exact.set((this.columns.get(field) ?? exact).subarray(0, Math.min(count, this.used.get(field) ?? 0)));
    return exact;
  }
}
