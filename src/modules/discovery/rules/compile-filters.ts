import {
  distanceKm,
  type Filter,
  type FilterOf,
  fieldUnder,
  type OfferedPrice,
  priceOrigins,
  readPlaceValue,
  readPriceValue,
  type SearchQuery,
  type Tier,
} from '../api.ts';
import { foldValue } from './dictionary.ts';
import { fieldOf } from './field-kind.ts';
import { shareAtLeast } from './indexed-creator.ts';
import type { Bounds } from './number-column.ts';
import { readValues } from './packed-value-table.ts';
import type { Vocabulary } from './segment.ts';
import { type CompiledTerm, compileTerm } from './text-match.ts';
import { tokenise, zoneOfField } from './tokens.ts';

const dayMs = 86_400_000;

/** One test of one field, ready for the columns. */
export type Test =
  /** Codes count as a value only when they are `relevant`; null for all. */
  | { kind: 'codes'; allowed: Uint8Array; relevant: Uint8Array | null; not: boolean }
  | { kind: 'bounds'; bounds: Bounds; not: boolean }
  | { kind: 'tiers'; tiers: Bounds[]; not: boolean }
  | { kind: 'members'; lists: Members[]; not: boolean }
  | { kind: 'flag'; value: boolean; not: boolean }
  | { kind: 'words'; terms: CompiledTerm[]; zone: number; not: boolean }
  | ShareTest
  | { kind: 'known'; value: boolean };

/** Ids of persons, and the list they stand in: null for ids that were asked for themselves. */
export interface Members {
  listId: string | null;
  ids: ReadonlySet<string>;
}

export interface ShareTest {
  kind: 'share';
  allowed: Uint8Array;
  isLargest: boolean;
  /** In ten-thousandths. */
  min: number;
  not: boolean;
}

/** All tests of one field: the field's own facet looks past them together. */
export interface FieldTests {
  field: string;
  /** The column read: the field, or its median. */
  column: string;
  level: 'person' | 'profile';
  isComplete: boolean;
  tests: Test[];
}

export interface FilterWorld {
  vocabulary: Vocabulary;
  tiers: readonly Tier[];
  /** Members by list id. */
  lists: ReadonlyMap<string, ReadonlySet<string>>;
  nowMs: number;
  calculation: SearchQuery['calculation'];
}

/** Fields that may be filtered at once. */
export const fieldBitsMax = 29;

export function compileFilters(filters: readonly Filter[], world: FilterWorld): FieldTests[] {
  const byField = new Map<string, FieldTests>();
  for (const filter of filters) {
    const field = fieldOf(filter.field);
    if (field === null) continue;
    let group = byField.get(filter.field);
    if (group === undefined) {
      group = {
        field: filter.field,
        column: fieldUnder(filter.field, world.calculation),
        level: field.level,
        isComplete: field.isComplete === true,
        tests: [],
      };
      byField.set(filter.field, group);
    }
    group.tests.push(compileFilter(filter, world));
  }
  return [...byField.values()];
}

function compileFilter(filter: Filter, world: FilterWorld): Test {
  switch (filter.op) {
    case 'in':
      return compileIn(filter, world);
    case 'range':
      return bounds({ low: filter.min, high: filter.max, not: filter.not });
    case 'gt':
    case 'gte':
      return bounds({ low: filter.value, isLowOpen: filter.op === 'gt', not: filter.not });
    case 'lt':
    case 'lte':
      return bounds({ high: filter.value, isHighOpen: filter.op === 'lt', not: filter.not });
    case 'within':
      return bounds({ low: world.nowMs - filter.days * dayMs, not: filter.not });
    case 'is':
      return { kind: 'flag', value: filter.value, not: filter.not === true };
    case 'known':
      return { kind: 'known', value: filter.value };
    case 'share':
      return compileShare(filter, world.vocabulary);
    case 'price':
      return compilePrice(filter, world.vocabulary);
    case 'near':
      return compileNear(filter, world.vocabulary);
  }
}

function compileIn({ field, values, not = false }: FilterOf<'in'>, world: FilterWorld): Test {
  const kind = fieldOf(field)?.kind;
  if (field === 'creator') return { kind: 'members', lists: [{ listId: null, ids: new Set(values) }], not };
  if (field === 'list') {
    const lists = values.flatMap((listId) => {
      const ids = world.lists.get(listId);
      return ids === undefined ? [] : [{ listId, ids }];
    });
    return { kind: 'members', lists, not };
  }
  if (field === 'tier') {
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    const tiers = world.tiers.filter((tier) => wanted.has(tier.name.toLowerCase()));
    return { kind: 'tiers', tiers: tiers.map(tierBounds), not };
  }
  if (kind === 'words') return compileWords(field, values, { not, vocabulary: world.vocabulary });
  if (kind === 'place')
    return { kind: 'codes', allowed: placesNamed(field, values, world.vocabulary), relevant: null, not };
  return { kind: 'codes', allowed: codesOf(field, values, world.vocabulary), relevant: null, not };
}

function tierBounds(tier: Tier): Bounds {
  const high = tier.followersMax ?? Number.POSITIVE_INFINITY;
  return { low: tier.followersMin, high, isLowOpen: false, isHighOpen: true };
}

function codesOf(field: string, values: readonly string[], vocabulary: Vocabulary): Uint8Array {
  const dictionary = vocabulary.sets.get(field);
  const allowed = new Uint8Array(dictionary?.size ?? 1);
  for (const value of values) {
    const code = dictionary?.codeOf(value) ?? 0;
    if (code > 0) allowed[code] = 1;
  }
  return allowed;
}

/** A place is meant by its name, or by its whole value. */
function placesNamed(field: string, values: readonly string[], vocabulary: Vocabulary): Uint8Array {
  const allowed = codesOf(field, values, vocabulary);
  const dictionary = vocabulary.sets.get(field);
  if (dictionary === undefined) return allowed;
  const wanted = new Set(values.map(foldValue));
  readValues(dictionary, readPlaceValue).forEach(({ name }, code) => {
    if (code > 0 && wanted.has(foldValue(name))) allowed[code] = 1;
  });
  return allowed;
}

/** Words of a value stand in a row in one hashtag, mention or caption. */
function compileWords(field: string, values: readonly string[], how: { not: boolean; vocabulary: Vocabulary }): Test {
  const zone = zoneOfField(field);
  const terms = values
    .map((value) => ({ words: tokenise(value), isPrefix: false, zones: zone, source: value }))
    .filter((term) => term.words.length > 0);
  return { kind: 'words', terms: terms.map((term) => compileTerm(term, how.vocabulary.terms)), zone, not: how.not };
}

export function compileShare(filter: FilterOf<'share'>, vocabulary: Vocabulary): ShareTest {
  const field = fieldOf(filter.field);
  return {
    kind: 'share',
    allowed: codesOf(filter.field, filter.values, vocabulary),
    isLargest: field?.combine === 'largest',
    min: shareAtLeast(filter.min ?? field?.minShare ?? 0),
    not: filter.not === true,
  };
}

/** Prices in another currency, format or of another origin say nothing: they are as good as unknown. */
function compilePrice(filter: FilterOf<'price'>, vocabulary: Vocabulary): Test {
  const dictionary = vocabulary.sets.get('price');
  const allowed = new Uint8Array(dictionary?.size ?? 1);
  const relevant = new Uint8Array(allowed.length);
  const origins = filter.origins ?? priceOrigins.filter((origin) => origin !== 'estimate');
  const low = Number(filter.minMinor ?? 0);
  const high = filter.maxMinor === undefined ? Number.POSITIVE_INFINITY : Number(filter.maxMinor);
  const isMeant = (price: OfferedPrice) =>
    price.currency.toUpperCase() === filter.currency.toUpperCase() &&
    (filter.format === undefined || price.format === filter.format) &&
    origins.includes(price.origin);
  const prices = dictionary === undefined ? [] : readValues(dictionary, readPriceValue);
  prices.forEach((price, code) => {
    if (price === null || !isMeant(price)) return;
    relevant[code] = 1;
    if (price.lowMinor <= high && price.highMinor >= low) allowed[code] = 1;
  });
  return { kind: 'codes', allowed, relevant, not: filter.not === true };
}

/** Of a place whose position is not known the distance is not known. */
function compileNear(filter: FilterOf<'near'>, vocabulary: Vocabulary): Test {
  const dictionary = vocabulary.sets.get(filter.field);
  const allowed = new Uint8Array(dictionary?.size ?? 1);
  const relevant = new Uint8Array(allowed.length);
  const { lat, lon } = filter;
  const places = dictionary === undefined ? [] : readValues(dictionary, readPlaceValue);
  places.forEach((place, code) => {
    if (place.lat === null || place.lon === null || lat === undefined || lon === undefined) return;
    relevant[code] = 1;
    if (distanceKm({ lat, lon }, { lat: place.lat, lon: place.lon }) <= filter.km) allowed[code] = 1;
  });
  return { kind: 'codes', allowed, relevant, not: filter.not === true };
}

function bounds(given: {
  low?: number | undefined;
  high?: number | undefined;
  isLowOpen?: boolean;
  isHighOpen?: boolean;
  not?: boolean | undefined;
}): Test {
  return {
    kind: 'bounds',
    bounds: {
      low: given.low ?? Number.NEGATIVE_INFINITY,
      high: given.high ?? Number.POSITIVE_INFINITY,
      isLowOpen: given.isLowOpen === true,
      isHighOpen: given.isHighOpen === true,
    },
    not: given.not === true,
  };
}
