import type { Bits } from './bits.ts';
import type { Dictionary } from './dictionary.ts';
import type { IdTable } from './id-table.ts';
import type { NumberColumn } from './number-column.ts';
import { type PackedStrings, packedBytes, stringAt } from './packed-strings.ts';
import { derivedBytes, type SetColumn } from './set-column.ts';
import type { TermDictionary } from './term-dictionary.ts';
import type { VectorColumn } from './vector-column.ts';

/** Persons, and rows, of a segment: positions fit 16 bits, and what a query works on fits the processor's caches. */
export const segmentMax = 65_535;

/** What all segments of an index share: codes of values and ids of words. */
export interface Vocabulary {
  /** By field, `fact.<name>` among them. */
  sets: Map<string, Dictionary>;
  terms: TermDictionary;
}

/** Words by person, person by word. */
export interface TextColumns {
  /** Where the words of each person begin; one more than there are persons. */
  forwardStarts: Uint32Array;
  /** Words in order, as numbers of 7 bits a byte: 0 ends a text, 1 ends a zone, a word is its id + 1. */
  forward: Uint8Array;
  /** Zones in which each person has a word, one bit each. */
  zonesHeld: Uint8Array;
  /** Ids of the words that occur, ascending, and the persons that hold each with the zones it stands in. */
  terms: Uint32Array;
  postingStarts: Uint32Array;
  postings: Uint16Array;
  postingZones: Uint8Array;
}

/** Shares of an audience, in ten-thousandths, of the values of each row. */
export interface ShareColumn {
  starts: Uint32Array;
  codes: Uint16Array | Uint32Array;
  shares: Uint16Array;
}

/**
 * An unchanging block of the index. Persons and their profiles ("rows") are columns; only `living` changes: persons that a later
 * segment replaces or that were removed leave it. In a flat segment every person has one row, at its own position.
 */
export interface Segment {
  persons: number;
  rows: number;
  isFlat: boolean;
  /** First row of each person, one more than there are persons, and the person of each row; empty in a flat segment. */
  rowStarts: Uint32Array;
  rowPerson: Uint16Array;
  personIds: PackedStrings;
  /** Whether ids ascend with positions. */
  isIdOrdered: boolean;
  idTable: IdTable;
  names: PackedStrings;
  handles: PackedStrings;
  /** By what the display store gives each person's texts back. */
  display: Uint32Array;
  /** Columns are by row; what is known of a person stands in all rows of the person. */
  sets: Map<string, SetColumn>;
  numbers: Map<string, NumberColumn>;
  /** 0, 1, or 2 for not known. */
  flags: Map<string, Uint8Array>;
  shares: Map<string, ShareColumn>;
  /** By model and length. */
  vectors: Map<string, VectorColumn>;
  text: TextColumns;
  living: Bits;
  deadCount: number;
}

export function personIdAt(segment: Segment, person: number): string {
  return stringAt(segment.personIds, person) ?? '';
}

export function firstRow(segment: Segment, person: number): number {
  return segment.isFlat ? person : (segment.rowStarts[person] ?? 0);
}

export function endRow(segment: Segment, person: number): number {
  return segment.isFlat ? person + 1 : (segment.rowStarts[person + 1] ?? 0);
}

export function personOf(segment: Segment, row: number): number {
  return segment.isFlat ? row : (segment.rowPerson[row] ?? 0);
}

/** A person without profiles has one row of which nothing is known. */
export function hasProfile(segment: Segment, row: number): boolean {
  return segment.handles.absent[row] === 0;
}

/** Memory held by the columns and what was worked out for them. */
export function segmentBytes(segment: Segment): number {
  const packed = [segment.personIds, segment.names, segment.handles];
  const arrays: ArrayBufferView[] = [
    segment.rowStarts,
    segment.rowPerson,
    segment.idTable.slots,
    segment.idTable.hashes,
    segment.display,
    segment.living,
    ...Object.values(segment.text),
    ...segment.flags.values(),
  ];
  let derived = 0;
  for (const { data } of segment.numbers.values()) arrays.push(data);
  for (const column of segment.sets.values()) {
    arrays.push(column.codes, ...(column.starts === null ? [] : [column.starts]));
    derived += derivedBytes(column);
  }
  for (const { starts, codes, shares } of segment.shares.values()) arrays.push(starts, codes, shares);
  for (const { values, lengths, tailLengths, persons } of segment.vectors.values())
    arrays.push(values, lengths, tailLengths, persons);
  return (
    packed.reduce((sum, one) => sum + packedBytes(one), 0) +
    arrays.reduce((sum, one) => sum + one.byteLength, 0) +
    derived
  );
}
