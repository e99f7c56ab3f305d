import { fullBits } from './bits.ts';
import { PlainColumns, SetColumns, ShareColumns } from './column-builders.ts';
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
  profileShares,
} from './indexed-creator.ts';
import { isAscending, StringPacker } from './packed-strings.ts';
import { type Segment, segmentMax, type Vocabulary } from './segment.ts';
import { TextBuilder } from './text-builder.ts';
import { VectorBuilder } from './vector-column.ts';

const flagUnknown = 2;

/** Gathers creators and seals them into a segment. In a flat one everybody has at most one profile. */
export class SegmentBuilder {
  private readonly isFlat: boolean;
  private persons = 0;
  private rows = 0;
  private readonly rowStarts = new GrowingUint32();
  private readonly rowPerson = new GrowingUint32();
  private readonly display = new GrowingUint32();
  private readonly personIds = new StringPacker();
  private readonly names = new StringPacker();
  private readonly handles = new StringPacker();
  private readonly sets: SetColumns;
  private readonly shares: ShareColumns;
  private readonly numbers = new PlainColumns(Number.NaN);
  private readonly flags = new PlainColumns(flagUnknown);
  private readonly vectors = new Map<string, VectorBuilder>();
  private readonly text: TextBuilder;

  constructor({ sets, terms }: Vocabulary, isFlat: boolean) {
    this.isFlat = isFlat;
    this.sets = new SetColumns(sets);
    this.shares = new ShareColumns(sets);
    this.text = new TextBuilder(terms);
  }

  get count(): number {
    return this.persons;
  }

  /** Whether one more of so many profiles would not fit. */
  isFullFor(profiles: number): boolean {
    return this.persons >= segmentMax || (this.rows > 0 && this.rows + Math.max(1, profiles) > segmentMax);
  }

  /** `display` is the number under which the display store keeps what of the creator is only shown. */
  push(creator: IndexedCreator, display: number): void {
    const person = this.persons;
    let row = this.rows;
    if (creator.profiles.length > segmentMax)
      throw new RangeError(
        `Creator ${creator.personId} has more than ${segmentMax} profiles; the index takes no more.`,
      );
    this.rowStarts.push(this.rows);
    this.personIds.push(creator.personId);
    this.names.push(creator.name);
    this.display.push(display);
    this.pushVector(person, creator);
    this.text.push(creator);
    const own = ownColumns(creator);
    const facts = factColumns(creator);
    if (creator.profiles.length === 0) this.pushProfile(person, null);
    else for (const profile of creator.profiles) this.pushProfile(person, profile);
    for (; row < this.rows; row += 1) {
      this.pushColumns(row, own);
      this.pushColumns(row, facts);
    }
    this.persons += 1;
  }

  /** Without Object.entries, which makes a pair of every figure, known or not. */
  private pushColumns(row: number, { sets, numbers, flags }: Columns): void {
    for (const field in sets) this.sets.put(row, field, sets[field] ?? []);
    for (const field in numbers) this.numbers.put(row, field, numbers[field] ?? null);
    for (const field in flags) this.flags.put(row, field, flagOf(flags[field] ?? null));
  }

  private pushVector(person: number, { vector }: IndexedCreator): void {
    if (vector === null || vector === undefined || vector.values.length === 0) return;
    const key = vectorKey(vector.model, vector.values.length);
    let builder = this.vectors.get(key);
    if (builder === undefined) {
      builder = new VectorBuilder(vector.values.length);
      this.vectors.set(key, builder);
    }
    builder.push(person, vector.values);
  }

  private pushProfile(person: number, profile: IndexedProfile | null): void {
    const row = this.rows;
    this.rows += 1;
    this.rowPerson.push(person);
    this.handles.push(profile?.handle ?? null);
    if (profile === null) return;
    this.pushColumns(row, {
      sets: profileSets(profile),
      numbers: profileNumbers(profile),
      flags: profileFlags(profile),
    });
    const shares = profileShares(profile);
    for (const field in shares) this.shares.put(row, field, shares[field] ?? []);
  }

  seal(): Segment {
    this.rowStarts.push(this.rows);
    const personIds = this.personIds.seal();
    return {
      persons: this.persons,
      rows: this.rows,
      isFlat: this.isFlat,
      rowStarts: this.isFlat ? new Uint32Array(0) : this.rowStarts.sealed(),
      rowPerson: this.isFlat ? new Uint16Array(0) : Uint16Array.from(this.rowPerson.sealed()),
      personIds,
      isIdOrdered: isAscending(personIds),
      idTable: buildIdTable(personIds),
      names: this.names.seal(),
      handles: this.handles.seal(),
      display: this.display.sealed(),
      sets: this.sets.seal(this.rows),
      numbers: this.numbers.sealNumbers(this.rows),
      flags: this.flags.sealFlags(this.rows),
      shares: this.shares.seal(this.rows),
      vectors: new Map([...this.vectors].map(([key, builder]) => [key, builder.seal()])),
      text: this.text.seal(),
      living: fullBits(this.persons),
      deadCount: 0,
    };
  }
}

/** Vectors of one model and length are comparable. */
export function vectorKey(model: string, dims: number): string {
  return `${model}/${dims}`;
}

/** Values by field. */
interface Columns {
  sets: Record<string, readonly string[]>;
  numbers: Record<string, number | null>;
  flags: Record<string, boolean | null>;
}

/** What is known of the person, which goes to every row. */
function ownColumns(creator: IndexedCreator): Columns {
  return { sets: personSets(creator), numbers: personNumbers(creator), flags: personFlags(creator) };
}

/** Facts by what kind of value they are. */
function factColumns(creator: IndexedCreator): Columns {
  const facts: Columns = { sets: {}, numbers: {}, flags: {} };
  for (const name in creator.facts) {
    const value = factValue(creator.facts[name]);
    const field = `fact.${name}`;
    if (value === null) continue;
    if (typeof value === 'number') facts.numbers[field] = value;
    else if (typeof value === 'boolean') facts.flags[field] = value;
    else facts.sets[field] = typeof value === 'string' ? [value] : value;
  }
  return facts;
}

function flagOf(value: boolean | null): number | null {
  return value === null ? null : value ? 1 : 0;
}
