import fc from 'fast-check';
import { audienceDimensions, type Filter, type PriceOrigin, priceOrigins, searchFields } from '../api.ts';
import { fieldOf, sortOnly } from '../rules/field-kind.ts';
import type { EngineQuery } from '../search-engine.ts';
import { factPool, personPool, placePool, valuePool, vectors, wordPool } from './arbitrary-creators.ts';

export const listIds = ['lst_a', 'lst_b', 'lst_empty'] as const;

const facts = factPool.map((fact) => `fact.${fact}`);
const fields = [...Object.keys(searchFields), ...facts];
const ofKind = (...kinds: string[]) => fields.filter((field) => kinds.includes(fieldOf(field)?.kind ?? ''));
const fieldsOf = (...kinds: string[]) => fc.constantFrom(...ofKind(...kinds));
const not = fc.constantFrom({}, {}, { not: true }, { not: false });
const bounds = fc.constantFrom(0, 0.005, 0.034, 0.3, 0.30000000000000004, 1, 500, 1000, 10_000, 60_000, 1e12, -0.05);

const pools: Record<string, readonly string[]> = {
  ...valuePool,
  creator: [...personPool, 'per_nobody'],
  platform: ['instagram', 'TikTok', 'youtube', 'blog'],
  network: ['instagram', 'tiktok'],
  tier: ['nano', 'Micro', 'mid', 'mega'],
  list: listIds,
  country: ['IE', 'Ireland', 'nl', 'GB'],
  language: ['en', 'Dutch', 'NL'],
  hashtag: wordPool,
  mention: wordPool,
  keyword: [...wordPool, 'slow morning', 'oat-vegan'],
  home: ['Leipzig', 'halle', 'Zürich|47.3769|8.5417'],
  postPlace: ['Leipzig', 'Nowhere'],
  'audience.country': ['IE', 'Netherlands'],
  'audience.age': ['13-17', '18-24', '25-34'],
  'audience.gender': ['female', 'male'],
  'audience.engagersGender': ['female'],
  'audience.language': ['en', 'nl'],
  'audience.interest': ['food', 'sport'],
};
for (const fact of facts) pools[fact] = ['warm', 'cold', '🥐', 'ｗide'];
// One in many is a value that nobody has, or that no database takes.
const strange = ['nothing', "'; drop table search_person; --", '\0', '\ud800', '%', '\\'];

const valuesFor = (field: string) =>
  fc.array(
    fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...(pools[field] ?? ['unknown value'])) },
      { weight: 1, arbitrary: fc.constantFrom(...strange) },
    ),
    { minLength: 1, maxLength: 3 },
  );

const inFilter = fieldsOf('set', 'words', 'place', 'fact').chain((field) =>
  fc.tuple(valuesFor(field), not).map(([values, turned]): Filter => ({ field, op: 'in', values, ...turned })),
);
const rangeFilter = fc
  .tuple(fieldsOf('number', 'fact'), fc.tuple(bounds, bounds), fc.constantFrom('min', 'max', 'both'), not)
  .map(([field, [a, b], which, turned]): Filter => {
    const [min, max] = a < b ? [a, b] : [b, a];
    return {
      field,
      op: 'range',
      ...(which === 'max' ? {} : { min }),
      ...(which === 'min' ? {} : { max }),
      ...turned,
    };
  });
const boundFilter = fc
  .tuple(
    fieldsOf('number', 'fact'),
    fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    bounds,
    not,
  )
  .map(([field, op, value, turned]): Filter => ({ field, op, value, ...turned }));
const withinFilter = fc
  .tuple(fieldsOf('date'), fc.constantFrom(1, 7, 30, 90, 365), not)
  .map(([field, days, turned]): Filter => ({ field, op: 'within', days, ...turned }));
const flagFilter = fc
  .tuple(fieldsOf('flag', 'fact'), fc.boolean(), not)
  .map(([field, value, turned]): Filter => ({ field, op: 'is', value, ...turned }));
const knownFilter = fc
  .tuple(fc.constantFrom(...fields), fc.boolean())
  .map(([field, value]): Filter => ({ field, op: 'known', value }));
const shareFilter = fc.constantFrom(...audienceDimensions).chain((dimension) =>
  fc.tuple(valuesFor(`audience.${dimension}`), fc.constantFrom(undefined, 0.0001, 0.2, 0.3, 0.5, 0.55, 1), not).map(
    ([values, min, turned]): Filter => ({
      field: `audience.${dimension}`,
      op: 'share',
      values,
      ...(min === undefined ? {} : { min }),
      ...turned,
    }),
  ),
);
const priceFilter = fc
  .tuple(
    fc.constantFrom('EUR', 'usd'),
    fc.constantFrom({}, { minMinor: '20000' }, { maxMinor: '25000' }, { minMinor: '0', maxMinor: '30000' }),
    fc.constantFrom({ format: 'post' as const }, {}, {}),
    fc.constantFrom<{ origins?: PriceOrigin[] }>({}, {}, { origins: [...priceOrigins] }, { origins: ['estimate'] }),
    not,
  )
  .map(
    ([currency, bound, format, origins, turned]): Filter => ({
      field: 'price',
      op: 'price',
      currency,
      ...(Object.keys(bound).length === 0 ? { minMinor: '100' } : bound),
      ...format,
      ...origins,
      ...turned,
    }),
  );
const nearFilter = fc
  .tuple(
    fc.constantFrom('home', 'postPlace'),
    fc.constantFrom(...placePool.filter((place) => place.lat !== null)),
    fc.constantFrom(0.5, 5, 40, 500),
    not,
  )
  .map(
    ([field, { lat, lon }, km, turned]): Filter => ({ field, op: 'near', lat: lat ?? 0, lon: lon ?? 0, km, ...turned }),
  );

const filters = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: inFilter },
    { weight: 2, arbitrary: rangeFilter },
    { weight: 2, arbitrary: boundFilter },
    { weight: 1, arbitrary: withinFilter },
    { weight: 1, arbitrary: flagFilter },
    { weight: 2, arbitrary: knownFilter },
    { weight: 1, arbitrary: shareFilter },
    { weight: 1, arbitrary: priceFilter },
    { weight: 1, arbitrary: nearFilter },
  ),
  { maxLength: 4 },
);

// Words as they are, with signs, begun, in a row, with slips, and what is no word at all.
const word = fc.oneof(
  fc.constantFrom(...wordPool),
  fc.constantFrom('sourdogh', 'mornign', 'bred', 'vegn', 'slwo', 'nell', 'zzzzz', 'per', '\0', '\ud83e', "'--"),
);
const piece = fc
  .tuple(
    fc.constantFrom('', '', '', '-', '#', '@', '-#'),
    fc.oneof(
      { weight: 5, arbitrary: word },
      { weight: 2, arbitrary: word.map((one) => `${[...one].slice(0, 2).join('')}*`) },
      { weight: 3, arbitrary: fc.array(word, { minLength: 2, maxLength: 3 }).map((some) => `"${some.join(' ')}"`) },
      { weight: 1, arbitrary: fc.tuple(word, word).map(([a, b]) => `${a}-${b}*`) },
    ),
  )
  .map(([sign, body]) => sign + body);
const text = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map((some) => some.join(' ')) },
);
const sort = fc.option(
  fc.record({
    field: fc.constantFrom(...fields, ...sortOnly),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  { nil: undefined, freq: 4 },
);
const facets = fc.uniqueArray(fc.constantFrom(...fields.filter((field) => field !== 'creator')), { maxLength: 4 });

/** Questions of every kind, some of which no engine takes. */
export const arbitraryQuery: fc.Arbitrary<EngineQuery> = fc
  .record({
    filters,
    text,
    sort,
    facets,
    limit: fc.constantFrom(1, 3, 10, 50),
    calculation: fc.constantFrom(undefined, undefined, 'average' as const, 'median' as const),
    tolerant: fc.constantFrom(undefined, undefined, false),
    nearTo: fc.option(vectors, { nil: undefined, freq: 6 }),
    facetCurrency: fc.constantFrom('EUR', 'eur', 'USD', 'JPY', undefined),
  })
  .map(({ text: words, sort: order, calculation, tolerant, nearTo, facetCurrency, ...query }) => ({
    ...query,
    ...(words === undefined ? {} : { text: words }),
    ...(order === undefined ? {} : { sort: order }),
    ...(calculation === undefined ? {} : { calculation }),
    ...(tolerant === undefined ? {} : { tolerant }),
    ...(nearTo === undefined ? {} : { nearTo }),
    ...(facetCurrency === undefined ? {} : { facetCurrency }),
  }));
