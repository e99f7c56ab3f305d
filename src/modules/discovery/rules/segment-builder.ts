import { PlainColumns, SetColumns } from './column-builders.ts';
import { GrowingUint32 } from './growing.ts';
import { buildIdTable } from './id-table.ts';
import {
  factValue,
  type IndexedCreator,
  type IndexedProfile,
  personFlags,
  personNumbers,
  personSets,
  profileFlags,
  profileNumbers,
  profileSets,
} from './indexed-creator.ts';
import { type PackedStrings, StringPacker, stringAt } from './packed-strings.ts';
import type { Segment, Vocabulary } from './segment.ts';
import { TextBuilder } from './text-builder.ts';

const flagUnknown = 2;

/** Gathers creators and seals them into a segment. */
export class SegmentBuilder {
  private readonly vocabulary: Vocabulary;
  private persons = 0;
  private rows = 0;
  private readonly rowStarts = new GrowingUint32();
  private readonly rowPerson = new GrowingUint32();
  private readonly provenance = new GrowingUint32();
  private readonly personIds = new StringPacker();
  private readonly names = new StringPacker();
  private readonly facts = new StringPacker();
  private readonly profileIds = new StringPacker();
  private readonly handles = new StringPacker();
  private readonly displayNames = new StringPacker();
  private readonly bios = new StringPacker();
  private readonly urls = new StringPacker();
  private readonly personSetColumns: SetColumns;
  private readonly rowSetColumns: SetColumns;
  private readonly personNumbers = new PlainColumns(Number.NaN);
  private readonly rowNumbers = new PlainColumns(Number.NaN);
  private readonly personFlags = new PlainColumns(flagUnknown);
  private readonly rowFlags = new PlainColumns(flagUnknown);
  private readonly text: TextBuilder;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.personSetColumns = new SetColumns(vocabulary.sets);
    this.rowSetColumns = new SetColumns(vocabulary.sets);
    this.text = new TextBuilder(vocabulary.terms);
  }

  get count(): number {
    return this.persons;
  }

  push(creator: IndexedCreator): void {
    const person = this.persons;
    this.rowStarts.push(this.rows);
    this.personIds.push(creator.personId);
    this.names.push(creator.name);
    this.facts.push(Object.keys(creator.facts).length === 0 ? null : JSON.stringify(creator.facts));
    for (const [field, values] of Object.entries(personSets(creator))) this.personSetColumns.put(person, field, values);
    for (const [field, value] of Object.entries(personNumbers(creator))) this.personNumbers.put(person, field, value);
    for (const [field, value] of Object.entries(personFlags(creator)))
      this.personFlags.put(person, field, value === null ? null : value ? 1 : 0);
    for (const [name, fact] of Object.entries(creator.facts)) this.pushFact(person, `fact.${name}`, fact);
    this.text.push(creator);
    if (creator.profiles.length === 0) this.pushProfile(person, null);
    else for (const profile of creator.profiles) this.pushProfile(person, profile);
    this.persons += 1;
  }

  private pushFact(person: number, field: string, fact: unknown): void {
    const value = factValue(fact);
    if (value === null) return;
    if (typeof value === 'number') this.personNumbers.put(person, field, value);
    else if (typeof value === 'boolean') this.personFlags.put(person, field, value ? 1 : 0);
    else this.personSetColumns.put(person, field, typeof value === 'string' ? [value] : value);
  }

  private pushProfile(person: number, profile: IndexedProfile | null): void {
    const row = this.rows;
    this.rows += 1;
    this.rowPerson.push(person);
    this.profileIds.push(profile?.profileId ?? null);
    this.handles.push(profile?.handle ?? null);
    this.displayNames.push(profile?.displayName ?? null);
    this.bios.push(profile?.bio ?? null);
    this.urls.push(profile?.url ?? null);
    this.provenance.push(profile === null ? 0 : this.vocabulary.provenance.add(JSON.stringify(profile.provenance)));
    if (profile === null) return;
    for (const [field, values] of Object.entries(profileSets(profile))) this.rowSetColumns.put(row, field, values);
    for (const [field, value] of Object.entries(profileNumbers(profile))) this.rowNumbers.put(row, field, value);
    for (const [field, value] of Object.entries(profileFlags(profile)))
      this.rowFlags.put(row, field, value === null ? null : value ? 1 : 0);
  }

  seal(): Segment {
    this.rowStarts.push(this.rows);
    const personIds = this.personIds.seal();
    return {
      persons: this.persons,
      rows: this.rows,
      rowStarts: this.rowStarts.sealed(),
      rowPerson: this.rowPerson.sealed(),
      personIds,
      idTable: buildIdTable(personIds),
      idRanks: idRanksOf(personIds),
      names: this.names.seal(),
      facts: this.facts.seal(),
      strings: {
        profileIds: this.profileIds.seal(),
        handles: this.handles.seal(),
        displayNames: this.displayNames.seal(),
        bios: this.bios.seal(),
        urls: this.urls.seal(),
      },
      provenance: this.provenance.sealed(),
      personSets: this.personSetColumns.seal(this.persons),
      rowSets: this.rowSetColumns.seal(this.rows),
      personNumbers: this.personNumbers.sealNumbers(this.persons),
      rowNumbers: this.rowNumbers.sealNumbers(this.rows),
      personFlags: this.personFlags.sealFlags(this.persons),
      rowFlags: this.rowFlags.sealFlags(this.rows),
      text: this.text.seal(),
      dead: new Uint8Array(this.persons),
      deadCount: 0,
    };
  }
}

/** Place of each id in ascending order, so that ties are broken without reading strings. */
export function idRanksOf(ids: PackedStrings): Uint32Array {
  const count = ids.starts.length - 1;
  const ranks = new Uint32Array(count);
  let inOrder = true;
  let before = '';
  for (let at = 0; at < count && inOrder; at += 1) {
    const id = stringAt(ids, at) ?? '';
    inOrder = before <= id;
    before = id;
    ranks[at] = at;
  }
  if (inOrder) return ranks;
  const texts = Array.from({ length: count }, (_, at) => stringAt(ids, at) ?? '');
  const order = texts.map((_, at) => at).sort((a, b) => ((texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1));
  order.forEach((at, rank) => {
    ranks[at] = rank;
  });
  return ranks;
}
