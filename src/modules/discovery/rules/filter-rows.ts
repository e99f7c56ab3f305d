import { type Bits, fullBits, newBits, orInto, setBit } from './bits.ts';
import type { FieldTests, Members, ShareTest, Test } from './compile-filters.ts';
import { findId, hashId } from './id-table.ts';
import { type Bounds, knownNumbers, markWithin, type NumberColumn } from './number-column.ts';
import { scratchBits, scratchWords } from './scratch.ts';
import { type Segment, type ShareColumn, segmentMax } from './segment.ts';
import { countOf, knownSets, markCodes, type SetColumn } from './set-column.ts';
import { type CompiledTerm, termPersons } from './text-match.ts';
import { zoneOfField } from './tokens.ts';

/** What a field says of rows: those its value satisfies, and those where it is known at all. */
export interface Verdict {
  pass: Bits;
  known: Bits;
}

/** Rows a test holds of, and those whose value is known. */
interface Found {
  in: Bits;
  known: Bits;
  /** Whether `in` may have rows whose value is not known. */
  isLoose?: boolean;
  /** Whether `in` belongs to somebody else and must not be written to. */
  isShared?: boolean;
}

/** Every position, and none: longer than any segment, not to be written to. */
const everything = fullBits(segmentMax + 1);
const nobody = newBits(segmentMax + 1);

/** Rows that are asked about: as bits and, where they are few, as positions. */
export interface Domain {
  domain: Bits;
  few: Uint16Array | null;
}

/** Tests a field; outside of `domain` the verdict may say anything. */
export function judgeField(segment: Segment, group: FieldTests, { domain, few }: Domain): Verdict {
  let verdict: Verdict | null = null;
  for (const test of group.tests) {
    const next = verdictOf(findIn(segment, { group, test, domain, few }), test);
    verdict = verdict === null ? next : both(verdict, next);
  }
  return verdict ?? { pass: everything, known: everything };
}

function verdictOf({ in: holds, known, isShared, isLoose }: Found, test: Test): Verdict {
  const isTurned = test.kind === 'known' ? !test.value : test.not;
  if (!isTurned && isLoose !== true) return { pass: holds, known };
  const pass = isShared === true ? scratchWords(holds.length) : holds;
  if (isTurned) for (let w = 0; w < pass.length; w += 1) pass[w] = ~(holds[w] ?? 0) & (known[w] ?? 0);
  else for (let w = 0; w < pass.length; w += 1) pass[w] = (holds[w] ?? 0) & (known[w] ?? 0);
  return { pass, known };
}

/** Both have to pass; what one rejects is rejected, and known in so far. */
function both(a: Verdict, b: Verdict): Verdict {
  const pass = scratchWords(a.pass.length);
  const known = scratchWords(a.pass.length);
  for (let w = 0; w < pass.length; w += 1) {
    const passing = (a.pass[w] ?? 0) & (b.pass[w] ?? 0);
    const isRejected = ((a.known[w] ?? 0) & ~(a.pass[w] ?? 0)) | ((b.known[w] ?? 0) & ~(b.pass[w] ?? 0));
    pass[w] = passing;
    known[w] = passing | isRejected;
  }
  return { pass, known };
}

const livingRows = new WeakMap<Segment, { deadCount: number; rows: Bits }>();

/** Rows of the living; the same array until somebody dies, not to be written to. */
export function rowsOfLiving(segment: Segment): Bits {
  if (segment.isFlat) return segment.living;
  const kept = livingRows.get(segment);
  if (kept?.deadCount === segment.deadCount) return kept.rows;
  // Kept beyond this question.
  const rows = rowsOf(segment, segment.living).slice();
  livingRows.set(segment, { deadCount: segment.deadCount, rows });
  return rows;
}

const lastRowsOf = new WeakMap<Segment, Bits>();

/** The last row of each person of a segment that is not flat. */
export function lastRows(segment: Segment): Bits {
  let bits = lastRowsOf.get(segment);
  if (bits === undefined) {
    bits = newBits(segment.rows);
    for (let person = 1; person <= segment.persons; person += 1) setBit(bits, (segment.rowStarts[person] ?? 0) - 1);
    lastRowsOf.set(segment, bits);
  }
  return bits;
}

/** The rows of persons. */
export function rowsOf(segment: Segment, persons: Bits): Bits {
  if (segment.isFlat) return persons;
  const rows = scratchBits(segment.rows);
  const { rowStarts } = segment;
  for (let w = 0; w < persons.length; w += 1) {
    let left = persons[w] ?? 0;
    while (left !== 0) {
      const one = left & -left;
      left ^= one;
      const person = (w << 5) + 31 - Math.clz32(one);
      const end = rowStarts[person + 1] ?? 0;
      for (let row = rowStarts[person] ?? 0; row < end; row += 1) setBit(rows, row);
    }
  }
  return rows;
}

interface Work extends Domain {
  group: FieldTests;
  test: Test;
}

function findIn(segment: Segment, work: Work): Found {
  const { group, test, domain, few } = work;
  const into = scratchBits(segment.rows);
  const nothing: Found = { in: into, known: group.isComplete ? everything : nobody };
  switch (test.kind) {
    case 'codes': {
      const column = segment.sets.get(group.column);
      return column === undefined ? nothing : findCodes(column, test, { isComplete: group.isComplete, into, few });
    }
    case 'bounds': {
      const column = segment.numbers.get(group.column);
      return column === undefined ? nothing : findWithin(column, [test.bounds], { domain, into });
    }
    case 'tiers': {
      const column = segment.numbers.get('followers');
      return column === undefined ? nothing : findWithin(column, test.tiers, { domain, into });
    }
    case 'share': {
      const column = segment.shares.get(group.column);
      return column === undefined ? nothing : findShares(column, test, { domain, into });
    }
    case 'flag': {
      const column = segment.flags.get(group.column);
      return column === undefined ? { in: into, known: nobody } : findFlags(column, test.value);
    }
    case 'members':
      return { in: rowsOf(segment, membersOf(segment, test.lists)), known: everything };
    case 'words':
      return {
        in: rowsOf(segment, personsSaying(segment, test.terms)),
        known: rowsOf(segment, personsWith(segment, test.zone)),
        isLoose: true,
      };
    case 'known':
      return { in: knownOf(segment, group), known: everything, isShared: group.isComplete };
  }
}

function membersOf(segment: Segment, lists: readonly Members[]): Bits {
  const persons = scratchBits(segment.persons);
  for (const { ids } of lists) for (const person of membersIn(segment, ids)) setBit(persons, person);
  return persons;
}

function personsSaying(segment: Segment, terms: readonly CompiledTerm[]): Bits {
  const persons = scratchBits(segment.persons);
  for (const term of terms) orInto(persons, termPersons(segment, term));
  return persons;
}

function findCodes(
  column: SetColumn,
  test: Extract<Test, { kind: 'codes' }>,
  how: { isComplete: boolean; into: Bits; few: Uint16Array | null },
): Found {
  markCodes(column, test.allowed, how);
  if (test.relevant !== null) {
    const known = scratchBits(countOf(column));
    markCodes(column, test.relevant, { into: known, few: how.few });
    return { in: how.into, known, isLoose: true };
  }
  return { in: how.into, known: how.isComplete ? everything : knownSets(column) };
}

function findWithin(column: NumberColumn, bounds: readonly Bounds[], work: { domain: Bits; into: Bits }): Found {
  for (const one of bounds) markWithin(column, one, work);
  return { in: work.into, known: knownNumbers(column) };
}

/** Places of list members in a segment; both the set and the segment's persons never change. */
const places = new WeakMap<ReadonlySet<string>, WeakMap<Segment, Uint16Array>>();

/** Persons of a segment with one of the ids, dead ones too. */
export function membersIn(segment: Segment, personIds: ReadonlySet<string>): Uint16Array {
  let bySegment = places.get(personIds);
  if (bySegment === undefined) {
    bySegment = new WeakMap();
    places.set(personIds, bySegment);
  }
  let members = bySegment.get(segment);
  if (members === undefined) {
    const found: number[] = [];
    for (const id of personIds) {
      const at = findId(segment.idTable, segment.personIds, id, hashId(id));
      if (at >= 0) found.push(at);
    }
    members = Uint16Array.from(found);
    bySegment.set(segment, members);
  }
  return members;
}

const knownFlagBits = new WeakMap<Uint8Array, { known: Bits; yes: Bits }>();

export function flagBits(column: Uint8Array): { known: Bits; yes: Bits } {
  let found = knownFlagBits.get(column);
  if (found === undefined) {
    found = { known: newBits(column.length), yes: newBits(column.length) };
    for (let at = 0; at < column.length; at += 1) {
      if (column[at] !== 2) setBit(found.known, at);
      if (column[at] === 1) setBit(found.yes, at);
    }
    knownFlagBits.set(column, found);
  }
  return found;
}

function findFlags(column: Uint8Array, value: boolean): Found {
  const { known, yes } = flagBits(column);
  return { in: value ? yes : yes.map((word) => ~word), known, isShared: value, isLoose: !value };
}

function findShares(column: ShareColumn, test: ShareTest, { domain, into }: { domain: Bits; into: Bits }): Found {
  for (let w = 0; w < domain.length; w += 1) {
    let left = domain[w] ?? 0;
    while (left !== 0) {
      const one = left & -left;
      left ^= one;
      const row = (w << 5) + 31 - Math.clz32(one);
      if ((shareAt(column, row, test) ?? -1) >= test.min) setBit(into, row);
    }
  }
  return { in: into, known: knownShares(column) };
}

/** The share of the allowed values together, or the largest where values overlap, in ten-thousandths; null when not known. */
export function shareAt(
  { starts, codes, shares }: ShareColumn,
  row: number,
  test: Pick<ShareTest, 'allowed' | 'isLargest'>,
): number | null {
  const start = starts[row] ?? 0;
  const end = starts[row + 1] ?? 0;
  if (start === end) return null;
  let sum = 0;
  for (let i = start; i < end; i += 1) {
    if (test.allowed[codes[i] ?? 0] !== 1) continue;
    const share = shares[i] ?? 0;
    sum = test.isLargest ? Math.max(sum, share) : sum + share;
  }
  return sum;
}

const shareBits = new WeakMap<ShareColumn, Bits>();

function knownShares(column: ShareColumn): Bits {
  let known = shareBits.get(column);
  if (known === undefined) {
    known = newBits(column.starts.length - 1);
    for (let row = 0; row + 1 < column.starts.length; row += 1)
      if ((column.starts[row + 1] ?? 0) > (column.starts[row] ?? 0)) setBit(known, row);
    shareBits.set(column, known);
  }
  return known;
}

/** Persons with a word in the zone. */
function personsWith(segment: Segment, zone: number): Bits {
  const bits = scratchBits(segment.persons);
  const { zonesHeld } = segment.text;
  for (let person = 0; person < zonesHeld.length; person += 1)
    if (((zonesHeld[person] ?? 0) & zone) !== 0) setBit(bits, person);
  return bits;
}

/** Rows where a field is known, by whichever columns hold it. */
function knownOf(segment: Segment, group: FieldTests): Bits {
  if (group.isComplete) return everything.subarray(0, (segment.rows + 31) >>> 5);
  const column = group.field === 'tier' ? 'followers' : group.column;
  const zone = zoneOfField(column);
  if (zone !== 0) return rowsOf(segment, personsWith(segment, zone));
  const known = scratchBits(segment.rows);
  const numbers = segment.numbers.get(column);
  if (numbers !== undefined) orInto(known, knownNumbers(numbers));
  const sets = segment.sets.get(column);
  if (sets !== undefined) orInto(known, knownSets(sets));
  const flags = segment.flags.get(column);
  if (flags !== undefined) orInto(known, flagBits(flags).known);
  const shares = segment.shares.get(column);
  if (shares !== undefined) orInto(known, knownShares(shares));
  return known;
}
