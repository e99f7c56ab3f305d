import { BestFew } from './best-few.ts';
import { positionsOf } from './bits.ts';
import type { SegmentHits } from './find-hits.ts';
import { offerNearest } from './nearest.ts';
import { compareStrings } from './packed-strings.ts';
import { type Place, readCursor, writeCursor } from './search-cursor.ts';
import { personIdAt } from './segment.ts';
import { compareKeys, type Key, type KeyWorld, keyReader, numbersOf, type Order } from './sort-keys.ts';
import { eachWithin, storedLimit } from './sort-limit.ts';

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
    } else offerRows(hits, how);
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

/**
 * Offers every hit that can still come among the first; one that cannot costs a comparison and no memory. Rows of a person follow one another:
 * the person is offered by the first of them in the order. A row beyond the limit cannot be the one shown, unless all of the person's are such.
 */
function offerRows(hits: SegmentHits, how: Offer): void {
  const { best, order } = how;
  const { segment } = hits;
  const { direction } = order;
  const readKey = keyReader(hits, order.field, how.world);
  let person = -1;
  let row = -1;
  let key: Key = null;
  const flush = () => {
    const top = best.last;
    if (row >= 0 && (top === null || compareKeys(key, top.key, direction) <= 0))
      consider({ hits, person, row, key }, how);
  };
  const offer = (next: number) => {
    const nextPerson = segment.isFlat ? next : (segment.rowPerson[next] ?? 0);
    const nextKey = readKey(nextPerson, next);
    if (nextPerson !== person) flush();
    else if (compareKeys(nextKey, key, direction) >= 0) return;
    person = nextPerson;
    row = next;
    key = nextKey;
  };
  const column = numbersOf(segment, order.field, how.world);
  if (column === null) for (const next of positionsOf(hits.pass)) offer(next);
  else eachWithin(hits.pass, column, { limit: () => storedLimit(column, best.last?.key ?? null, direction), offer });
  flush();
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
