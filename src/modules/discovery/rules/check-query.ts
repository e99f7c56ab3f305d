import type { ErrorDetail } from '#kernel/errors.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { platforms } from '#kernel/platform.ts';
import {
  audienceAges,
  audienceGenders,
  type Filter,
  readPlaceValue,
  type SearchQuery,
  searchFields,
  type Tier,
} from '../api.ts';
import { fieldBitsMax } from './compile-filters.ts';
import { foldValue } from './dictionary.ts';
import { fieldOf, sortOnly } from './field-kind.ts';
import { filterFault } from './filter-faults.ts';
import { didYouMean } from './near-miss.ts';
import type { Vocabulary } from './segment.ts';
import { parseText, termsMax } from './text-query.ts';

type AskedQuery = Pick<
  SearchQuery,
  'text' | 'filters' | 'sort' | 'facets' | 'facetCurrency' | 'about' | 'similarTo' | 'audienceLike'
>;

/** Kinds of field that have no values to count creators by. */
const uncounted: ReadonlySet<string> = new Set(['words']);

/** Faults of a query that need no index to be seen: unknown fields, operations that do not fit, bounds the wrong way round. */
export function queryFaults(query: AskedQuery): ErrorDetail[] {
  const faults: ErrorDetail[] = [];
  query.filters.forEach((filter, index) => {
    const message = filterFault(filter);
    if (message !== null) faults.push({ field: `filters.${index}`, message });
  });
  const sorting = sortFault(query);
  if (sorting !== null) faults.push({ field: 'sort.field', message: sorting });
  const names = Object.keys(searchFields);
  query.facets.forEach((facet, index) => {
    const kind = fieldOf(facet)?.kind ?? null;
    if (kind === null || facet === 'creator' || uncounted.has(kind))
      faults.push({ field: `facets.${index}`, message: `cannot count '${facet}', ${didYouMean(facet, names)}` });
  });
  faults.push(...currencyFaults(query));
  const distinct = new Set(query.filters.map((filter) => filter.field)).size;
  if (distinct > fieldBitsMax)
    faults.push({
      field: 'filters',
      message: `filters of ${distinct} different fields; at most ${fieldBitsMax} at once`,
    });
  const terms = query.text === undefined ? 0 : parseText(query.text).all.length + parseText(query.text).none.length;
  if (terms > termsMax)
    faults.push({ field: 'text', message: `${terms} different words; at most ${termsMax} can be searched at once` });
  const nearTo = (['about', 'similarTo', 'audienceLike'] as const).filter((name) => query[name] !== undefined);
  if (nearTo.length > 1)
    faults.push({ field: nearTo[1] ?? '', message: `${nearTo.join(' and ')} cannot be asked at once; keep one` });
  return faults;
}

/** Prices are counted in one currency: that of a price filter, or the one named. */
function currencyFaults({ facets, filters, facetCurrency }: AskedQuery): ErrorDetail[] {
  if (facetCurrency !== undefined && !isKnownCurrency(facetCurrency.toUpperCase()))
    return [{ field: 'facetCurrency', message: `'${facetCurrency}' is no currency; use a code such as EUR` }];
  const isNamed = facetCurrency !== undefined || filters.some((filter) => filter.op === 'price');
  const at = facets.indexOf('price');
  if (at < 0 || isNamed) return [];
  return [{ field: `facets.${at}`, message: 'prices are counted in one currency: name it as facetCurrency' }];
}

/** An audience field sorts by the shares a filter of the query asks for, so it needs one. */
function sortFault(query: AskedQuery): string | null {
  const name = query.sort?.field;
  if (name === undefined || sortOnly.some((one) => one === name)) return null;
  const field = fieldOf(name);
  if (field === null)
    return `cannot sort by '${name}', ${didYouMean(name, [...Object.keys(searchFields), ...sortOnly])}`;
  if (field.kind === 'words' || field.kind === 'price')
    return `cannot sort by '${name}': a creator has many; sort by a figure, name, handle or relevance`;
  if (field.kind !== 'share') return null;
  const isAsked = query.filters.some((filter) => filter.op === 'share' && filter.field === name && filter.not !== true);
  return isAsked ? null : `sorting by ${name} needs a filter that says which of its values are meant`;
}

/** What is known of values when a query is checked against an index. */
export interface KnownValues {
  vocabulary: Pick<Vocabulary, 'sets'>;
  tiers: readonly Tier[];
  listIds: readonly string[];
  /** Codes by lower-case English name; null when the field takes any value. */
  countries: ReadonlyMap<string, string>;
  languages: ReadonlyMap<string, string>;
}

/** Facts that are stated only where they hold, so that a creator without one is one of whom it does not hold. */
const onlyIfSo: ReadonlySet<string> = new Set(['fact.contacted', 'fact.worked_with', 'fact.do_not_work']);

/** Countries and languages may be given by name; values come back as codes. "Not contacted" is asked for as "no contact is stated". */
export function withCodes(filters: readonly Filter[], known: Pick<KnownValues, 'countries' | 'languages'>): Filter[] {
  return filters.map((filter) => {
    if (filter.op === 'is' && onlyIfSo.has(filter.field) && (filter.value === false) !== (filter.not === true))
      return { field: filter.field, op: 'known', value: false };
    if (filter.op !== 'in' && filter.op !== 'share') return filter;
    const isCountry = filter.field === 'country' || filter.field === 'audience.country';
    const isLanguage = filter.field === 'language' || filter.field === 'audience.language';
    const codes = isCountry ? known.countries : isLanguage ? known.languages : null;
    return codes === null
      ? filter
      : { ...filter, values: filter.values.map((value) => codes.get(value.toLowerCase()) ?? value) };
  });
}

/** Values that no creator has and that are not values of the field at all, each with its near misses. */
export function valueFaults(filters: readonly Filter[], known: KnownValues): ErrorDetail[] {
  const faults: ErrorDetail[] = [];
  filters.forEach((filter, index) => {
    if ((filter.op !== 'in' && filter.op !== 'share') || filter.field === 'creator') return;
    // Any word may be asked for: one that nobody uses matches nobody.
    if (fieldOf(filter.field)?.kind === 'words') return;
    const dictionary = known.vocabulary.sets.get(filter.field);
    // What some creator has is a value, whatever else there is.
    if (dictionary !== undefined && filter.values.every((value) => dictionary.codeOf(value) > 0)) return;
    const values = knownValuesOf(filter.field, known);
    const folded = new Set(values.all.map(foldValue));
    filter.values.forEach((value, position) => {
      if (folded.has(foldValue(value))) return;
      faults.push({
        field: `filters.${index}.values.${position}`,
        message: `no ${nounOf(filter.field)} '${value}', ${didYouMean(value, values.said)}`,
      });
    });
  });
  return faults.slice(0, 20);
}

function nounOf(field: string): string {
  return (fieldOf(field)?.label ?? field).toLowerCase();
}

function knownValuesOf(field: string, known: KnownValues): { all: string[]; said: string[] } {
  const same = (values: string[]) => ({ all: values, said: values });
  switch (field) {
    case 'platform':
      return same([...platforms]);
    case 'tier':
      return same(known.tiers.map((tier) => tier.name));
    case 'list':
      return same([...known.listIds]);
    case 'audience.age':
      return same([...audienceAges]);
    case 'audience.gender':
    case 'audience.engagersGender':
      return same([...audienceGenders]);
    case 'network':
      return same([...platforms]);
    case 'home':
    case 'postPlace':
      return same((known.vocabulary.sets.get(field)?.values() ?? []).map((value) => readPlaceValue(value).name));
    case 'country':
    case 'audience.country':
      return { all: [...known.countries.values()], said: namesIn(known.countries) };
    case 'language':
    case 'audience.language':
      return {
        all: [...known.languages.values(), ...(known.vocabulary.sets.get(field)?.values() ?? [])],
        said: namesIn(known.languages),
      };
    default:
      return same(known.vocabulary.sets.get(field)?.values() ?? []);
  }
}

/** Names, not codes, with capitals. */
function namesIn(codes: ReadonlyMap<string, string>): string[] {
  return [...codes.keys()]
    .filter((key) => key.length > 2)
    .map((name) => name.replace(/(^|[\s-])\p{L}/gu, (start) => start.toUpperCase()));
}

/** Filters that each make sense but together can match nobody, said in words. */
export function contradictions(filters: readonly Filter[]): string[] {
  const bounds = new Map<string, { low: number; high: number }>();
  for (const filter of filters) {
    const own = boundsOf(filter);
    if (own === null) continue;
    const before = bounds.get(filter.field) ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    bounds.set(filter.field, { low: Math.max(before.low, own.low), high: Math.min(before.high, own.high) });
  }
  const notes = [...bounds]
    .filter(([, { low, high }]) => low > high)
    .map(
      ([field, { low, high }]) =>
        `${nounOf(field)} cannot be at least ${low} and at most ${high}: no creator can match.`,
    );
  for (const filter of filters) {
    if (filter.op !== 'known' || filter.value) continue;
    if (filters.some((other) => other.field === filter.field && other.op !== 'known'))
      notes.push(`${nounOf(filter.field)} is asked to be unknown and to have a value: no creator can match.`);
  }
  return [...new Set(notes)];
}

function boundsOf(filter: Filter): { low: number; high: number } | null {
  if ('not' in filter && filter.not === true) return null;
  const all = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  if (filter.op === 'range') return { low: filter.min ?? all.low, high: filter.max ?? all.high };
  if (filter.op === 'gt' || filter.op === 'gte') return { ...all, low: filter.value };
  if (filter.op === 'lt' || filter.op === 'lte') return { ...all, high: filter.value };
  return null;
}
