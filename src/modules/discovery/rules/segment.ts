import type { Dictionary, TermDictionary } from './dictionary.ts';
import type { IdTable } from './id-table.ts';
import { type PackedStrings, packedBytes, stringAt } from './packed-strings.ts';

/** What all segments of an index share: codes of values and ids of words. */
export interface Vocabulary {
  /** By field, `fact.<name>` among them. */
  sets: Map<string, Dictionary>;
  terms: TermDictionary;
  /** Provenance of a profile as JSON; the same few occur again and again. */
  provenance: Dictionary;
}

/** Codes of each position, in one list with starts. */
export interface SetColumn {
  starts: Uint32Array;
  codes: Uint32Array;
}

/** Words by person, person by word. */
export interface TextColumns {
  /** Words a person's texts hold, in order; zone z of person p starts at forwardStarts[p * zones + z]. */
  forwardStarts: Uint32Array;
  forward: Uint32Array;
  /** Ids of the words that occur, ascending, and the persons that hold each with the zones it stands in. */
  terms: Uint32Array;
  postingStarts: Uint32Array;
  postings: Uint32Array;
  postingZones: Uint8Array;
}

export interface ProfileStrings {
  profileIds: PackedStrings;
  handles: PackedStrings;
  displayNames: PackedStrings;
  bios: PackedStrings;
  urls: PackedStrings;
}

/**
 * An unchanging block of the index. Persons and their profiles ("rows") are columns; only `dead` changes: persons that a later
 * segment replaces or that were removed.
 */
export interface Segment {
  persons: number;
  rows: number;
  rowStarts: Uint32Array;
  rowPerson: Uint32Array;
  personIds: PackedStrings;
  idTable: IdTable;
  /** Place of each person among the ids of the segment, in order. */
  idRanks: Uint32Array;
  names: PackedStrings;
  facts: PackedStrings;
  strings: ProfileStrings;
  provenance: Uint32Array;
  personSets: Map<string, SetColumn>;
  rowSets: Map<string, SetColumn>;
  /** NaN is not known. */
  personNumbers: Map<string, Float64Array>;
  rowNumbers: Map<string, Float64Array>;
  /** 0, 1, or 2 for not known. */
  personFlags: Map<string, Uint8Array>;
  rowFlags: Map<string, Uint8Array>;
  text: TextColumns;
  dead: Uint8Array;
  deadCount: number;
}

export function personIdAt(segment: Segment, person: number): string {
  return stringAt(segment.personIds, person) ?? '';
}

/** A person without profiles has one row of which nothing is known. */
export function hasProfile(segment: Segment, row: number): boolean {
  return segment.strings.profileIds.absent[row] === 0;
}

/** Memory held by the columns. */
export function segmentBytes(segment: Segment): number {
  const packed = [segment.personIds, segment.names, segment.facts, ...Object.values(segment.strings)];
  const arrays: ArrayBufferView[] = [
    segment.rowStarts,
    segment.rowPerson,
    segment.idRanks,
    segment.idTable.slots,
    segment.idTable.hashes,
    segment.provenance,
    segment.dead,
    ...Object.values(segment.text),
  ];
  for (const map of [segment.personNumbers, segment.rowNumbers, segment.personFlags, segment.rowFlags])
    arrays.push(...map.values());
  for (const map of [segment.personSets, segment.rowSets])
    for (const column of map.values()) arrays.push(column.starts, column.codes);
  return packed.reduce((sum, one) => sum + packedBytes(one), 0) + arrays.reduce((sum, one) => sum + one.byteLength, 0);
}
