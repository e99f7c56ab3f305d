import fc from 'fast-check';
import { defaultTiers, type Filter } from '../api.ts';
import { aCreator, aProfile } from './a-creator.ts';
import type { SearchContext } from './prepare-question.ts';

// A second, plain reading of the same promises: a scan of all creators with no index, no codes and no bits.

export const nowMs = Date.parse('2026-05-01T00:00:00Z');
export const dayMs = 86_400_000;
export const context: SearchContext = {
  tiers: defaultTiers,
  countries: new Map([
    ['ie', 'IE'],
    ['ireland', 'IE'],
    ['nl', 'NL'],
    ['gb', 'GB'],
  ]),
  languages: new Map([
    ['en', 'en'],
    ['nl', 'nl'],
  ]),
  nowMs,
};

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
export const words = ['oat', 'vegan', 'bread', 'slow', 'morning', 'café', 'run'];
const texts = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((some) => some.join(' '));
export const niches = ['baking', 'running', 'beauty'];

const profiles = fc.record({
  platform: fc.constantFrom('instagram' as const, 'tiktok' as const),
  bio: maybe(texts),
  category: maybe(fc.constantFrom('Blogger', 'Shop')),
  isVerified: maybe(fc.boolean()),
  followers: maybe(fc.constantFrom(500, 1000, 5000, 10_000, 60_000, 2_000_000)),
  engagementRate: maybe(fc.constantFrom(0, 0.01, 0.034, 0.2)),
  lastPostAt: maybe(fc.integer({ min: 0, max: 400 }).map((days) => new Date(nowMs - days * dayMs).toISOString())),
});

export const creatorsArbitrary = fc
  .array(
    fc.record({
      name: maybe(texts),
      country: maybe(fc.constantFrom('IE', 'NL', 'GB')),
      languages: fc.uniqueArray(fc.constantFrom('en', 'nl')),
      niches: fc.uniqueArray(fc.constantFrom(...niches)),
      tags: fc.uniqueArray(fc.constantFrom('vip', 'new')),
      hasEmail: fc.boolean(),
      captions: fc.array(texts, { maxLength: 3 }),
      hashtags: fc.array(fc.constantFrom(...words), { maxLength: 2 }),
      facts: fc.record({ credibility: fc.constantFrom(0.4, 0.9), open_to_offers: fc.boolean() }, { requiredKeys: [] }),
      profiles: fc.array(profiles, { maxLength: 3 }),
    }),
    { maxLength: 25 },
  )
  .map((drawn) =>
    drawn.map((one, index) =>
      aCreator(`per_${String((index * 7) % 26).padStart(3, '0')}`, {
        ...one,
        profiles: one.profiles.map((profile, at) => aProfile(`prf_${index}_${at}`, profile)),
      }),
    ),
  );

const not = fc.constantFrom(true, false, undefined).map((value) => (value === undefined ? {} : { not: value }));
const someOf = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const inFilter = (field: string, values: readonly string[]) =>
  fc.tuple(someOf(values), not).map(([chosen, negated]): Filter => ({ field, op: 'in', values: chosen, ...negated }));
export const filtersArbitrary = fc.array(
  fc.oneof(
    inFilter('platform', ['instagram', 'tiktok']),
    inFilter('tier', ['nano', 'micro', 'mega']),
    inFilter('country', ['IE', 'NL', 'GB']),
    inFilter('list', ['lst_a', 'lst_b']),
    inFilter('creator', ['per_000', 'per_007', 'per_nobody']),
    fc
      .tuple(
        fc.constantFrom('followers', 'engagementRate', 'fact.credibility'),
        fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
        fc.constantFrom(0.034, 0.4, 1000, 10_000),
        not,
      )
      .map(([field, op, value, negated]): Filter => ({ field, op, value, ...negated })),
    fc
      .tuple(fc.constantFrom(0, 1000, 5000), not)
      .map(([min, negated]): Filter => ({ field: 'followers', op: 'range', min, max: 60_000, ...negated })),
    fc
      .tuple(fc.constantFrom(7, 30, 365), not)
      .map(([days, negated]): Filter => ({ field: 'lastPost', op: 'within', days, ...negated })),
    fc
      .tuple(fc.constantFrom('verified', 'hasEmail', 'fact.open_to_offers'), fc.boolean(), not)
      .map(([field, value, negated]): Filter => ({ field, op: 'is', value, ...negated })),
    fc
      .tuple(fc.constantFrom('engagementRate', 'niche', 'fact.open_to_offers', 'tier', 'verified', 'tag'), fc.boolean())
      .map(([field, value]): Filter => ({ field, op: 'known', value })),
  ),
  { maxLength: 4 },
);
export const textArbitrary = fc.constantFrom(
  undefined,
  undefined,
  'oat',
  'Vegan bread',
  '"slow morning"',
  'oat -vegan',
  'br*',
  '-run',
  '#oat',
  'cafe',
);
export const sortArbitrary = fc.constantFrom(
  undefined,
  ...[
    'followers',
    'engagementRate',
    'name',
    'country',
    'niche',
    'lastPost',
    'hasEmail',
    'fact.credibility',
    'category',
  ].flatMap((field) => [
    { field, direction: 'asc' as const },
    { field, direction: 'desc' as const },
  ]),
);

export const lists: Record<string, string[]> = { lst_a: ['per_000', 'per_014', 'per_gone'], lst_b: ['per_007'] };
export const facetFields = [
  'platform',
  'tier',
  'niche',
  'country',
  'lastPost',
  'hasEmail',
  'list',
  'followers',
  'engagementRate',
  'tag',
  'fact.credibility',
];
