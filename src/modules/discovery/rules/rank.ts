import { BestFew } from './best-few.ts';
import { positionsOf } from './bits.ts';
import type { SegmentHits } from './find-hits.ts';
import { offerNearest } from './nearest.ts';
import { compareStrings } from './packed-strings.ts';
import { type Place, readCursor, writeCursor } from './search-cursor.ts';
import { personIdAt } from './segment.ts';
import { compareKeys, type Key, type KeyWorld, keyReader, numbersOf, type Order } from './sort-keys.ts';
import { eachWithin, isBeyond, type Limit, storedLimit } from './sort-limit.ts';

/** A hit in its place: the key is null where the value is not known. */
export interface Ranked {
  hits: SegmentHits;
  person: number;
  /** The row that matches and comes first in the order. */
  row: number;
  key: Key;
}

interface RankedPage {
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
    nextCursor: hasMore
      ? writeCursor(order, { key: last.key, personId: personIdAt(last.hits.segment, last.person) })
      : null,
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
  const offer = (row: number) => {
    const key = readKey(row, row);
    const top = best.last;
    if (top === null || compareKeys(key, top.key, order.direction) <= 0) consider({ hits, person: row, row, key }, how);
  };
  const column = numbersOf(hits.segment, order.field, how.world);
  if (column !== null) {
    eachWithin(hits.pass, column, { limit: () => storedLimit(column, best.last?.key ?? null, order.direction), offer });
    return;
  }
  for (const row of positionsOf(hits.pass)) offer(row);
}

/** Offers persons with several rows, each by the first of its rows in the order. */
function offerPersons(hits: SegmentHits, how: Offer): void {
  const { best, order } = how;
  const { direction } = order;
  const { rowPerson } = hits.segment;
  const readKey = keyReader(hits, order.field, how.world);
  const column = numbersOf(hits.segment, order.field, how.world);
  const rows = positionsOf(hits.pass);
  let limit: Limit | null = null;
  for (let i = 0; i < rows.length; ) {
    const person = rowPerson[rows[i] ?? 0] ?? 0;
    let row = -1;
    let key: Key = null;
    for (; i < rows.length && rowPerson[rows[i] ?? 0] === person; i += 1) {
      const candidate = rows[i] ?? 0;
      // A row that cannot come among the first cannot be the one shown either, unless all of the person's are such.
      if (column !== null && limit !== null && isBeyond(column, candidate, limit)) continue;
      const candidateKey = readKey(person, candidate);
      if (row >= 0 && compareKeys(candidateKey, key, direction) >= 0) continue;
      row = candidate;
      key = candidateKey;
    }
    const top = best.last;
    if (row < 0 || (top !== null && compareKeys(key, top.key, direction) > 0)) continue;
    consider({ hits, person, row, key }, how);
    if (column !== null) limit = storedLimit(column, best.last?.key ?? null, direction);
  }
}

function compareRanked(a: Ranked, b: Ranked, direction: Order['direction']): number {
  const byKey = compareKeys(a.key, b.key, direction);
  return byKey !== 0 ? byKey : compareIds(a, b);
}

function compareIds(a: Pick<Ranked, 'hits' | 'person'>, b: Pick<Ranked, 'hits' | 'person'>): number {
  const { segment } = a.hits;
  if (segment === b.hits.segment && segment.isIdOrdered) return a.person - b.person;
  return compareStrings(segment.personIds, a.person, b.hits.segment.personIds, b.person);
}

function isAfter(ranked: Ranked, place: Place, direction: Order['direction']): boolean {
  const byKey = compareKeys(ranked.key, place.key, direction);
  return byKey > 0 || (byKey === 0 && personIdAt(ranked.hits.segment, ranked.person) > place.personId);
}
