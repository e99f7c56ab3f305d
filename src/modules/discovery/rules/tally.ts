import { type Bits, countWithout } from './bits.ts';
import type { CodeSource } from './facet-codes.ts';
import type { Segment } from './segment.ts';
import { knownSets, postings, type SetColumn } from './set-column.ts';

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
      into.unknown += tallyOne(rows, source, into.counts);
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

function tallyOne(
  rows: Uint16Array,
  { codes, none }: Extract<CodeSource, { kind: 'one' }>,
  counts: Uint32Array,
): number {
  let unknown = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const code = codes[rows[i] ?? 0] ?? none;
    if (code === none) unknown += 1;
    else counts[code] = (counts[code] ?? 0) + 1;
  }
  return unknown;
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
  if (codes.kind === 'one' && counts.length <= 32) {
    tallyFew(rows, { codes, segment }, into);
    return;
  }
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

/** As above for at most 32 codes: what a person was counted under is bits of a number. */
function tallyFew(
  rows: Uint16Array,
  { codes: { codes, none }, segment }: { codes: Extract<CodeSource, { kind: 'one' }>; segment: Segment },
  into: Tally,
): void {
  const { rowPerson } = segment;
  const { counts } = into;
  let last = -1;
  let seen = 1;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const person = rowPerson[row] ?? 0;
    if (person !== last) {
      if (seen === 0) into.unknown += 1;
      seen = 0;
      last = person;
    }
    const code = codes[row] ?? none;
    if (code === none) continue;
    counts[code] = (counts[code] ?? 0) + (~(seen >>> code) & 1);
    seen |= 1 << code;
  }
  if (seen === 0) into.unknown += 1;
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
