import { andInto, type Bits, fullBits, newBits, orInto, setBit } from './bits.ts';
import type { FieldTests, ShareTest, Test } from './compile-filters.ts';
import { findId, hashId } from './id-table.ts';
import { type Bounds, knownNumbers, markWithin, type NumberColumn } from './number-column.ts';
import type { Segment, ShareColumn } from './segment.ts';
import { knownSets, markCodes, type SetColumn } from './set-column.ts';
import { termPersons } from './text-match.ts';
import { zoneOfField } from './tokens.ts';

/** What a field says of rows: those that pass, and those that it does not reject, since they pass or nothing is known. */
export interface Verdict {
  pass: Bits;
  open: Bits;
}

/** Positions a test holds of, and those whose value is known; null when all are. */
interface Found {
  in: Bits;
  known: Bits | null;
}

/** Tests a field; outside of `domain` (rows) the verdict may say anything. */
export function judgeField(segment: Segment, group: FieldTests, domain: Bits): Verdict {
  const isPerson = group.level === 'person';
  const count = isPerson ? segment.persons : segment.rows;
  // In a segment whose persons have several rows, a field of the person is tested for all of them.
  const within = isPerson && !segment.isFlat ? fullBits(count) : domain;
  let verdict: Verdict | null = null;
  for (const test of group.tests) {
    const next = verdictOf(findIn(segment, { group, test, domain: within, count }), test);
    if (verdict === null) verdict = next;
    else {
      andInto(verdict.pass, next.pass);
      andInto(verdict.open, next.open);
    }
  }
  const judged = verdict ?? { pass: fullBits(count), open: fullBits(count) };
  if (!isPerson || segment.isFlat) return judged;
  return { pass: rowsOf(segment, judged.pass), open: rowsOf(segment, judged.open) };
}

/** The rows of persons. */
export function rowsOf(segment: Segment, persons: Bits): Bits {
  if (segment.isFlat) return persons;
  const rows = newBits(segment.rows);
  const { rowPerson } = segment;
  for (let row = 0; row < segment.rows; row += 1) {
    const person = rowPerson[row] ?? 0;
    if (((persons[person >>> 5] ?? 0) & (1 << (person & 31))) !== 0) setBit(rows, row);
  }
  return rows;
}

function verdictOf({ in: holds, known }: Found, test: Test): Verdict {
  const isTurned = test.kind === 'known' ? !test.value : test.not;
  const words = holds.length;
  const pass = new Uint32Array(words);
  // Asked whether something is known, nothing is left open.
  if (known === null || test.kind === 'known') {
    for (let w = 0; w < words; w += 1) pass[w] = isTurned ? ~(holds[w] ?? 0) : (holds[w] ?? 0);
    return { pass, open: pass.slice() };
  }
  const open = new Uint32Array(words);
  for (let w = 0; w < words; w += 1) {
    const isKnown = known[w] ?? 0;
    const passing = (isTurned ? ~(holds[w] ?? 0) : (holds[w] ?? 0)) & isKnown;
    pass[w] = passing;
    open[w] = passing | ~isKnown;
  }
  return { pass, open };
}

interface Work {
  group: FieldTests;
  test: Test;
  domain: Bits;
  count: number;
}

function findIn(segment: Segment, work: Work): Found {
  const { group, test, domain, count } = work;
  const isPerson = group.level === 'person';
  const into = newBits(count);
  const nothing: Found = { in: into, known: group.isComplete ? null : newBits(count) };
  switch (test.kind) {
    case 'codes': {
      const column = (isPerson ? segment.personSets : segment.rowSets).get(group.column);
      return column === undefined ? nothing : findCodes(column, test, { isComplete: group.isComplete, into });
    }
    case 'bounds': {
      const column = (isPerson ? segment.personNumbers : segment.rowNumbers).get(group.column);
      return column === undefined ? nothing : findWithin(column, [test.bounds], { domain, into });
    }
    case 'tiers': {
      const column = segment.rowNumbers.get('followers');
      return column === undefined ? nothing : findWithin(column, test.tiers, { domain, into });
    }
    case 'share': {
      const column = segment.shares.get(group.column);
      return column === undefined ? nothing : findShares(column, test, { domain, into });
    }
    case 'members':
      for (const list of test.lists) for (const person of membersIn(segment, list)) setBit(into, person);
      return { in: into, known: null };
    case 'flag':
      return findFlags((isPerson ? segment.personFlags : segment.rowFlags).get(group.column), test.value, nothing);
    case 'words':
      for (const term of test.terms) orInto(into, termPersons(segment, term));
      return { in: into, known: personsWith(segment, test.zone) };
    case 'known':
      return { in: knownOf(segment, group), known: null };
  }
}

function findCodes(
  column: SetColumn,
  test: Extract<Test, { kind: 'codes' }>,
  how: { isComplete: boolean; into: Bits },
): Found {
  markCodes(column, test.allowed, how.into);
  if (test.relevant !== null) {
    const known = newBits(how.into.length * 32);
    markCodes(column, test.relevant, known);
    return { in: how.into, known };
  }
  return { in: how.into, known: how.isComplete ? null : knownSets(column) };
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

function flagBits(column: Uint8Array): { known: Bits; yes: Bits } {
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

function findFlags(column: Uint8Array | undefined, value: boolean, nothing: Found): Found {
  if (column === undefined) return { in: nothing.in, known: newBits(nothing.in.length * 32) };
  const { known, yes } = flagBits(column);
  return { in: value ? yes : yes.map((word, w) => ~word & (known[w] ?? 0)), known };
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
  const bits = newBits(segment.persons);
  const { zonesHeld } = segment.text;
  for (let person = 0; person < zonesHeld.length; person += 1)
    if (((zonesHeld[person] ?? 0) & zone) !== 0) setBit(bits, person);
  return bits;
}

/** Positions where a field is known, by whichever columns hold it. */
function knownOf(segment: Segment, group: FieldTests): Bits {
  const isPerson = group.level === 'person';
  const count = isPerson ? segment.persons : segment.rows;
  if (group.isComplete) return fullBits(count);
  const column = group.field === 'tier' ? 'followers' : group.column;
  const zone = zoneOfField(column);
  if (zone !== 0) return personsWith(segment, zone);
  const known = newBits(count);
  const numbers = (isPerson ? segment.personNumbers : segment.rowNumbers).get(column);
  if (numbers !== undefined) orInto(known, knownNumbers(numbers));
  const sets = (isPerson ? segment.personSets : segment.rowSets).get(column);
  if (sets !== undefined) orInto(known, knownSets(sets));
  const flags = (isPerson ? segment.personFlags : segment.rowFlags).get(column);
  if (flags !== undefined) orInto(known, flagBits(flags).known);
  const shares = segment.shares.get(column);
  if (shares !== undefined) orInto(known, knownShares(shares));
  return known;
}
