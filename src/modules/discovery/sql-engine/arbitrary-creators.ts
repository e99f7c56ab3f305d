import fc from 'fast-check';
import { aCreator, aProfile } from '../rules/a-creator.ts';
import type { IndexedCreator, IndexedProfile } from '../rules/indexed-creator.ts';

/** The day that invented creators stand at. */
export const standingMs = Date.parse('2026-05-01T00:00:00Z');
const dayMs = 86_400_000;

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 3 });
const some = <Value>(values: readonly Value[], maxLength = 3) =>
  fc.array(fc.constantFrom(...values), { minLength: 0, maxLength });

// Accents in two forms, scripts without spaces, wide letters, emoji: what folding and sorting may get wrong.
export const wordPool = [
  'oat',
  'vegan',
  'Vegan',
  'bread',
  'slow',
  'morning',
  'café',
  'cafe\u0301',
  'running',
  'run',
  'sourdough',
  'ｖｅｇａｎ',
  '面包',
  'パン',
  '🥐',
  'שלום',
  'ΟΔΟΣ',
  'İstanbul',
  'straße',
  '2026',
] as const;
const texts = fc
  .tuple(fc.array(fc.constantFrom(...wordPool), { maxLength: 5 }), fc.constantFrom(' ', ', ', '-', '\n', ' #', ' @'))
  .map(([words, between]) => words.join(between));
const names = fc.oneof(
  texts,
  fc.constantFrom(
    'Nell',
    'nell',
    'NELL ',
    'Ｎell',
    '🥐 Nell',
    '\ue000',
    '\uffee',
    'Émile',
    'E\u0301mile',
    '',
    '  ',
    'ǅ',
  ),
);

export const valuePool = {
  niche: ['Baking', 'baking ', 'BAKING', 'Running', 'Crème', 'Cre\u0300me', '🥐', 'ｗide', ' '],
  country: ['IE', 'NL', 'GB', 'ie'],
  region: ['Leinster', 'leinster', 'Utrecht'],
  city: ['Leipzig', 'LEIPZIG', 'Zürich', '東京'],
  language: ['en', 'nl', 'EN'],
  tag: ['vip', 'VIP', 'new'],
  owner: ['usr_a', 'usr_b'],
  category: ['Blogger', 'blogger', 'Shop', ''],
  accountType: ['creator', 'business'],
  contact: ['email', 'phone'],
  sponsor: ['Acme', 'acme', 'Zeta'],
  interest: ['food', 'sport'],
  declaredGender: ['female', 'male'],
  format: ['reel', 'story'],
} as const;
export const factPool = ['credibility', 'contacted', 'vetting_score', 'reply-rate', 'mood'] as const;
export const personPool = Array.from({ length: 40 }, (_, at) => `per_${String((at * 7) % 40).padStart(3, '0')}`);
export const placePool = [
  { name: 'Leipzig', lat: 51.3397, lon: 12.3731 },
  { name: 'leipzig', lat: 51.34, lon: 12.37 },
  { name: 'Halle', lat: 51.4828, lon: 11.9697 },
  { name: 'Zürich', lat: 47.3769, lon: 8.5417 },
  { name: 'Nowhere', lat: null, lon: null },
];

const counts = fc.constantFrom(0, 1, 500, 999, 1000, 5000, 9999, 10_000, 60_000, 100_000, 2_000_000, 12_345_678_901);
const shares = fc.constantFrom(0, 0.01, 0.034, 0.1 + 0.2, 1 / 3, 0.005, 0.2, 1.5);
const changes = fc.constantFrom(-0.5, -0.05, 0, 0.01, 0.1 + 0.2, 0.6);
const instants = fc
  .constantFrom(-2, 0, 1, 7, 7.5, 30, 90, 91, 365, 400)
  .map((days) => new Date(standingMs - days * dayMs).toISOString());
const growths = fc.record({
  m1: maybe(changes),
  m2: maybe(changes),
  m3: maybe(changes),
  m4: fc.constant(null),
  m5: maybe(changes),
  m6: maybe(changes),
});
const distribution = (values: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...values), fc.constantFrom(0, 0.1, 0.2, 0.25, 0.30004, 0.5, 0.7, 1), { maxKeys: 3 });
const audiences = fc.record({
  distributions: fc.record(
    {
      country: distribution(['IE', 'NL', 'ie']),
      age: distribution(['13-17', '18-24', '25-34']),
      gender: distribution(['female', 'male']),
      language: distribution(['en', 'nl']),
      interest: distribution(['food', 'Food', 'sport']),
    },
    { requiredKeys: [] },
  ),
  credibility: maybe(shares),
  adultShare: maybe(shares),
  isLdaCompliant: maybe(fc.boolean()),
  n: maybe(counts),
});

const vectorOf = (model: string, length: number) =>
  fc
    .array(fc.constantFrom(-128, -1, 0, 1, 5, 127), { minLength: length, maxLength: length })
    .map((values) => ({ model, scale: 0.5, values: Int8Array.from(values) }));
/** Of two models and two lengths, which cannot be compared. */
export const vectors = fc.oneof(
  { weight: 6, arbitrary: vectorOf('words-1', 16) },
  { weight: 1, arbitrary: vectorOf('words-1', 32) },
  { weight: 1, arbitrary: vectorOf('words-2', 16) },
);

type Drawn<Whole, Kept extends keyof Whole> = Omit<Whole, Kept>;

const profiles: fc.Arbitrary<Drawn<IndexedProfile, 'profileId'>> = fc.record({
  platform: fc.constantFrom('instagram' as const, 'tiktok' as const, 'youtube' as const),
  handle: fc.constantFrom('oat_nell', 'Vegan.Bread', 'ｗide', 'slow🥐', 'zeta'),
  url: fc.constant(null),
  displayName: maybe(names),
  bio: maybe(texts),
  category: maybe(fc.constantFrom(...valuePool.category)),
  accountType: maybe(fc.constantFrom(...valuePool.accountType)),
  isVerified: maybe(fc.boolean()),
  isPrivate: maybe(fc.boolean()),
  followers: maybe(counts),
  following: maybe(counts),
  postCount: maybe(counts),
  avgLikes: maybe(shares.map((share) => share * 1000)),
  avgComments: maybe(shares.map((share) => share * 100)),
  avgViews: maybe(counts),
  engagementRate: maybe(shares),
  lastPostAt: maybe(fc.oneof(instants, fc.constant('not a day'))),
  growth: maybe(growths),
  likesGrowth: maybe(growths),
  viewsGrowth: maybe(growths),
  avgShares: maybe(shares),
  avgSaves: maybe(shares),
  medianLikes: maybe(counts),
  medianComments: maybe(counts),
  medianViews: maybe(counts),
  medianEngagements: maybe(counts),
  medianEngagementRate: maybe(shares),
  postsPerWeek: maybe(shares),
  avgDurationS: maybe(counts),
  sponsoredPosts: maybe(fc.constantFrom(0, 1, 7)),
  sponsoredShare: maybe(shares),
  isAffiliate: maybe(fc.boolean()),
  isOfficialArtist: maybe(fc.boolean()),
  audience: maybe(audiences),
  refreshedAt: maybe(instants),
  provenance: fc.constant({}),
});

const facts = fc.oneof(
  shares,
  fc.boolean(),
  fc.constantFrom('warm', 'Warm', 'cold', ''),
  fc.array(fc.constantFrom('warm', 'ｗide', '🥐', 'cold'), { maxLength: 3 }),
  fc.record({ value: fc.oneof(shares, fc.boolean(), fc.constant('warm')) }),
  fc.constant(null),
);
const prices = fc
  .record({
    format: maybe(fc.constantFrom('post' as const, 'reel' as const)),
    currency: fc.constantFrom('EUR', 'USD'),
    lowMinor: fc.constantFrom(0, 10_000, 25_000, 50_000),
    extra: fc.constantFrom(0, 20_000),
    origin: fc.constantFrom('rate_card' as const, 'creator' as const, 'estimate' as const),
  })
  .map(({ extra, ...price }) => ({ ...price, highMinor: price.lowMinor + extra }));

const persons: fc.Arbitrary<Drawn<IndexedCreator, 'personId' | 'profiles'>> = fc.record({
  name: maybe(names),
  country: maybe(fc.constantFrom(...valuePool.country)),
  region: maybe(fc.constantFrom(...valuePool.region)),
  city: maybe(fc.constantFrom(...valuePool.city)),
  languages: some(valuePool.language),
  niches: some(valuePool.niche),
  tags: some(valuePool.tag),
  hasEmail: fc.boolean(),
  ownerId: maybe(fc.constantFrom(...valuePool.owner)),
  hashtags: some(wordPool),
  mentions: some(wordPool),
  captions: fc.oneof(
    fc.array(texts, { maxLength: 9 }),
    // The same words in many captions weigh more.
    fc.tuple(texts, fc.integer({ min: 1, max: 9 })).map(([text, times]) => Array.from({ length: times }, () => text)),
  ),
  facts: fc.dictionary(fc.constantFrom(...factPool), facts, { maxKeys: 4 }),
  contacts: some(valuePool.contact),
  sponsors: some(valuePool.sponsor),
  interests: some(valuePool.interest),
  declaredGender: maybe(fc.constantFrom(...valuePool.declaredGender)),
  declaredAge: maybe(fc.constantFrom(18, 25, 40)),
  isOpenToGifting: maybe(fc.boolean()),
  isSuppressed: fc.integer({ min: 0, max: 9 }).map((at) => at === 0),
  home: maybe(fc.constantFrom(...placePool)),
  postPlaces: some(placePool),
  formats: some(valuePool.format),
  prices: fc.array(prices, { maxLength: 3 }),
  vector: maybe(vectors),
});

/** Creators of distinct ids in no order, some with no profile, some with up to three. */
export const arbitraryCreators: fc.Arbitrary<IndexedCreator[]> = fc
  .uniqueArray(fc.constantFrom(...personPool), { minLength: 1, maxLength: personPool.length, size: 'max' })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((personId) =>
        fc.tuple(persons, fc.array(profiles, { maxLength: 3 })).map(([person, own]) => ({
          ...person,
          personId,
          profiles: own.map((profile, at) => ({ ...profile, profileId: `prf_${personId}_${at}` })),
        })),
      ),
    ),
  );

/** A creator of whom little is known, with one account. */
export function plainCreator(
  personId: string,
  { name, niches, followers }: { name: string; niches: string[]; followers: number },
): IndexedCreator {
  const profile = aProfile(`prf_${personId}`, { handle: personId, followers });
  return aCreator(personId, { name, niches, profiles: [profile] });
}
