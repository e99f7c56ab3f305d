import { fullBits, positionsOf } from './bits.ts';
import { buildIdTable } from './id-table.ts';
import {
  mergeNumbers,
  mergePlain,
  mergeSets,
  mergeShares,
  mergeStrings,
  mergeVectors,
  type Part,
  type Taken,
} from './merge-columns.ts';
import { mergeText } from './merge-text.ts';
import { isAscending } from './packed-strings.ts';
import { endRow, firstRow, type Segment } from './segment.ts';

/** Rows by position; the same list as the persons in a flat segment. */
function rowsOfPersons(segment: Segment, persons: Uint16Array): Uint16Array {
  if (segment.isFlat) return persons;
  const rows: number[] = [];
  for (const person of persons)
    for (let row = firstRow(segment, person); row < endRow(segment, person); row += 1) rows.push(row);
  return Uint16Array.from(rows);
}

/** The living persons of segments, as they are now. */
export function takeLiving(segments: readonly Segment[]): Taken[] {
  return segments.map((segment) => {
    // Questions are asked between the steps of a merge: what stands in the memory they work in would be overwritten.
    const persons = positionsOf(segment.living).slice();
    return { segment, persons, rows: rowsOfPersons(segment, persons) };
  });
}

/**
 * One segment of persons of many, column by column with a pause after each, so that questions are answered in between. All are flat or
 * none is; codes stay as they are since the vocabulary is shared. Who dies meanwhile is still alive in the result.
 */
export function* mergeSegments(taken: readonly Taken[]): Generator<undefined, Segment, undefined> {
  const persons = taken.reduce((sum, one) => sum + one.persons.length, 0);
  const rows = taken.reduce((sum, one) => sum + one.rows.length, 0);
  const isFlat = taken.every((one) => one.segment.isFlat);
  const byPerson = <Column>(pick: (segment: Segment) => Column | undefined): Part<Column>[] =>
    taken.map((one) => ({ from: pick(one.segment), at: one.persons }));
  const byRow = <Column>(pick: (segment: Segment) => Column | undefined): Part<Column>[] =>
    taken.map((one) => ({ from: pick(one.segment), at: one.rows }));
  const personIds = mergeStrings(byPerson((segment) => segment.personIds));
  yield;
  const idTable = buildIdTable(personIds);
  yield;
  const names = mergeStrings(byPerson((segment) => segment.names));
  const handles = mergeStrings(byRow((segment) => segment.handles));
  yield;
  const fields = yield* mergeFields({ taken, byPerson, byRow, rows });
  return {
    persons,
    rows,
    isFlat,
    ...(isFlat ? { rowStarts: new Uint32Array(0), rowPerson: new Uint16Array(0) } : mergeRows(taken, persons, rows)),
    personIds,
    isIdOrdered: isAscending(personIds),
    idTable,
    names,
    handles,
    display: mergePlain(
      byPerson((segment) => segment.display),
      new Uint32Array(persons),
    ),
    ...fields,
    text: yield* mergeText(taken, persons),
    living: fullBits(persons),
    deadCount: 0,
  };
}

interface FieldsWork {
  taken: readonly Taken[];
  byPerson<Column>(pick: (segment: Segment) => Column | undefined): Part<Column>[];
  byRow<Column>(pick: (segment: Segment) => Column | undefined): Part<Column>[];
  rows: number;
}

/** The columns that some segments may lack, one after the other. */
function* mergeFields({
  taken,
  byPerson,
  byRow,
  rows,
}: FieldsWork): Generator<undefined, Pick<Segment, MapName>, undefined> {
  return {
    sets: yield* mergeMaps(taken, 'sets', (field) =>
      mergeSets(
        byRow((one) => one.sets.get(field)),
        rows,
      ),
    ),
    numbers: yield* mergeMaps(taken, 'numbers', (field) =>
      mergeNumbers(
        byRow((one) => one.numbers.get(field)),
        rows,
      ),
    ),
    flags: yield* mergeMaps(taken, 'flags', (field) => {
      const unknown = new Uint8Array(rows).fill(2);
      return mergePlain(
        byRow((one) => one.flags.get(field)),
        unknown,
      );
    }),
    shares: yield* mergeMaps(taken, 'shares', (field) =>
      mergeShares(
        byRow((one) => one.shares.get(field)),
        rows,
      ),
    ),
    vectors: yield* mergeMaps(taken, 'vectors', (key) => mergeVectors(byPerson((one) => one.vectors.get(key)))),
  };
}

type MapName = 'sets' | 'numbers' | 'flags' | 'shares' | 'vectors';

function* mergeMaps<Column>(
  taken: readonly Taken[],
  name: MapName,
  merge: (field: string) => Column,
): Generator<undefined, Map<string, Column>, undefined> {
  const fields = new Set(taken.flatMap((one) => [...one.segment[name].keys()]));
  const merged = new Map<string, Column>();
  for (const field of fields) {
    merged.set(field, merge(field));
    yield;
  }
  return merged;
}

function mergeRows(
  taken: readonly Taken[],
  persons: number,
  rows: number,
): { rowStarts: Uint32Array; rowPerson: Uint16Array } {
  const rowStarts = new Uint32Array(persons + 1);
  const rowPerson = new Uint16Array(rows);
  let person = 0;
  let row = 0;
  for (const one of taken) {
    for (const old of one.persons) {
      rowStarts[person] = row;
      const count = endRow(one.segment, old) - firstRow(one.segment, old);
      rowPerson.fill(person, row, row + count);
      row += count;
      person += 1;
    }
  }
  rowStarts[persons] = rows;
  return { rowStarts, rowPerson };
}
