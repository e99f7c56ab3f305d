import { andInto, type Bits, countBits, countGroups, countWord, isEmpty, positionsOf } from './bits.ts';
import type { FieldTests } from './compile-filters.ts';
import { flagBits, judgeField, lastRows, rowsOf, rowsOfLiving, type Verdict } from './filter-rows.ts';
import { scratchBits, scratchCopy, scratchWords } from './scratch.ts';
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
  /** Fields that are counted: only their own filters are looked past. */
  facets: readonly string[];
}

/** What a segment answers to a question, before sorting and counting. All bits are of rows. */
export interface SegmentHits {
  segment: Segment;
  /** Rows that pass everything. */
  pass: Bits;
  /** Rows that pass all fields but at most one of those that are counted. */
  nearly: Bits;
  /** Of the filtered fields those that are counted. */
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
  const { rows, weights, near } = rowsAsked(segment, asked);
  const sieve: Sieve = { pass: rows, nearly: scratchCopy(rows), open: scratchCopy(rows) };
  const judged = new Map<string, Verdict>();
  // Where no text or vector is, as in most segments for a rare word, there is nothing to test.
  if (!isEmpty(rows)) judgeAll(segment, asked, { sieve, judged });
  return {
    segment,
    pass: sieve.pass,
    nearly: sieve.nearly,
    passOfField: new Map(
      [...judged].flatMap(([field, { pass }]) => (asked.facets.includes(field) ? [[field, pass] as const] : [])),
    ),
    weights,
    near,
    ...(segment.isFlat ? countFlat(sieve, judged) : countDeep(segment, sieve, judged)),
  };
}

/** Rows of the living that hold the text and have the vector asked for: what no facet looks past. */
function rowsAsked(
  segment: Segment,
  asked: Asked,
): { rows: Bits; weights: Float32Array | null; near: SegmentHits['near'] } {
  const rows = scratchCopy(rowsOfLiving(segment));
  if (!asked.withSuppressed) leaveSuppressed(segment, rows);
  let weights: Float32Array | null = null;
  if (asked.text !== null) {
    const matches = matchText(segment, asked.text);
    weights = matches.weights;
    andInto(rows, rowsOf(segment, matches.persons));
  }
  if (asked.nearTo === null) return { rows, weights, near: null };
  const column = segment.vectors.get(asked.nearTo.key);
  if (column === undefined) return { rows: scratchBits(segment.rows), weights, near: null };
  andInto(rows, rowsOf(segment, vectorPersons(column, segment.persons)));
  return { rows, weights, near: { column, query: asked.nearTo.query } };
}

function leaveSuppressed(segment: Segment, rows: Bits): void {
  const flags = segment.flags.get('suppressed');
  if (flags === undefined) return;
  const { yes } = flagBits(flags);
  for (let w = 0; w < rows.length; w += 1) rows[w] = (rows[w] ?? 0) & ~(yes[w] ?? 0);
}

/** Fields whose tests read lists come before those that read every row left. */
const costs = { members: 0, codes: 1, flag: 1, known: 1, words: 2, bounds: 3, tiers: 4, share: 5 };

function costOf({ tests }: FieldTests): number {
  return tests.reduce((most, test) => Math.max(most, costs[test.kind]), 0);
}

/** One row in so many is few: they are tested one by one. */
const fewShare = 64;

function fewRows(segment: Segment, rows: Bits): Uint16Array | null {
  const count = countBits(rows);
  return count * fewShare > segment.rows ? null : positionsOf(rows, count);
}

/** Judges field after field; two are sifted together where the second reads no rows one by one, which costs little more than one. */
function judgeAll(segment: Segment, asked: Asked, to: { sieve: Sieve; judged: Map<string, Verdict> }): void {
  const { sieve, judged } = to;
  const few = asked.text === null ? null : fewRows(segment, sieve.pass);
  const judge = (group: FieldTests, domain: Bits): Judged => {
    const verdict = judgeField(segment, group, { domain, few });
    judged.set(group.field, verdict);
    return { verdict, looksPast: asked.facets.includes(group.field) ? -1 : 0 };
  };
  const groups = asked.groups.toSorted((a, b) => costOf(a) - costOf(b));
  for (let at = 0; at < groups.length; at += 1) {
    const [group, next] = [groups[at], groups[at + 1]];
    if (group === undefined) break;
    const isPair = next !== undefined && costOf(next) < costs.share;
    // Tests that read lists look at no domain.
    const domain = costOf(isPair ? next : group) < costs.bounds ? sieve.open : domainOf(sieve);
    if (isPair) {
      siftTwo(sieve, judge(group, domain), judge(next, domain));
      at += 1;
    } else sift(sieve, judge(group, domain));
  }
}

interface Judged {
  verdict: Verdict;
  /** All ones for a field that is counted, else 0. */
  looksPast: number;
}

/** Rows that a further field has to be tested on. */
function domainOf({ nearly, open }: Sieve): Bits {
  const domain = scratchWords(open.length);
  for (let w = 0; w < domain.length; w += 1) domain[w] = (nearly[w] ?? 0) | (open[w] ?? 0);
  return domain;
}

function sift({ pass, nearly, open }: Sieve, { verdict, looksPast }: Judged): void {
  const { pass: passes, known } = verdict;
  for (let w = 0; w < pass.length; w += 1) {
    const near = nearly[w] ?? 0;
    const left = open[w] ?? 0;
    if ((near | left) === 0) continue;
    const passing = passes[w] ?? 0;
    const whole = pass[w] ?? 0;
    pass[w] = whole & passing;
    nearly[w] = (near & passing) | (whole & looksPast);
    open[w] = left & (passing | ~(known[w] ?? 0));
  }
}

/** As `sift` with the one and then with the other. */
function siftTwo({ pass, nearly, open }: Sieve, a: Judged, b: Judged): void {
  const { pass: passesA, known: knownA } = a.verdict;
  const { pass: passesB, known: knownB } = b.verdict;
  for (let w = 0; w < pass.length; w += 1) {
    const near = nearly[w] ?? 0;
    const left = open[w] ?? 0;
    if ((near | left) === 0) continue;
    const passingA = passesA[w] ?? 0;
    const passingB = passesB[w] ?? 0;
    const whole = pass[w] ?? 0;
    const wholeA = whole & passingA;
    pass[w] = wholeA & passingB;
    nearly[w] = (((near & passingA) | (whole & a.looksPast)) & passingB) | (wholeA & b.looksPast);
    open[w] = left & (passingA | ~(knownA[w] ?? 0)) & (passingB | ~(knownB[w] ?? 0));
  }
}

type Counts = Pick<SegmentHits, 'total' | 'leftOut' | 'leftOutOfField'>;

function countFlat({ pass, open }: Sieve, judged: ReadonlyMap<string, Verdict>): Counts {
  const fields = [...judged].map(([field, verdict]) => ({ field, pass: verdict.pass, count: 0 }));
  let leftOut = 0;
  for (let w = 0; w < open.length; w += 1) {
    const left = (open[w] ?? 0) & ~(pass[w] ?? 0);
    if (left === 0) continue;
    leftOut += countWord(left);
    for (const field of fields) field.count += countWord(left & ~(field.pass[w] ?? 0));
  }
  return { total: countBits(pass), leftOut, leftOutOfField: new Map(fields.map(({ field, count }) => [field, count])) };
}

/** A person is left out when none of its rows passes and one is open; it counts under each field that leaves an open row out. */
function countDeep(segment: Segment, { pass, open }: Sieve, judged: ReadonlyMap<string, Verdict>): Counts {
  const last = lastRows(segment);
  const hits = countGroups(pass, pass, last);
  if (hits === countGroups(open, open, last))
    return { total: hits, leftOut: 0, leftOutOfField: new Map([...judged.keys()].map((field) => [field, 0])) };
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
  const rows = scratchWords(hits.pass.length);
  for (let w = 0; w < rows.length; w += 1) rows[w] = (hits.pass[w] ?? 0) | ((hits.nearly[w] ?? 0) & ~(own[w] ?? 0));
  return rows;
}
