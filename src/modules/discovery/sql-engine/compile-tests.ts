import { type RawBuilder, sql } from 'kysely';
import { type Filter, type FilterOf, fieldUnder, type SearchQuery, type Tier } from '../api.ts';
import { fieldOf } from '../rules/field-kind.ts';
import { shareAtLeast } from '../rules/indexed-creator.ts';
import { tokenise } from '../rules/tokens.ts';
import { columnOf, factOf, float, texts } from './columns.ts';
import { holdsPhrase } from './compile-text.ts';
import { valueKey } from './document-rows.ts';
import { isStorable } from './order-key.ts';

const dayMs = 86_400_000;
/** With more values than this an index is of no use and a hashed look-up is faster. */
const overlapMax = 100;

/** One test in the three values of SQL: true, false, or null for not known. Statements name search_person p and search_profile r. */
interface SqlTest {
  holds: RawBuilder<unknown>;
  /** True where the test holds or the value is not known; in a form an index can serve. */
  mayHold: RawBuilder<unknown>;
  /** What follows from its being true and an index can serve, where `holds` itself is no such form. */
  narrow?: RawBuilder<unknown>;
}

/** All tests of one field; its own facet looks past them. */
export interface SqlGroup {
  field: string;
  /** True, false, or null when no test rejects and some value is not known. */
  holds: RawBuilder<unknown>;
  mayHold: RawBuilder<unknown>;
  narrow: RawBuilder<unknown>[];
  /** Whether statements need the words of persons, search_text x, beside the others. */
  needsWords: boolean;
}

export interface TestWorld {
  workspaceId: string;
  tiers: readonly Tier[];
  nowMs: number;
  calculation: SearchQuery['calculation'];
  /** Values that satisfy a filter that has to be worked out value by value: places and prices. */
  allowed: ReadonlyMap<Filter, AllowedValues>;
}

/** Of the values of a field, those that satisfy a filter, and those that say anything about it. */
export interface AllowedValues {
  holds: readonly string[];
  /** Null when every value does. */
  tells: readonly string[] | null;
}

export function compileTests(filters: readonly Filter[], world: TestWorld): SqlGroup[] {
  const byField = new Map<string, SqlTest[]>();
  for (const filter of filters) {
    if (fieldOf(filter.field) === null) continue;
    const test = compileTest(filter, world);
    byField.set(filter.field, [...(byField.get(filter.field) ?? []), test]);
  }
  return [...byField].map(([field, tests]) => ({
    field,
    holds: sql`(${sql.join(
      tests.map((test) => test.holds),
      sql` and `,
    )})`,
    mayHold: sql`(${sql.join(
      tests.map((test) => test.mayHold),
      sql` and `,
    )})`,
    narrow: tests.flatMap((test) => test.narrow ?? []),
    needsWords: fieldOf(field)?.kind === 'words',
  }));
}

function compileTest(filter: Filter, world: TestWorld): SqlTest {
  const isNot = 'not' in filter && filter.not === true;
  switch (filter.op) {
    case 'in':
      return inTest(filter, world, isNot);
    case 'range':
      return boundsTest(fieldUnder(filter.field, world.calculation), isNot, [
        ...(filter.min === undefined ? [] : [{ sign: sql`>=`, value: filter.min }]),
        ...(filter.max === undefined ? [] : [{ sign: sql`<=`, value: filter.max }]),
      ]);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return boundsTest(fieldUnder(filter.field, world.calculation), isNot, [
        { sign: signs[filter.op], value: filter.value },
      ]);
    case 'within':
      return boundsTest(fieldUnder(filter.field, world.calculation), isNot, [
        { sign: sql`>=`, value: world.nowMs - filter.days * dayMs },
      ]);
    case 'is':
      return flagTest(filter.field, filter.value !== isNot);
    case 'known':
      return wholeTest(isKnown(fieldUnder(filter.field, world.calculation)), !filter.value);
    case 'share':
      return shareTest(filter, isNot);
    case 'price':
    case 'near':
      return allowedTest(filter, world, isNot);
  }
}

const signs = { gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` };

/** A test of a value that may be null: `is` says what holds where it is known. */
function openTest(value: RawBuilder<unknown>, is: RawBuilder<unknown>, isNot: boolean): SqlTest {
  const holds = isNot ? sql`not (${is})` : sql`(${is})`;
  return { holds, mayHold: sql`(${holds} or ${value} is null)` };
}

/** A test that is always known. */
function wholeTest(is: RawBuilder<unknown>, isNot = false): SqlTest {
  const holds = isNot ? sql`not (${is})` : sql`(${is})`;
  return { holds, mayHold: holds };
}

const unknownTest: SqlTest = { holds: sql`null::boolean`, mayHold: sql`true` };

function inTest(filter: FilterOf<'in'>, world: TestWorld, isNot: boolean): SqlTest {
  const { field } = filter;
  const values = filter.values.filter(isStorable);
  if (field === 'creator') return wholeTest(sql`p.person_id = any(${texts(values)})`, isNot);
  if (field === 'list')
    return wholeTest(
      sql`p.person_id in (
        select member.person_id from list_member member
        where member.workspace_id = ${world.workspaceId} and member.list_id = any(${texts(values)}))`,
      isNot,
    );
  if (field === 'tier') return tierTest(filter.values, world, isNot);
  if (fieldOf(field)?.kind === 'words') return wordsTest(field, values, isNot);
  if (world.allowed.has(filter)) return allowedTest(filter, world, isNot);
  const keys = values.map((value) => valueKey(field, value));
  const fact = factOf(field);
  if (fact !== null) {
    const own = sql`(p.fact_sets -> ${fact})`;
    return openTest(own, sql`${own} ?| ${texts(keys)}`, isNot);
  }
  return setTest(field, keys, isNot);
}

function setTest(field: string, keys: readonly string[], isNot: boolean): SqlTest {
  const column = columnOf(field)?.ref;
  if (column === undefined) return unknownTest;
  return openTest(column, overlaps(column, keys), isNot);
}

/** Null where the column is. */
function overlaps(column: RawBuilder<unknown>, keys: readonly string[]): RawBuilder<unknown> {
  if (keys.length <= overlapMax) return sql`${column} && ${texts(keys)}`;
  return sql`case when ${column} is not null then exists (select from unnest(${column}) own (value) where own.value = any(${texts(keys)})) end`;
}

function tierTest(names: readonly string[], world: TestWorld, isNot: boolean): SqlTest {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const ranges = world.tiers
    .filter((tier) => wanted.has(tier.name.toLowerCase()))
    .map((tier) =>
      tier.followersMax === null
        ? sql`r.followers >= ${float(tier.followersMin)}`
        : sql`(r.followers >= ${float(tier.followersMin)} and r.followers < ${float(tier.followersMax)})`,
    );
  const is = ranges.length === 0 ? sql`r.followers is null and null::boolean` : sql.join(ranges, sql` or `);
  return openTest(sql`r.followers`, is, isNot);
}

/** The figure of a field: of a profile, of the person, or a fact that is a figure; null when the field has none. */
export function figureOf(field: string): RawBuilder<unknown> | null {
  const fact = factOf(field);
  return fact === null ? (columnOf(field)?.ref ?? null) : sql`(p.fact_numbers -> ${fact})::float8`;
}

function boundsTest(
  field: string,
  isNot: boolean,
  bounds: readonly { sign: RawBuilder<unknown>; value: number }[],
): SqlTest {
  const figure = figureOf(field);
  if (figure === null) return unknownTest;
  const tests = bounds.map(({ sign, value }) => sql`${figure} ${sign} ${float(value)}`);
  return openTest(figure, sql.join(tests, sql` and `), isNot);
}

function flagTest(field: string, wanted: boolean): SqlTest {
  const fact = factOf(field);
  const flag = fact === null ? columnOf(field)?.ref : sql`(p.fact_flags -> ${fact})::boolean`;
  if (flag === undefined) return unknownTest;
  return openTest(flag, wanted ? sql`${flag}` : sql`not ${flag}`, false);
}

function isKnown(field: string): RawBuilder<unknown> {
  const fact = factOf(field);
  if (fact !== null)
    return sql`p.fact_numbers ? ${fact}::text or p.fact_flags ? ${fact}::text or p.fact_sets ? ${fact}::text`;
  const own = fieldOf(field);
  if (own?.isComplete === true) return sql`true`;
  if (own?.kind === 'share') return sql`r.shares ? ${field}::text`;
  const zone = zoneOfWords(field);
  if (zone !== null) return sql`cardinality(${zone}) > 0`;
  const column = field === 'tier' ? sql`r.followers` : columnOf(field)?.ref;
  return column === undefined ? sql`false` : sql`${column} is not null`;
}

/** Places and prices: which values satisfy the filter was worked out from all values there are. */
function allowedTest(filter: Filter, world: TestWorld, isNot: boolean): SqlTest {
  const column = columnOf(filter.field)?.ref;
  const allowed = world.allowed.get(filter);
  if (column === undefined || allowed === undefined) return unknownTest;
  if (allowed.tells === null) return openTest(column, overlaps(column, allowed.holds), isNot);
  const is = sql`case when ${overlaps(column, allowed.tells)} then ${overlaps(column, allowed.holds)} end`;
  const holds = isNot ? sql`not (${is})` : sql`(${is})`;
  return {
    holds,
    mayHold: sql`(${holds}) is not false`,
    ...(isNot ? {} : { narrow: overlaps(column, allowed.holds) }),
  };
}

/** Sums of ten-thousandths are whole numbers, so they are the same in every engine. */
function shareTest(filter: FilterOf<'share'>, isNot: boolean): SqlTest {
  const share = shareOf(filter);
  if (share === null) return unknownTest;
  const min = shareAtLeast(filter.min ?? fieldOf(filter.field)?.minShare ?? 0);
  return openTest(sql`(r.shares -> ${filter.field})`, sql`${share} >= ${float(min)}`, isNot);
}

/** What the values of a share filter come to, in ten-thousandths; null where nothing is known of the audience. */
export function shareOf(filter: FilterOf<'share'>): RawBuilder<unknown> | null {
  const field = fieldOf(filter.field);
  if (field?.kind !== 'share') return null;
  const keys = filter.values.filter(isStorable).map((value) => valueKey(filter.field, value));
  const combine = field.combine === 'largest' ? sql`max` : sql`sum`;
  return sql`case when r.shares ? ${filter.field}::text then (
    select coalesce(${combine}(own.share::float8), 0) from jsonb_each_text(r.shares -> ${filter.field}) own (value, share)
    where own.value = any(${texts(keys)})) end`;
}

const wordZones: Record<string, string> = { hashtag: 'x.hashtags', mention: 'x.mentions', keyword: 'x.captions' };

function zoneOfWords(field: string): RawBuilder<unknown> | null {
  const zone = Object.hasOwn(wordZones, field) ? wordZones[field] : undefined;
  return zone === undefined ? null : sql.ref(zone);
}

/** Words of a value stand in a row in one hashtag, mention or caption. A person without any is not known to use the word or not. */
function wordsTest(field: string, values: readonly string[], isNot: boolean): SqlTest {
  const zone = zoneOfWords(field);
  if (zone === null) return unknownTest;
  const terms = values.map(tokenise).filter((words) => words.length > 0);
  const single = terms.flatMap((words) => (words.length === 1 ? words : []));
  const phrases = terms.filter((words) => words.length > 1);
  const tests = [
    sql`${zone} && ${texts(single)}`,
    ...phrases.map((words) =>
      holdsPhrase(
        zone,
        words.map((word) => [word]),
      ),
    ),
  ];
  const is = sql`case when cardinality(${zone}) > 0 then ${sql.join(tests, sql` or `)} end`;
  const holds = isNot ? sql`not (${is})` : sql`(${is})`;
  const first = terms.flatMap((words) => words.slice(0, 1));
  return {
    holds,
    mayHold: sql`(${holds}) is not false`,
    ...(isNot ? {} : { narrow: sql`x.words && ${texts(first)}` }),
  };
}
