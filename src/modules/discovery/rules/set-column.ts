import { type Bits, newBits, orInto, setBit } from './bits.ts';

export type Codes = Uint16Array | Uint32Array;

/** Codes of values by position. Without `starts` each position has one, 0 for none; with them those from its start to the next. */
export interface SetColumn {
  starts: Uint32Array | null;
  codes: Codes;
}

/** Numbers in the narrowest array that holds them. */
export function narrowed(codes: Uint32Array): Codes {
  let most = 0;
  for (let at = 0; at < codes.length; at += 1) if ((codes[at] ?? 0) > most) most = codes[at] ?? 0;
  return most < 65_536 ? Uint16Array.from(codes) : codes;
}

/** A column of codes with starts; the starts are dropped when nobody has two. */
export function sealSet(starts: Uint32Array, codes: Uint32Array): SetColumn {
  const count = starts.length - 1;
  for (let at = 0; at < count; at += 1)
    if ((starts[at + 1] ?? 0) - (starts[at] ?? 0) > 1) return { starts, codes: narrowed(codes) };
  const single = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    const start = starts[at] ?? 0;
    if ((starts[at + 1] ?? 0) > start) single[at] = codes[start] ?? 0;
  }
  return { starts: null, codes: narrowed(single) };
}

export function codesAt(column: SetColumn | undefined, at: number): Codes | number[] {
  if (column === undefined) return [];
  if (column.starts !== null) return column.codes.subarray(column.starts[at], column.starts[at + 1]);
  const code = column.codes[at] ?? 0;
  return code === 0 ? [] : [code];
}

export function countOf(column: SetColumn): number {
  return column.starts === null ? column.codes.length : column.starts.length - 1;
}

/** The positions of each code, ascending, in one list with starts. */
interface Postings {
  starts: Uint32Array;
  positions: Uint16Array;
}

const postingsOf = new WeakMap<SetColumn, Postings>();

/** The positions of each code, worked out once for a column. */
export function postings(column: SetColumn): Postings {
  let found = postingsOf.get(column);
  if (found === undefined) {
    found = buildPostings(column);
    postingsOf.set(column, found);
  }
  return found;
}

function buildPostings(column: SetColumn): Postings {
  const { codes, starts: from } = column;
  let most = 0;
  for (let i = 0; i < codes.length; i += 1) if ((codes[i] ?? 0) > most) most = codes[i] ?? 0;
  const starts = new Uint32Array(most + 2);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code !== 0) starts[code + 1] = (starts[code + 1] ?? 0) + 1;
  }
  for (let code = 1; code < starts.length; code += 1) starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0);
  const next = starts.slice();
  const positions = new Uint16Array(starts[most + 1] ?? 0);
  const put = (code: number, at: number) => {
    if (code === 0) return;
    const to = next[code] ?? 0;
    positions[to] = at;
    next[code] = to + 1;
  };
  if (from === null) for (let at = 0; at < codes.length; at += 1) put(codes[at] ?? 0, at);
  else
    for (let at = 0; at + 1 < from.length; at += 1)
      for (let i = from[at] ?? 0; i < (from[at + 1] ?? 0); i += 1) put(codes[i] ?? 0, at);
  return { starts, positions };
}

/** A code that one in so many has is kept as bits too: they are taken in 32 at a time. */
const denseShare = 32;

const denseBits = new WeakMap<SetColumn, Map<number, Bits>>();

/** The positions of a code, as bits; worked out once. */
export function bitsOfCode(column: SetColumn, code: number): Bits {
  let kept = denseBits.get(column);
  if (kept === undefined) {
    kept = new Map();
    denseBits.set(column, kept);
  }
  let bits = kept.get(code);
  if (bits === undefined) {
    bits = newBits(countOf(column));
    takeList(postings(column), code, bits);
    kept.set(code, bits);
  }
  return bits;
}

function takeList({ starts, positions }: Postings, code: number, into: Bits): void {
  const end = starts[code + 1] ?? 0;
  for (let i = starts[code] ?? 0; i < end; i += 1) {
    const at = positions[i] ?? 0;
    into[at >>> 5] = (into[at >>> 5] ?? 0) | (1 << (at & 31));
  }
}

/** Adds to `into` the positions, of all or of those that are asked for, that have one of the allowed codes (1 by code). */
export function markCodes(
  column: SetColumn,
  allowed: Uint8Array,
  { into, few }: { into: Bits; few: Uint16Array | null },
): void {
  if (few !== null) {
    markFew(column, allowed, { into, few });
    return;
  }
  const lists = postings(column);
  const dense = countOf(column) / denseShare;
  const most = Math.min(allowed.length, lists.starts.length - 1);
  for (let code = 1; code < most; code += 1) {
    if (allowed[code] !== 1) continue;
    if ((lists.starts[code + 1] ?? 0) - (lists.starts[code] ?? 0) > dense) orInto(into, bitsOfCode(column, code));
    else takeList(lists, code, into);
  }
}

function markFew(
  { starts, codes }: SetColumn,
  allowed: Uint8Array,
  { into, few }: { into: Bits; few: Uint16Array },
): void {
  for (let i = 0; i < few.length; i += 1) {
    const at = few[i] ?? 0;
    const end = starts === null ? at + 1 : (starts[at + 1] ?? 0);
    for (let k = starts === null ? at : (starts[at] ?? 0); k < end; k += 1)
      if (allowed[codes[k] ?? 0] === 1) setBit(into, at);
  }
}

const knownOf = new WeakMap<SetColumn, Bits>();

/** Positions that have a value; worked out once for a column. */
export function knownSets(column: SetColumn): Bits {
  let known = knownOf.get(column);
  if (known === undefined) {
    const count = countOf(column);
    known = newBits(count);
    for (let at = 0; at < count; at += 1) {
      const has =
        column.starts === null ? column.codes[at] !== 0 : (column.starts[at + 1] ?? 0) > (column.starts[at] ?? 0);
      if (has) setBit(known, at);
    }
    knownOf.set(column, known);
  }
  return known;
}

/** Memory of what was worked out for a column on the way. */
export function derivedBytes(column: SetColumn): number {
  const found = postingsOf.get(column);
  return (
    (found === undefined ? 0 : found.starts.byteLength + found.positions.byteLength) +
    (knownOf.get(column)?.byteLength ?? 0)
  );
}
