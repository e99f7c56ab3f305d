import { BestFew } from './best-few.ts';
import { positionsOf } from './bits.ts';
import type { SegmentHits } from './find-hits.ts';
import { offerNearest } from './nearest.ts';
import { compareStrings } from './packed-strings.ts';
import { type Place, writeCursor } from './search-cursor.ts';
import { personIdAt, type Segment } from './segment.ts';
import { compareKeys, type Key, type KeyWorld, keyReader, numbersOf, type Order } from './sort-keys.ts';
import { eachWithin, storedLimit } from './sort-limit.ts';

/** A hit in its place: the key is null where the value is not known. */
export interface Ranked {
  segment: Segment;
  person: number;
  /** The row that matches and comes first in the order. */
  row: number;
  key: Key;
}

export interface RankedPage {
  page: Ranked[];
  nextCursor: string | null;
}

/** Which hits are wanted: the first so many in the order, of those that come after a place. */
export interface Wanted {
  order: Order;
  after: Place | null;
  most: number;
}

interface Offer {
  order: Order;
  after: Place | null;
  best: BestFew<Ranked>;
  world: KeyWorld;
}

/**
 * The first of the hits. Order: the key in the wanted direction, unknown last in both, ties by the id of the person ascending; a person stands
 * once, by its best matching row (ties: the earlier row).
 */
export function rankHits(found: readonly SegmentHits[], { order, after, most }: Wanted, world: KeyWorld): Ranked[] {
  const best = fewOf(order, most);
  const how: Offer = { order, after, best, world };
  for (const hits of found) {
    if (hits.total === 0) continue;
    if (order.field === 'relevance' && hits.near !== null) {
      offerNearest(hits, order.direction, {
        worst: () => best.last?.key ?? null,
        take: (person, row, key) => consider({ segment: hits.segment, person, row, key }, how),
      });
    } else offerRows(hits, how);
  }
  return best.sorted();
}

/** The first of what was ranked apart. */
export function mergeRanked(parts: readonly (readonly Ranked[])[], { order, most }: Wanted): Ranked[] {
  const best = fewOf(order, most);
  for (const part of parts) for (const one of part) best.offer(one);
  return best.sorted();
}

/** The page of the first, of which one more than the page holds was wanted. */
export function pageOf(ranked: readonly Ranked[], limit: number, order: Order): RankedPage {
  const last = ranked[limit - 1];
  const hasMore = ranked.length > limit && last !== undefined;
  return {
    page: ranked.slice(0, limit),
    nextCursor: hasMore ? writeCursor(order, { key: last.key, personId: personIdAt(last.segment, last.person) }) : null,
  };
}

function fewOf(order: Order, most: number): BestFew<Ranked> {
  return new BestFew<Ranked>(most, (a, b) => compareRanked(a, b, order.direction));
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
      consider({ segment, person, row, key }, how);
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

function compareIds(a: Ranked, b: Ranked): number {
  if (a.segment === b.segment && a.segment.isIdOrdered) return a.person - b.person;
  return compareStrings(a.segment.personIds, a.person, b.segment.personIds, b.person);
}

function isAfter(ranked: Ranked, place: Place, direction: Order['direction']): boolean {
  const byKey = compareKeys(ranked.key, place.key, direction);
  return byKey > 0 || (byKey === 0 && personIdAt(ranked.segment, ranked.person) > place.personId);
}
