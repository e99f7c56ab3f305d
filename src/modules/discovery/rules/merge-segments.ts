import { buildIdTable } from './id-table.ts';
import { type PackedStrings, StringPacker, stringAt } from './packed-strings.ts';
import type { Segment, SetColumn, TextColumns } from './segment.ts';
import { idRanksOf } from './segment-builder.ts';
import { postingsOf } from './text-builder.ts';
import { zones } from './tokens.ts';

/** A living person of one of the segments, with its rows. */
interface Taken {
  segment: Segment;
  persons: Uint32Array;
  rows: Uint32Array;
}

/** One segment of the living persons of many, column by column; codes stay as they are since the vocabulary is shared. */
export function mergeSegments(segments: readonly Segment[]): Segment {
  const taken = segments.map(livingOf);
  const persons = taken.reduce((sum, one) => sum + one.persons.length, 0);
  const rows = taken.reduce((sum, one) => sum + one.rows.length, 0);
  const personStrings = (pick: (segment: Segment) => PackedStrings) =>
    mergeStrings(taken.map((one) => ({ from: pick(one.segment), at: one.persons })));
  const rowStrings = (pick: (segment: Segment) => PackedStrings) =>
    mergeStrings(taken.map((one) => ({ from: pick(one.segment), at: one.rows })));
  const personIds = personStrings((segment) => segment.personIds);
  return {
    persons,
    rows,
    ...mergeRows(taken, persons, rows),
    personIds,
    idTable: buildIdTable(personIds),
    idRanks: idRanksOf(personIds),
    names: personStrings((segment) => segment.names),
    facts: personStrings((segment) => segment.facts),
    strings: {
      profileIds: rowStrings((segment) => segment.strings.profileIds),
      handles: rowStrings((segment) => segment.strings.handles),
      displayNames: rowStrings((segment) => segment.strings.displayNames),
      bios: rowStrings((segment) => segment.strings.bios),
      urls: rowStrings((segment) => segment.strings.urls),
    },
    provenance: mergePlain(
      taken.map((one) => ({ from: one.segment.provenance, at: one.rows })),
      new Uint32Array(rows),
    ),
    personSets: mergeFields(
      taken,
      (one) => one.segment.personSets,
      (field) =>
        mergeSet(
          taken.map((one) => ({ from: one.segment.personSets.get(field), at: one.persons })),
          persons,
        ),
    ),
    rowSets: mergeFields(
      taken,
      (one) => one.segment.rowSets,
      (field) =>
        mergeSet(
          taken.map((one) => ({ from: one.segment.rowSets.get(field), at: one.rows })),
          rows,
        ),
    ),
    personNumbers: mergeFields(
      taken,
      (one) => one.segment.personNumbers,
      (field) =>
        mergePlain(
          taken.map((one) => ({ from: one.segment.personNumbers.get(field), at: one.persons })),
          new Float64Array(persons).fill(Number.NaN),
        ),
    ),
    rowNumbers: mergeFields(
      taken,
      (one) => one.segment.rowNumbers,
      (field) =>
        mergePlain(
          taken.map((one) => ({ from: one.segment.rowNumbers.get(field), at: one.rows })),
          new Float64Array(rows).fill(Number.NaN),
        ),
    ),
    personFlags: mergeFields(
      taken,
      (one) => one.segment.personFlags,
      (field) =>
        mergePlain(
          taken.map((one) => ({ from: one.segment.personFlags.get(field), at: one.persons })),
          new Uint8Array(persons).fill(2),
        ),
    ),
    rowFlags: mergeFields(
      taken,
      (one) => one.segment.rowFlags,
      (field) =>
        mergePlain(
          taken.map((one) => ({ from: one.segment.rowFlags.get(field), at: one.rows })),
          new Uint8Array(rows).fill(2),
        ),
    ),
    text: mergeText(taken, persons),
    dead: new Uint8Array(persons),
    deadCount: 0,
  };
}

function livingOf(segment: Segment): Taken {
  const persons = new Uint32Array(segment.persons - segment.deadCount);
  const rows: number[] = [];
  let used = 0;
  for (let person = 0; person < segment.persons; person += 1) {
    if (segment.dead[person] !== 0) continue;
    persons[used] = person;
    used += 1;
    const end = segment.rowStarts[person + 1] ?? 0;
    for (let row = segment.rowStarts[person] ?? 0; row < end; row += 1) rows.push(row);
  }
  return { segment, persons, rows: Uint32Array.from(rows) };
}

function mergeRows(
  taken: readonly Taken[],
  persons: number,
  rows: number,
): { rowStarts: Uint32Array; rowPerson: Uint32Array } {
  const rowStarts = new Uint32Array(persons + 1);
  const rowPerson = new Uint32Array(rows);
  let person = 0;
  let row = 0;
  for (const one of taken) {
    for (const old of one.persons) {
      rowStarts[person] = row;
      const count = (one.segment.rowStarts[old + 1] ?? 0) - (one.segment.rowStarts[old] ?? 0);
      rowPerson.fill(person, row, row + count);
      row += count;
      person += 1;
    }
  }
  rowStarts[persons] = rows;
  return { rowStarts, rowPerson };
}

function mergeStrings(parts: readonly { from: PackedStrings; at: Uint32Array }[]): PackedStrings {
  const packer = new StringPacker();
  for (const { from, at } of parts) for (const position of at) packer.push(stringAt(from, position));
  return packer.seal();
}

function mergeFields<Column>(
  taken: readonly Taken[],
  mapOf: (one: Taken) => Map<string, Column>,
  merge: (field: string) => Column,
): Map<string, Column> {
  const fields = new Set(taken.flatMap((one) => [...mapOf(one).keys()]));
  return new Map([...fields].map((field) => [field, merge(field)]));
}

function mergePlain<Column extends Uint32Array | Uint8Array | Float64Array>(
  parts: readonly { from: Column | undefined; at: Uint32Array }[],
  into: Column,
): Column {
  let to = 0;
  for (const { from, at } of parts) {
    if (from !== undefined) for (let i = 0; i < at.length; i += 1) into[to + i] = from[at[i] ?? 0] ?? 0;
    to += at.length;
  }
  return into;
}

function mergeSet(parts: readonly { from: SetColumn | undefined; at: Uint32Array }[], count: number): SetColumn {
  const starts = new Uint32Array(count + 1);
  const codes: number[] = [];
  let to = 0;
  for (const { from, at } of parts) {
    for (const position of at) {
      starts[to] = codes.length;
      to += 1;
      const end = from?.starts[position + 1] ?? 0;
      for (let i = from?.starts[position] ?? 0; i < end; i += 1) codes.push(from?.codes[i] ?? 0);
    }
  }
  starts[count] = codes.length;
  return { starts, codes: Uint32Array.from(codes) };
}

function mergeText(taken: readonly Taken[], persons: number): TextColumns {
  const width = zones.length;
  const forwardStarts = new Uint32Array(persons * width + 1);
  const forward = new Uint32Array(taken.reduce((sum, one) => sum + one.segment.text.forward.length, 0));
  let used = 0;
  let person = 0;
  const pairs = { terms: [] as number[], persons: [] as number[], zones: [] as number[] };
  for (const { segment, persons: kept } of taken) {
    const places = new Int32Array(segment.persons).fill(-1);
    for (const old of kept) {
      for (let zone = 0; zone < width; zone += 1) {
        const from = segment.text.forwardStarts[old * width + zone] ?? 0;
        const to = segment.text.forwardStarts[old * width + zone + 1] ?? 0;
        forwardStarts[person * width + zone] = used;
        forward.set(segment.text.forward.subarray(from, to), used);
        used += to - from;
      }
      places[old] = person;
      person += 1;
    }
    gatherPairs(segment.text, places, pairs);
  }
  forwardStarts[persons * width] = used;
  const postings = postingsOf(
    Uint32Array.from(pairs.terms),
    Uint32Array.from(pairs.persons),
    Uint32Array.from(pairs.zones),
  );
  return { forwardStarts, forward: forward.slice(0, used), ...postings };
}

function gatherPairs(
  text: TextColumns,
  places: Int32Array,
  into: { terms: number[]; persons: number[]; zones: number[] },
): void {
  text.terms.forEach((term, index) => {
    const end = text.postingStarts[index + 1] ?? 0;
    for (let i = text.postingStarts[index] ?? 0; i < end; i += 1) {
      const place = places[text.postings[i] ?? 0] ?? -1;
      if (place < 0) continue;
      into.terms.push(term);
      into.persons.push(place);
      into.zones.push(text.postingZones[i] ?? 0);
    }
  });
}
