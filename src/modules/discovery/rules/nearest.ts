import { type Bits, positionsOf } from './bits.ts';
import type { SegmentHits } from './find-hits.ts';
import { scratchPositions } from './scratch.ts';
import { cosineOf, eachDots, slotsOf } from './vector-column.ts';

/** Where hits go: the key that the last of the first few has once they are enough, and what takes one more. */
interface Sink {
  worst(): number | string | null;
  take(person: number, row: number, cosine: number): void;
}

/** Offers the hits of a segment by how near their vector is; one that cannot come among the first costs a multiplication. */
export function offerNearest(hits: SegmentHits, direction: 'asc' | 'desc', sink: Sink): void {
  const { near, segment } = hits;
  if (near === null) return;
  const { column, query } = near;
  const firstRows = segment.isFlat ? null : firstRowsOf(hits);
  const persons = firstRows === null ? positionsOf(hits.pass) : firstRows.persons;
  const { lengths } = column;
  const limitNow = () => (direction === 'desc' ? limitOf(sink.worst(), query.length) : null);
  eachDots(column, { query, slots: slotsOf(column, persons), limit: limitNow }, (slots, dots) => {
    let limit = limitNow();
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i] ?? 0;
      const dot = dots[i] ?? 0;
      const length = lengths[slot] ?? 0;
      if (isBelow(dot, length, limit)) continue;
      const person = column.persons[slot] ?? 0;
      sink.take(
        person,
        firstRows === null ? person : (firstRows.rows[person] ?? 0),
        cosineOf(dot, query.length, length),
      );
      limit = limitNow();
    }
  });
}

/** Square of the least cosine wanted, times the squared length of the query and a little less for rounding; null when any will do. */
function limitOf(worst: number | string | null, queryLength: number): number | null {
  return typeof worst !== 'number' || worst <= 0 ? null : worst * worst * queryLength * (1 - 1e-12);
}

function isBelow(dot: number, length: number, limit: number | null): boolean {
  return limit !== null && (dot <= 0 || dot * dot < limit * length);
}

/** Persons that match, and by person the first row that does. */
function firstRowsOf({ segment, pass }: { segment: SegmentHits['segment']; pass: Bits }): {
  persons: Uint16Array;
  rows: Uint16Array;
} {
  const matching = positionsOf(pass);
  const persons = scratchPositions(matching.length);
  const rows = scratchPositions(segment.persons);
  let used = 0;
  let last = -1;
  for (const row of matching) {
    const person = segment.rowPerson[row] ?? 0;
    if (person === last) continue;
    last = person;
    persons[used] = person;
    rows[person] = row;
    used += 1;
  }
  return { persons: persons.subarray(0, used), rows };
}
