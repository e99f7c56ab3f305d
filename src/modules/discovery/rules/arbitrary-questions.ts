import fc from 'fast-check';
import { defaultTiers, type Filter } from '../api.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import type { SearchContext } from './prepare-question.ts';

// All that can be asked, against a scan of all creators written for clarity; the index built at once, by changes and removals, merged, and
// saved and read back.

const nowMs = Date.parse('2026-05-01T00:00:00Z');
export const context: SearchContext = {
  tiers: defaultTiers,
  countries: new Map(['DE', 'NL', 'IE'].map((code) => [code.toLowerCase(), code])),
  languages: new Map([['en', 'en']]),
  nowMs,
};
export const vectorModel = 'test';
export const dims = 16;

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const words = ['oat', 'vegan', 'slow', 'café', 'خبز', '🍞'];
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
const share = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10);
const places = [
  { name: 'Leipzig', lat: 51.3397, lon: 12.3731 },
  { name: 'Halle', lat: 51.4825, lon: 11.9705 },
  { name: 'Cork', lat: 51.898, lon: -8.4706 },
  { name: 'Nowhere', lat: null, lon: null },
];
const price = fc.record({
  format: fc.constantFrom('post' as const, 'story' as const, null),
  currency: fc.constantFrom('EUR', 'USD'),
  lowMinor: fc.constantFrom(5_000, 20_000, 90_000),
  highMinor: fc.constant(0),
  origin: fc.constantFrom('rate_card' as const, 'creator' as const, 'estimate' as const),
});
const profile = fc.record({
  platform: fc.constantFrom('instagram' as const, 'tiktok' as const),
  handle: fc.constantFrom('Oat', 'Slow.Run', 'zeta'),
  displayName: maybe(text),
  bio: maybe(text),
  followers: maybe(fc.constantFrom(900, 5000, 5001, 60_000, 3_000_000_000)),
  engagementRate: maybe(fc.constantFrom(0.01, 0.0345678, 0.2)),
  medianEngagementRate: maybe(fc.constantFrom(0.02, 0.1)),
  isVerified: maybe(fc.boolean()),
  audience: maybe(
    fc.record({
      distributions: fc.record(
        {
          country: fc.dictionary(fc.constantFrom('DE', 'NL', 'IE'), share),
          interest: fc.dictionary(fc.constantFrom('food', 'sport'), share),
        },
        { requiredKeys: [] },
      ),
      credibility: maybe(share),
      adultShare: fc.constant(null),
      n: fc.constant(500),
    }),
  ),
});
export const drawn = fc.record({
  name: maybe(text),
  country: maybe(fc.constantFrom('DE', 'NL', 'IE')),
  niches: fc.uniqueArray(fc.constantFrom('baking', 'running', 'beauty')),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'new')),
  hashtags: fc.array(text, { maxLength: 2 }),
  mentions: fc.array(fc.constantFrom('jo_doe', 'oat'), { maxLength: 1 }),
  captions: fc.array(text, { maxLength: 3 }),
  facts: fc.record({ vetting_score: fc.constantFrom(10, 77.5), open_to_offers: fc.boolean() }, { requiredKeys: [] }),
  isSuppressed: fc.constantFrom(false, false, true),
  home: maybe(fc.constantFrom(...places)),
  prices: fc.array(price, { maxLength: 2 }),
  vector: maybe(fc.array(fc.integer({ min: -127, max: 127 }), { minLength: dims, maxLength: dims })),
  profiles: fc.array(profile, { maxLength: 3 }),
});
export type Drawn = typeof drawn extends fc.Arbitrary<infer One> ? One : never;

const noFigures = {
  url: null,
  category: null,
  accountType: null,
  isPrivate: null,
  following: null,
  postCount: null,
  avgLikes: null,
  avgComments: null,
  avgViews: null,
  lastPostAt: null,
  growth: null,
  provenance: {},
};

export function creatorOf(id: string, { vector, prices, profiles, ...rest }: Drawn): IndexedCreator {
  return {
    personId: id,
    region: null,
    city: null,
    languages: [],
    hasEmail: false,
    ownerId: null,
    ...rest,
    prices: prices.map((one) => ({ ...one, highMinor: one.lowMinor })),
    vector: vector === null ? null : { model: vectorModel, scale: 1, values: Int8Array.from(vector) },
    profiles: profiles.map((one, at) => ({ ...noFigures, ...one, profileId: `prf_${id}_${at}` })),
  };
}

const negation = fc.constantFrom({}, { not: true }, { not: false });
const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('hashtag', 'mention', 'keyword'),
      some(['oat', 'slow vegan', 'Jo_Doe', 'خبز', '!!']),
      negation,
    )
    .map(([field, values, not]): Filter => ({ field, op: 'in', values, ...not })),
  fc
    .tuple(fc.constantFrom('niche', 'country', 'platform', 'tag', 'tier', 'home'), negation)
    .map(([field, not]): Filter => ({ field, op: 'in', values: [valueFor[field] ?? ''], ...not })),
  fc
    .tuple(
      fc.constantFrom('followers', 'engagementRate', 'fact.vetting_score', 'audienceCredibility'),
      fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
      fc.constantFrom(0.0345678, 0.1, 5000, 5000.5, 3_000_000_000, -1e12),
      negation,
    )
    .map(([field, op, value, not]): Filter => ({ field, op, value, ...not })),
  fc
    .tuple(some(['DE', 'NL']), fc.constantFrom({}, { min: 0.5 }, { min: 1 }), negation)
    .map(([values, min, not]): Filter => ({ field: 'audience.country', op: 'share', values, ...min, ...not })),
  negation.map((not): Filter => ({ field: 'audience.interest', op: 'share', values: ['food', 'sport'], ...not })),
  fc
    .tuple(
      fc.constantFrom({}, { minMinor: '10000' }, { maxMinor: '20000' }),
      fc.constantFrom({}, { format: 'post' as const }, { origins: ['estimate' as const] }),
      negation,
    )
    .map(
      ([bound, more, not]) => ({ field: 'price', op: 'price', currency: 'EUR', ...bound, ...more, ...not }) as Filter,
    ),
  fc
    .tuple(fc.constantFrom(10, 40, 2000), negation)
    .map(([km, not]): Filter => ({ field: 'home', op: 'near', lat: 51.34, lon: 12.37, km, ...not })),
  fc
    .tuple(fc.constantFrom('suppressed', 'verified', 'fact.open_to_offers'), fc.boolean(), negation)
    .map(([field, value, not]): Filter => ({ field, op: 'is', value, ...not })),
  fc
    .tuple(
      fc.constantFrom('hashtag', 'keyword', 'audience.country', 'price', 'home', 'engagementRate', 'niche', 'tier'),
      fc.boolean(),
    )
    .map(([field, value]): Filter => ({ field, op: 'known', value })),
);
const valueFor: Record<string, string> = {
  niche: 'baking',
  country: 'DE',
  platform: 'tiktok',
  tag: 'vip',
  tier: 'nano',
  home: 'leipzig',
};

export interface Asked {
  filters: Filter[];
  calculation: 'average' | 'median' | undefined;
  text: string | undefined;
  nearTo: number[] | null;
  sort: { field: string; direction: 'asc' | 'desc' } | undefined;
}
export const asked: fc.Arbitrary<Asked> = fc.record({
  filters: fc.array(filter, { maxLength: 4 }),
  calculation: fc.constantFrom('average' as const, 'median' as const, undefined),
  text: fc.constantFrom(undefined, undefined, 'oat', '"slow vegan"', 'خبز', '🍞 -oat', 've*'),
  nearTo: fc.option(fc.array(fc.integer({ min: -127, max: 127 }), { minLength: dims, maxLength: dims }), { freq: 3 }),
  sort: fc.constantFrom(
    undefined,
    ...['followers', 'engagementRate', 'handle', 'home', 'audience.country', 'audienceCredibility'].flatMap((field) => [
      { field, direction: 'asc' as const },
      { field, direction: 'desc' as const },
    ]),
  ),
});
export const facetFields = ['niche', 'platform', 'tier', 'home', 'engagementRate', 'fact.open_to_offers', 'suppressed'];
