import { type Bits, countBits, positionsOf, setBit } from './bits.ts';
import { rowsBut, type SegmentHits } from './find-hits.ts';
import { scratchBits, scratchPositions } from './scratch.ts';
import type { Segment } from './segment.ts';

/** Rows that a facet counts; their positions are worked out only when something is counted row by row. */
export class CountedRows {
  readonly bits: Bits;
  readonly count: number;
  private list: Uint16Array | null;
  private persons: CountedRows | null = null;

  constructor(bits: Bits, list: Uint16Array | null = null) {
    this.bits = bits;
    this.list = list;
    this.count = list === null ? countBits(bits) : list.length;
  }

  get positions(): Uint16Array {
    this.list ??= positionsOf(this.bits, this.count);
    return this.list;
  }

  /** Of these rows the first of each person. */
  onePerPerson(segment: Segment): CountedRows {
    this.persons ??= firstOfPersons(segment, this.positions);
    return this.persons;
  }
}

function firstOfPersons({ rows, rowPerson }: Segment, positions: Uint16Array): CountedRows {
  const bits = scratchBits(rows);
  const first = scratchPositions(positions.length);
  let used = 0;
  let last = -1;
  for (let i = 0; i < positions.length; i += 1) {
    const row = positions[i] ?? 0;
    const person = rowPerson[row] ?? 0;
    if (person === last) continue;
    last = person;
    setBit(bits, row);
    first[used] = row;
    used += 1;
  }
  return new CountedRows(bits, first.subarray(0, used));
}

const ofHits = new WeakMap<SegmentHits, CountedRows>();

/** Rows that match all filters but the field's own; those of fields that are not filtered are worked out once. */
export function countedRows(hits: SegmentHits, field: string): CountedRows {
  if (hits.passOfField.has(field)) return new CountedRows(rowsBut(hits, field));
  let rows = ofHits.get(hits);
  if (rows === undefined) {
    rows = new CountedRows(hits.pass);
    ofHits.set(hits, rows);
  }
  return rows;
}
