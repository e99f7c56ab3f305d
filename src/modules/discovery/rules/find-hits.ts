import { type Bits, countBits, countWithout, isEmpty, newBits, positionsOf } from './bits.ts';
import type { FieldTests } from './compile-filters.ts';
import { judgeField, rowsOf, type Verdict } from './filter-rows.ts';
import { endRow, type Segment } from './segment.ts';
import { type CompiledText, matchText } from './text-match.ts';
import { type VectorColumn, type VectorQuery, vectorPersons } from './vector-column.ts';

/** Closeness asked for: a vector, and the key of the columns that can be compared with it. */
export interface NearTo {
  key: string;
  query: VectorQuery;
}

/** What a query tests, ready for the columns. */
export interface Asked {
  groups: readonly FieldTests[];
  text: CompiledText | null;
  nearTo: NearTo | null;
  /** Whether the suppressed are among the hits. */
  withSuppressed: boolean;
}

/** What a segment answers to a question, before sorting and counting. All bits are of rows. */
export interface SegmentHits {
  segment: Segment;
  /** Rows that pass everything. */
  pass: Bits;
  /** Rows that pass all fields but at most one: what facets count over. */
  nearly: Bits;
  passOfField: ReadonlyMap<string, Bits>;
  /** Persons that match. */
  total: number;
  /** Persons nothing rejects, left out since something is not known; how many of them for each field. */
  leftOut: number;
  leftOutOfField: ReadonlyMap<string, number>;
  /** By person. */
  weights: Float32Array | null;
  near: { column: VectorColumn; query: VectorQuery } | null;
}

interface Sieve {
  pass: Bits;
  nearly: Bits;
  /** Rows that no field rejects. */
  open: Bits;
}

export function findHits(segment: Segment, asked: Asked): SegmentHits {
  const { persons, weights, near } = personsAsked(segment, asked);
  const rows = rowsOf(segment, persons);
  const sieve: Sieve = { pass: rows, nearly: rows.slice(), open: rows.slice() };
  const judged = new Map<string, Verdict>();
  const domain = newBits(segment.rows);
  for (const group of [...asked.groups].sort((a, b) => costOf(a) - costOf(b))) {
    for (let w = 0; w < domain.length; w += 1) domain[w] = (sieve.nearly[w] ?? 0) | (sieve.open[w] ?? 0);
    const verdict = judgeField(segment, group, domain);
    judged.set(group.field, verdict);
    sift(sieve, verdict);
  }
  return {
    segment,
    pass: sieve.pass,
    nearly: sieve.nearly,
    passOfField: new Map([...judged].map(([field, { pass }]) => [field, pass])),
    weights,
    near,
    ...(segment.isFlat ? countFlat(sieve, judged) : countDeep(segment, sieve, judged)),
  };
}

/** Living persons that hold the text and have the vector asked for: what no facet looks past. */
function personsAsked(
  segment: Segment,
  asked: Asked,
): { persons: Bits; weights: Float32Array | null; near: SegmentHits['near'] } {
  const persons = segment.living.slice();
  if (!asked.withSuppressed) leaveSuppressed(segment, persons);
  let weights: Float32Array | null = null;
  if (asked.text !== null && !isEmpty(persons)) {
    const matches = matchText(segment, asked.text);
    weights = matches.weights;
    keep(persons, matches.persons);
  }
  if (asked.nearTo === null) return { persons, weights, near: null };
  const column = segment.vectors.get(asked.nearTo.key);
  if (column === undefined) return { persons: newBits(segment.persons), weights, near: null };
  keep(persons, vectorPersons(column, segment.persons));
  return { persons, weights, near: { column, query: asked.nearTo.query } };
}

function keep(bits: Bits, other: Bits): void {
  for (let w = 0; w < bits.length; w += 1) bits[w] = (bits[w] ?? 0) & (other[w] ?? 0);
}

const suppressedBits = new WeakMap<Segment, Bits>();

function leaveSuppressed(segment: Segment, persons: Bits): void {
  let suppressed = suppressedBits.get(segment);
  if (suppressed === undefined) {
    const flags = segment.personFlags.get('suppressed');
    suppressed = newBits(segment.persons);
    for (let at = 0; at < segment.persons; at += 1)
      if (flags?.[at] === 1) suppressed[at >>> 5] = (suppressed[at >>> 5] ?? 0) | (1 << (at & 31));
    suppressedBits.set(segment, suppressed);
  }
  for (let w = 0; w < persons.length; w += 1) persons[w] = (persons[w] ?? 0) & ~(suppressed[w] ?? 0);
}

/** Fields whose tests read lists come before those that read every row left. */
function costOf({ tests }: FieldTests): number {
  const costs = { members: 0, codes: 1, flag: 1, known: 1, words: 2, bounds: 3, tiers: 4, share: 5 };
  return tests.reduce((most, test) => Math.max(most, costs[test.kind]), 0);
}

function sift(sieve: Sieve, verdict: Verdict): void {
  const { pass, nearly, open } = sieve;
  for (let w = 0; w < pass.length; w += 1) {
    const passing = verdict.pass[w] ?? 0;
    const whole = pass[w] ?? 0;
    nearly[w] = ((nearly[w] ?? 0) & passing) | whole;
    pass[w] = whole & passing;
    open[w] = (open[w] ?? 0) & (verdict.open[w] ?? 0);
  }
}

type Counts = Pick<SegmentHits, 'total' | 'leftOut' | 'leftOutOfField'>;

function countFlat({ pass, open }: Sieve, judged: ReadonlyMap<string, Verdict>): Counts {
  const total = countBits(pass);
  const leftOut = judged.size === 0 ? 0 : countWithout(open, pass);
  const leftOutOfField = new Map<string, number>();
  if (leftOut > 0) for (const [field, verdict] of judged) leftOutOfField.set(field, countWithout(open, verdict.pass));
  return { total, leftOut, leftOutOfField };
}

/** A person is left out when none of its rows passes and one is open; it counts under each field that leaves an open row out. */
function countDeep(segment: Segment, { pass, open }: Sieve, judged: ReadonlyMap<string, Verdict>): Counts {
  const fields = [...judged].map(([field, verdict]) => ({ field, pass: verdict.pass, count: 0, last: -1 }));
  let total = 0;
  let leftOut = 0;
  const openRows = positionsOf(open);
  for (let i = 0; i < openRows.length; ) {
    const person = segment.rowPerson[openRows[i] ?? 0] ?? 0;
    const end = endRow(segment, person);
    const first = i;
    let isHit = false;
    for (; i < openRows.length && (openRows[i] ?? 0) < end; i += 1) if (isIn(pass, openRows[i] ?? 0)) isHit = true;
    if (isHit) {
      total += 1;
      continue;
    }
    leftOut += 1;
    for (const field of fields) {
      for (let j = first; j < i; j += 1) {
        if (isIn(field.pass, openRows[j] ?? 0)) continue;
        field.count += 1;
        break;
      }
    }
  }
  return { total, leftOut, leftOutOfField: new Map(fields.map(({ field, count }) => [field, count])) };
}

function isIn(bits: Bits, at: number): boolean {
  return ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

/** Rows that match all filters but those of the field. */
export function rowsBut(hits: SegmentHits, field: string): Bits {
  const own = hits.passOfField.get(field);
  if (own === undefined) return hits.pass;
  return hits.pass.map((word, w) => word | ((hits.nearly[w] ?? 0) & ~(own[w] ?? 0)));
}
