import { type Bits, countGroups, countTogether, countWithout, newBits, setBit } from './bits.ts';
import type { CodeSource } from './facet-codes.ts';
import type { Segment } from './segment.ts';
import { bitsOfCode, knownSets, postings, type SetColumn } from './set-column.ts';

/** Persons counted by code, and those with none. */
export interface Tally {
  counts: Uint32Array;
  unknown: number;
}

export function newTally(codes: number): Tally {
  return { counts: new Uint32Array(codes), unknown: 0 };
}

/** Counts rows that are a person each. */
export function tallyRows(rows: Uint16Array, source: CodeSource, into: Tally): void {
  switch (source.kind) {
    case 'none':
      into.unknown += rows.length;
      return;
    case 'one':
      tallyOne(rows, source, into);
      return;
    case 'many':
      into.unknown += tallyMany(rows, source, into.counts);
      return;
    case 'read':
      for (let i = 0; i < rows.length; i += 1) {
        const code = source.codeAt(rows[i] ?? 0);
        if (code === source.none) into.unknown += 1;
        else into.counts[code] = (into.counts[code] ?? 0) + 1;
      }
  }
}

/** Into two counts in turns: rows that follow one another often have the same code, and adding to one count would wait for the last addition. */
function tallyOne(rows: Uint16Array, { codes, none }: CodesOfOne, into: Tally): void {
  const size = Math.max(into.counts.length, none + 1);
  const even = new Uint32Array(size);
  const odd = new Uint32Array(size);
  const pairs = rows.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const a = codes[rows[i] ?? 0] ?? none;
    const b = codes[rows[i + 1] ?? 0] ?? none;
    even[a] = (even[a] ?? 0) + 1;
    odd[b] = (odd[b] ?? 0) + 1;
  }
  if (pairs < rows.length) {
    const last = codes[rows[pairs] ?? 0] ?? none;
    even[last] = (even[last] ?? 0) + 1;
  }
  into.unknown += (even[none] ?? 0) + (odd[none] ?? 0);
  for (let code = 0; code < into.counts.length; code += 1)
    if (code !== none) into.counts[code] = (into.counts[code] ?? 0) + (even[code] ?? 0) + (odd[code] ?? 0);
}

type CodesOfOne = Extract<CodeSource, { kind: 'one' }>;
type CodesOfMany = Extract<CodeSource, { kind: 'many' }>;

interface BitsByCode {
  bits: Bits[];
  known: Bits;
}

const bitsOfCodes = new WeakMap<CodesOfOne['codes'], BitsByCode>();

/** The positions of each code, as bits; worked out once for codes that are few. */
function bitsByCode({ codes, none }: CodesOfOne, size: number): BitsByCode {
  let found = bitsOfCodes.get(codes);
  if (found === undefined || found.bits.length < size) {
    found = { bits: Array.from({ length: size }, () => newBits(codes.length)), known: newBits(codes.length) };
    for (let at = 0; at < codes.length; at += 1) {
      const code = codes[at] ?? none;
      const bits = found.bits[code];
      if (code === none || bits === undefined) continue;
      setBit(bits, at);
      setBit(found.known, at);
    }
    bitsOfCodes.set(codes, found);
  }
  return found;
}

/** What is counted 32 rows at a time: all rows known to have a code, or those of one code. */
interface CodeBits {
  ofCode(code: number): Bits;
  known: Bits;
}

function codeBitsOf(source: CodesOfOne | CodesOfMany, size: number): CodeBits {
  if (source.kind === 'many')
    return { ofCode: (code) => bitsOfCode(source.column, code), known: knownSets(source.column) };
  const { bits, known } = bitsByCode(source, size);
  return { ofCode: (code) => bits[code] ?? known, known };
}

/**
 * Counts rows of a field of few codes, 32 at a time: by rows that are a person each, or, with the last row of each person given, by persons, of
 * which one with a code in several rows counts once.
 */
export function tallyBits(
  rows: Bits,
  over: { codes: CodesOfOne | CodesOfMany; lastRows: Bits | null },
  into: Tally,
): void {
  const { counts } = into;
  const { codes, lastRows } = over;
  const { ofCode, known } = codeBitsOf(codes, counts.length);
  const count = (bits: Bits) => (lastRows === null ? countTogether(rows, bits) : countGroups(rows, bits, lastRows));
  const none = codes.kind === 'many' ? 0 : codes.none;
  for (let code = 0; code < counts.length; code += 1)
    if (code !== none) counts[code] = (counts[code] ?? 0) + count(ofCode(code));
  into.unknown += count(rows) - count(known);
}

function tallyMany(
  rows: Uint16Array,
  { starts, column: { codes } }: Extract<CodeSource, { kind: 'many' }>,
  counts: Uint32Array,
): number {
  let unknown = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    if (start === end) unknown += 1;
    for (let at = start; at < end; at += 1) {
      const code = codes[at] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
  return unknown;
}

/** Counts rows that are a person each by the positions of each code: cheaper than row by row when most rows are counted. */
export function tallyPostings(rows: Bits, column: SetColumn, into: Tally): void {
  const { starts, positions } = postings(column);
  for (let code = 1; code + 1 < starts.length; code += 1) {
    const end = starts[code + 1] ?? 0;
    let count = 0;
    for (let i = starts[code] ?? 0; i < end; i += 1) {
      const at = positions[i] ?? 0;
      count += ((rows[at >>> 5] ?? 0) >>> (at & 31)) & 1;
    }
    into.counts[code] = (into.counts[code] ?? 0) + count;
  }
  into.unknown += countWithout(rows, knownSets(column));
}

/** Counts the persons of rows, ascending; who has a code in several of them counts once. */
export function tallyPersons(rows: Uint16Array, over: { codes: CodeSource; segment: Segment }, into: Tally): void {
  const { codes, segment } = over;
  const { counts } = into;
  // Person + 1 that was counted last under a code.
  const stamps = new Uint32Array(counts.length);
  const { rowPerson } = segment;
  let last = -1;
  let isKnown = true;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const person = rowPerson[row] ?? 0;
    if (person !== last) {
      if (!isKnown) into.unknown += 1;
      isKnown = false;
      last = person;
    }
    if (stampCodes(codes, row, { stamp: person + 1, stamps, counts })) isKnown = true;
  }
  if (!isKnown) into.unknown += 1;
}

/** Whether the position has a code. */
function stampCodes(
  source: CodeSource,
  at: number,
  by: { stamp: number; stamps: Uint32Array; counts: Uint32Array },
): boolean {
  const { stamp, stamps, counts } = by;
  if (source.kind === 'many') {
    const start = source.starts[at] ?? 0;
    const end = source.starts[at + 1] ?? 0;
    for (let i = start; i < end; i += 1) {
      const code = source.column.codes[i] ?? 0;
      if (stamps[code] === stamp) continue;
      stamps[code] = stamp;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return end > start;
  }
  if (source.kind === 'none') return false;
  const code = source.kind === 'one' ? (source.codes[at] ?? source.none) : source.codeAt(at);
  if (code === source.none) return false;
  if (stamps[code] !== stamp) {
    stamps[code] = stamp;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return true;
}
