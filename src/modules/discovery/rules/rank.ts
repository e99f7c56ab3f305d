import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { foldValue } from './dictionary.ts';
import type { SegmentHits } from './find-hits.ts';
import { stringAt } from './packed-strings.ts';
import { personIdAt, type Segment, type Vocabulary } from './segment.ts';

/** A hit in its place: the key is null where the value is not known. */
export interface Ranked {
  hits: SegmentHits;
  person: number;
  /** The row that matches and comes first in the order. */
  row: number;
  key: number | string | null;
}

export interface Order {
  field: string;
  direction: 'asc' | 'desc';
}

export interface RankedPage {
  page: Ranked[];
  nextCursor: string | null;
}

type Key = number | string | null;
type KeyReader = (person: number, row: number) => Key;

/**
 * The page of hits after the cursor. Order: the key in the wanted direction, unknown last in both, ties by the id of the person
 * ascending; a person stands once, by its best matching row (ties: the earlier row). Null when the cursor is of another order.
 */
export function rankPage(
  found: readonly SegmentHits[],
  wanted: { order: Order; limit: number; cursor: string | undefined; vocabulary: Vocabulary },
): RankedPage | null {
  const { order, limit, cursor } = wanted;
  const after = cursor === undefined ? null : readCursor(cursor, order);
  if (cursor !== undefined && after === null) return null;
  const before = (a: Ranked, b: Ranked) => compareRanked(a, b, order.direction);
  const best = new BestFew(limit + 1, before);
  for (const hits of found) offerHits(hits, { order, after, best, vocabulary: wanted.vocabulary });
  const page = best.sorted();
  const last = page[limit - 1];
  const hasMore = page.length > limit && last !== undefined;
  return {
    page: page.slice(0, limit),
    nextCursor: hasMore ? writeCursor(order, last.key, personIdAt(last.hits.segment, last.person)) : null,
  };
}

/** Offers every hit of a segment that can still come among the first; one that cannot costs a comparison and no memory. */
function offerHits(
  hits: SegmentHits,
  how: { order: Order; after: Place | null; best: BestFew; vocabulary: Vocabulary },
): void {
  const { order, after, best } = how;
  const { direction } = order;
  const readKey = keyReader(hits, order.field, how.vocabulary);
  const { rowStarts } = hits.segment;
  for (const person of hits.hits) {
    const start = rowStarts[person] ?? 0;
    let row = start;
    if ((rowStarts[person + 1] ?? 0) - start > 1) row = bestRow(hits, person, { readKey, direction });
    const key = readKey(person, row);
    const top = best.last;
    if (top !== null && compareKeys(key, top.key, direction) > 0) continue;
    const ranked = { hits, person, row, key };
    if (after !== null && !isAfter(ranked, after, direction)) continue;
    best.offer(ranked);
  }
}

function bestRow(
  hits: SegmentHits,
  person: number,
  how: { readKey: KeyReader; direction: Order['direction'] },
): number {
  const end = hits.segment.rowStarts[person + 1] ?? 0;
  let best = -1;
  let key: Key = null;
  for (let row = hits.segment.rowStarts[person] ?? 0; row < end; row += 1) {
    if (hits.rowBad[row] !== 0) continue;
    const candidate = how.readKey(person, row);
    if (best >= 0 && compareKeys(candidate, key, how.direction) >= 0) continue;
    best = row;
    key = candidate;
  }
  return best;
}

function keyReader(hits: SegmentHits, field: string, vocabulary: Vocabulary): KeyReader {
  const { segment, weights } = hits;
  if (field === 'relevance') return (person) => weights?.[person] ?? 0;
  if (field === 'name') return (person) => foldOrNull(stringAt(segment.names, person));
  if (field === 'handle') return (_, row) => foldOrNull(stringAt(segment.strings.handles, row));
  if (field === 'creator') return (person) => personIdAt(segment, person);
  const plain = plainReader(segment, field === 'tier' ? 'followers' : field);
  if (!field.startsWith('fact.')) return plain ?? setReader(segment, field, vocabulary);
  // A fact may be a figure for one creator and a word for another, whatever else its segment holds.
  const words = setReader(segment, field, vocabulary);
  return plain === null ? words : (person, row) => plain(person, row) ?? words(person, row);
}

function plainReader(segment: Segment, field: string): KeyReader | null {
  const byRow = segment.rowNumbers.get(field);
  if (byRow !== undefined) return (_, row) => numberOrNull(byRow[row]);
  const flagByRow = segment.rowFlags.get(field);
  if (flagByRow !== undefined) return (_, row) => flagOrNull(flagByRow[row]);
  const byPerson = segment.personNumbers.get(field);
  const flagByPerson = segment.personFlags.get(field);
  if (byPerson === undefined && flagByPerson === undefined) return null;
  return (person) => numberOrNull(byPerson?.[person]) ?? flagOrNull(flagByPerson?.[person]);
}

/** Of several values the first in the alphabet. */
function setReader(segment: Segment, field: string, vocabulary: Vocabulary): KeyReader {
  const byRow = segment.rowSets.get(field);
  const column = byRow ?? segment.personSets.get(field);
  const dictionary = vocabulary.sets.get(field);
  if (column === undefined || dictionary === undefined) return () => null;
  return (person, row) => {
    const at = byRow === undefined ? person : row;
    let first: string | null = null;
    const end = column.starts[at + 1] ?? 0;
    for (let i = column.starts[at] ?? 0; i < end; i += 1) {
      const value = foldValue(dictionary.valueOf(column.codes[i] ?? 0));
      if (first === null || value < first) first = value;
    }
    return first;
  };
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function flagOrNull(value: number | undefined): number | null {
  return value === 0 || value === 1 ? value : null;
}

function foldOrNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : foldValue(text);
}

/** Below 0 when a comes first. Unknown is last whatever the direction; a number comes before a word. */
export function compareKeys(a: Key, b: Key, direction: Order['direction']): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (a === b) return 0;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return (a < b ? -1 : 1) * (direction === 'asc' ? 1 : -1);
}

function compareRanked(a: Ranked, b: Ranked, direction: Order['direction']): number {
  const byKey = compareKeys(a.key, b.key, direction);
  if (byKey !== 0) return byKey;
  const { segment } = a.hits;
  if (segment === b.hits.segment) return (segment.idRanks[a.person] ?? 0) - (segment.idRanks[b.person] ?? 0);
  return personIdAt(segment, a.person) < personIdAt(b.hits.segment, b.person) ? -1 : 1;
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

/** Keeps the first few of many offers: a heap with the last of the kept on top. */
class BestFew {
  private readonly heap: Ranked[] = [];
  private readonly most: number;
  private readonly before: (a: Ranked, b: Ranked) => number;

  constructor(most: number, before: (a: Ranked, b: Ranked) => number) {
    this.most = most;
    this.before = before;
  }

  /** The last of the kept once there are enough; what comes after it need not be offered. */
  get last(): Ranked | null {
    return this.heap.length < this.most ? null : (this.heap[0] ?? null);
  }

  offer(one: Ranked): void {
    const { heap } = this;
    if (heap.length < this.most) {
      heap.push(one);
      this.rise(heap.length - 1);
      return;
    }
    const top = heap[0];
    if (top === undefined || this.before(one, top) >= 0) return;
    heap[0] = one;
    this.sink();
  }

  sorted(): Ranked[] {
    return [...this.heap].sort(this.before);
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapWhenLater(at, parent)) return;
      at = parent;
    }
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      const right = left + 1;
      const leftOne = this.heap[left];
      const rightOne = this.heap[right];
      if (leftOne === undefined) return;
      const child = rightOne !== undefined && this.before(rightOne, leftOne) > 0 ? right : left;
      if (!this.swapWhenLater(child, at)) return;
      at = child;
    }
  }

  private swapWhenLater(child: number, parent: number): boolean {
    const below = this.heap[child];
    const above = this.heap[parent];
    if (below === undefined || above === undefined || this.before(below, above) <= 0) return false;
    this.heap[child] = above;
    this.heap[parent] = below;
    return true;
  }
}
