import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { BestFew } from './best-few.ts';
import { type Bits, positionsOf } from './bits.ts';
import type { SegmentHits } from './find-hits.ts';
import { offerNearest } from './nearest.ts';
import { compareStrings } from './packed-strings.ts';
import { personIdAt } from './segment.ts';
import { compareKeys, type Key, type KeyReader, type KeyWorld, keyReader, type Order } from './sort-keys.ts';

/** A hit in its place: the key is null where the value is not known. */
export interface Ranked {
  hits: SegmentHits;
  person: number;
  /** The row that matches and comes first in the order. */
  row: number;
  key: Key;
}

export interface RankedPage {
  page: Ranked[];
  nextCursor: string | null;
}

interface Offer {
  order: Order;
  after: Place | null;
  best: BestFew<Ranked>;
  world: KeyWorld;
}

/**
 * The page of hits after the cursor. Order: the key in the wanted direction, unknown last in both, ties by the id of the person
 * ascending; a person stands once, by its best matching row (ties: the earlier row). Null when the cursor is of another order.
 */
export function rankPage(
  found: readonly SegmentHits[],
  wanted: { order: Order; limit: number; cursor: string | undefined; world: KeyWorld },
): RankedPage | null {
  const { order, limit, cursor } = wanted;
  const after = cursor === undefined ? null : readCursor(cursor, order);
  if (cursor !== undefined && after === null) return null;
  const before = (a: Ranked, b: Ranked) => compareRanked(a, b, order.direction);
  const best = new BestFew<Ranked>(limit + 1, before);
  const how: Offer = { order, after, best, world: wanted.world };
  for (const hits of found) {
    if (hits.total === 0) continue;
    if (order.field === 'relevance' && hits.near !== null) {
      offerNearest(hits, order.direction, {
        worst: () => best.last?.key ?? null,
        take: (person, row, key) => consider({ hits, person, row, key }, how),
      });
    } else if (hits.segment.isFlat) offerRows(hits, how);
    else offerPersons(hits, how);
  }
  const page = best.sorted();
  const last = page[limit - 1];
  const hasMore = page.length > limit && last !== undefined;
  return {
    page: page.slice(0, limit),
    nextCursor: hasMore ? writeCursor(order, last.key, personIdAt(last.hits.segment, last.person)) : null,
  };
}

function consider(ranked: Ranked, { order, after, best }: Offer): void {
  if (after !== null && !isAfter(ranked, after, order.direction)) return;
  best.offer(ranked);
}

/** Offers every hit that can still come among the first; one that cannot costs a comparison and no memory. */
function offerRows(hits: SegmentHits, how: Offer): void {
  const { best, order } = how;
  const readKey = keyReader(hits, order.field, how.world);
  const { direction } = order;
  const { pass } = hits;
  for (let w = 0; w < pass.length; w += 1) {
    let left = pass[w] ?? 0;
    while (left !== 0) {
      const one = left & -left;
      left ^= one;
      const row = (w << 5) + 31 - Math.clz32(one);
      const key = readKey(row, row);
      const top = best.last;
      if (top !== null && isWorse(key, top.key, direction)) continue;
      consider({ hits, person: row, row, key }, how);
    }
  }
}

/** Whether a key comes after another for certain; numbers, the common case, need no call. */
function isWorse(key: Key, top: Key, direction: Order['direction']): boolean {
  if (typeof key === 'number' && typeof top === 'number') return direction === 'desc' ? key < top : key > top;
  return compareKeys(key, top, direction) > 0;
}

function offerPersons(hits: SegmentHits, how: Offer): void {
  const { best, order } = how;
  const { direction } = order;
  const readKey = keyReader(hits, order.field, how.world);
  eachPerson(hits, (person, rows) => {
    const { row, key } = bestRow(person, rows, { readKey, direction });
    const top = best.last;
    if (top !== null && isWorse(key, top.key, direction)) return;
    consider({ hits, person, row, key }, how);
  });
}

/** Persons that match, each with the rows that do. */
export function eachPerson(
  { segment, pass }: { segment: SegmentHits['segment']; pass: Bits },
  take: (person: number, rows: Uint16Array) => void,
): void {
  const rows = positionsOf(pass);
  for (let i = 0; i < rows.length; ) {
    const person = segment.isFlat ? (rows[i] ?? 0) : (segment.rowPerson[rows[i] ?? 0] ?? 0);
    const first = i;
    i += 1;
    if (!segment.isFlat) while (i < rows.length && segment.rowPerson[rows[i] ?? 0] === person) i += 1;
    take(person, rows.subarray(first, i));
  }
}

function bestRow(
  person: number,
  rows: Uint16Array,
  how: { readKey: KeyReader; direction: Order['direction'] },
): { row: number; key: Key } {
  let row = rows[0] ?? 0;
  let key = how.readKey(person, row);
  for (let i = 1; i < rows.length; i += 1) {
    const candidate = how.readKey(person, rows[i] ?? 0);
    if (compareKeys(candidate, key, how.direction) >= 0) continue;
    row = rows[i] ?? 0;
    key = candidate;
  }
  return { row, key };
}

function compareRanked(a: Ranked, b: Ranked, direction: Order['direction']): number {
  const byKey = compareKeys(a.key, b.key, direction);
  return byKey !== 0 ? byKey : compareIds(a, b);
}

export function compareIds(a: Pick<Ranked, 'hits' | 'person'>, b: Pick<Ranked, 'hits' | 'person'>): number {
  const { segment } = a.hits;
  if (segment === b.hits.segment && segment.isIdOrdered) return a.person - b.person;
  return compareStrings(segment.personIds, a.person, b.hits.segment.personIds, b.person);
}

export interface Place {
  key: Key;
  personId: string;
}

function isAfter(ranked: Ranked, place: Place, direction: Order['direction']): boolean {
  const byKey = compareKeys(ranked.key, place.key, direction);
  return byKey > 0 || (byKey === 0 && personIdAt(ranked.hits.segment, ranked.person) > place.personId);
}

export function writeCursor(order: Order, key: Key, personId: string): string {
  return encodeCursor([order.field, order.direction, key, personId]);
}

export function readCursor(cursor: string, order: Order): Place | null {
  const [field, direction, key, personId, ...rest] = decodeCursor(cursor) ?? [];
  if (
    field !== order.field ||
    direction !== order.direction ||
    typeof personId !== 'string' ||
    rest.length > 0 ||
    key === undefined
  )
    return null;
  return { key, personId };
}
