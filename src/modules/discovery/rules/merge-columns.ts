import { sealShares } from './column-builders.ts';
import { GrowingUint32 } from './growing.ts';
import { type NumberColumn, numberAt, sealNumbers } from './number-column.ts';
import { type PackedStrings, StringPacker } from './packed-strings.ts';
import type { Segment, ShareColumn } from './segment.ts';
import { codesAt, type SetColumn, sealSet } from './set-column.ts';
import { copyVector, sealVectors, type VectorColumn } from './vector-column.ts';

/** A segment with those of its persons that go on, and their rows. */
export interface Taken {
  segment: Segment;
  persons: Uint16Array;
  rows: Uint16Array;
}

/** A column of one segment and the positions taken from it, ascending; a segment may lack the column. */
export interface Part<Column> {
  from: Column | undefined;
  at: Uint16Array;
}

export function mergeStrings(parts: readonly Part<PackedStrings>[]): PackedStrings {
  const packer = new StringPacker();
  for (const { from, at } of parts) if (from !== undefined) for (const position of at) packer.take(from, position);
  return packer.seal();
}

export function mergeNumbers(parts: readonly Part<NumberColumn>[], count: number): NumberColumn {
  const values = new Float64Array(count).fill(Number.NaN);
  let to = 0;
  for (const { from, at } of parts) {
    if (from !== undefined) for (let i = 0; i < at.length; i += 1) values[to + i] = numberAt(from, at[i] ?? 0);
    to += at.length;
  }
  return sealNumbers(values);
}

export function mergePlain<Column extends Uint32Array | Uint8Array>(
  parts: readonly Part<Column>[],
  into: Column,
): Column {
  let to = 0;
  for (const { from, at } of parts) {
    if (from !== undefined) for (let i = 0; i < at.length; i += 1) into[to + i] = from[at[i] ?? 0] ?? 0;
    to += at.length;
  }
  return into;
}

export function mergeSets(parts: readonly Part<SetColumn>[], count: number): SetColumn {
  const starts = new Uint32Array(count + 1);
  const codes = new GrowingUint32();
  let to = 0;
  for (const { from, at } of parts) {
    for (const position of at) {
      starts[to] = codes.length;
      to += 1;
      for (const code of codesAt(from, position)) codes.push(code);
    }
  }
  starts[count] = codes.length;
  return sealSet(starts, codes.sealed());
}

/** Codes stay as they are: all segments share their dictionaries. */
export function mergeShares(parts: readonly Part<ShareColumn>[], count: number): ShareColumn {
  const starts = new Uint32Array(count + 1);
  const codes = new GrowingUint32();
  const shares = new GrowingUint32();
  let to = 0;
  for (const { from, at } of parts) {
    for (const position of at) {
      starts[to] = codes.length;
      to += 1;
      const end = from?.starts[position + 1] ?? 0;
      for (let i = from?.starts[position] ?? 0; i < end; i += 1) {
        codes.push(from?.codes[i] ?? 0);
        shares.push(from?.shares[i] ?? 0);
      }
    }
  }
  starts[count] = codes.length;
  return sealShares({ starts, codes: codes.sealed(), shares: shares.sealed() });
}

export function mergeVectors(parts: readonly Part<VectorColumn>[]): VectorColumn {
  const dims = parts.find((part) => part.from !== undefined)?.from?.dims ?? 16;
  const total = parts.reduce((sum, { from }) => sum + (from?.persons.length ?? 0), 0);
  const values = new Int8Array(total * dims);
  const persons = new Uint16Array(total);
  let used = 0;
  let offset = 0;
  for (const { from, at } of parts) {
    let slot = 0;
    at.forEach((old, index) => {
      if (from === undefined) return;
      while (slot < from.persons.length && (from.persons[slot] ?? 0) < old) slot += 1;
      if (from.persons[slot] !== old) return;
      copyVector(from, slot, values.subarray(used * dims, (used + 1) * dims));
      persons[used] = offset + index;
      used += 1;
    });
    offset += at.length;
  }
  return sealVectors({ dims, values: values.subarray(0, used * dims), persons: persons.slice(0, used) });
}
