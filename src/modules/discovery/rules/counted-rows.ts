import { type Bits, newBits, positionsOf, setBit } from './bits.ts';
import { rowsBut, type SegmentHits } from './find-hits.ts';
import type { Segment } from './segment.ts';

/** Rows that a facet counts, as bits and as positions. */
interface CountedRows {
  bits: Bits;
  positions: Uint16Array;
}

const ofHits = new WeakMap<SegmentHits, CountedRows>();
const ofPersons = new WeakMap<CountedRows, CountedRows>();

/** Rows that match all filters but the field's own; those of fields that are not filtered are worked out once. */
export function countedRows(hits: SegmentHits, field: string): CountedRows {
  if (hits.passOfField.has(field)) {
    const bits = rowsBut(hits, field);
    return { bits, positions: positionsOf(bits) };
  }
  let rows = ofHits.get(hits);
  if (rows === undefined) {
    rows = { bits: hits.pass, positions: positionsOf(hits.pass) };
    ofHits.set(hits, rows);
  }
  return rows;
}

/** Of rows the first of each person; worked out once for the same rows. */
export function onePerPerson(segment: Segment, rows: CountedRows): CountedRows {
  let first = ofPersons.get(rows);
  if (first === undefined) {
    const { rowPerson } = segment;
    const bits = newBits(segment.rows);
    const positions = new Uint16Array(rows.positions.length);
    let used = 0;
    let last = -1;
    for (let i = 0; i < rows.positions.length; i += 1) {
      const row = rows.positions[i] ?? 0;
      const person = rowPerson[row] ?? 0;
      if (person === last) continue;
      last = person;
      setBit(bits, row);
      positions[used] = row;
      used += 1;
    }
    first = { bits, positions: positions.subarray(0, used) };
    ofPersons.set(rows, first);
  }
  return first;
}
