import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTiers, distanceKm, type Filter, searchQuerySchema } from '../api.ts';
import { CreatorIndex, type IndexQuery, type SearchContext } from './creator-index.ts';
import { MemoryDisplayStore } from './display-store.ts';
import { restoreSegment } from './index-state.ts';
import type { IndexedCreator, IndexedProfile } from './indexed-creator.ts';
import { compareKeys } from './sort-keys.ts';
import { tokenise } from './tokens.ts';

// All that can be asked, against a scan of all creators written for clarity; the index built at once, by changes and removals, merged, and
// saved and read back.

const nowMs = Date.parse('2026-05-01T00:00:00Z');
const context: SearchContext = {
  tiers: defaultTiers,
  countries: new Map(['DE', 'NL', 'IE'].map((code) => [code.toLowerCase(), code])),
  languages: new Map([['en', 'en']]),
  nowMs,
};
const vectorModel = 'test';
const dims = 16;

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
const drawn = fc.record({
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
type Drawn = typeof drawn extends fc.Arbitrary<infer One> ? One : never;

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

function creatorOf(id: string, { vector, prices, profiles, ...rest }: Drawn): IndexedCreator {
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

interface Asked {
  filters: Filter[];
  calculation: 'average' | 'median' | undefined;
  text: string | undefined;
  nearTo: number[] | null;
  sort: { field: string; direction: 'asc' | 'desc' } | undefined;
}
const asked: fc.Arbitrary<Asked> = fc.record({
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
const facetFields = ['niche', 'platform', 'tier', 'home', 'engagementRate', 'fact.open_to_offers', 'suppressed'];

type Row = IndexedProfile | null;
type Judgement = 'yes' | 'no' | 'unknown';

const rowsOf = (creator: IndexedCreator): Row[] => (creator.profiles.length === 0 ? [null] : creator.profiles);

function numberOf(creator: IndexedCreator, row: Row, field: string, isMedian: boolean): number | null {
  if (field === 'followers') return row?.followers ?? null;
  if (field === 'audienceCredibility') return row?.audience?.credibility ?? null;
  if (field === 'fact.vetting_score') return (creator.facts.vetting_score as number | undefined) ?? null;
  return (isMedian ? row?.medianEngagementRate : row?.engagementRate) ?? null;
}

function distribution(row: Row, field: string): Record<string, number> | null {
  const given = row?.audience?.distributions[field === 'audience.country' ? 'country' : 'interest'];
  return given === undefined || Object.keys(given).length === 0 ? null : given;
}

/** Ten-thousandths, as they are stored. */
const parts = (value: number | undefined) => Math.round((value ?? 0) * 10_000);

function tierOf(row: Row): string[] {
  const followers = row?.followers ?? null;
  if (followers === null) return [];
  return defaultTiers
    .filter((tier) => followers >= tier.followersMin && followers < (tier.followersMax ?? Number.POSITIVE_INFINITY))
    .map((tier) => tier.name);
}

const textsIn: Record<string, (creator: IndexedCreator) => string[]> = {
  hashtag: (creator) => creator.hashtags,
  mention: (creator) => creator.mentions,
  keyword: (creator) => creator.captions,
};

function holdsInOrder(texts: readonly (string | null)[], wanted: readonly string[]): boolean {
  return texts.some((one) => {
    const tokens = one === null ? [] : tokenise(one);
    return tokens.some((_, at) => wanted.every((word, offset) => tokens[at + offset] === word));
  });
}

/** Values of a set, null when not known; whether the field is known of everybody. */
function setOf(creator: IndexedCreator, row: Row, field: string): string[] | null {
  const open = (values: (string | null | undefined)[]) => {
    const known = values.filter((value) => typeof value === 'string');
    return known.length === 0 ? null : known;
  };
  switch (field) {
    case 'tag':
      return creator.tags;
    case 'niche':
      return open(creator.niches);
    case 'country':
      return open([creator.country]);
    case 'platform':
      return open([row?.platform]);
    case 'home':
      return open([creator.home?.name.toLowerCase()]);
    case 'tier':
      return (row?.followers ?? null) === null ? null : tierOf(row);
    default:
      throw new Error(field);
  }
}

/** Whether a filter holds, its `not` aside; null when it is not known. */
function holds(one: Filter, creator: IndexedCreator, row: Row, isMedian: boolean): boolean | null {
  switch (one.op) {
    case 'in': {
      const texts = textsIn[one.field]?.(creator);
      if (texts !== undefined) {
        if (!texts.some((each) => tokenise(each).length > 0)) return null;
        const phrases = one.values.map(tokenise).filter((each) => each.length > 0);
        return phrases.some((phrase) => holdsInOrder(texts, phrase));
      }
      return setOf(creator, row, one.field)?.some((value) => one.values.includes(value)) ?? null;
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const value = numberOf(creator, row, one.field, isMedian);
      if (value === null) return null;
      const compared = {
        gt: value > one.value,
        gte: value >= one.value,
        lt: value < one.value,
        lte: value <= one.value,
      };
      return compared[one.op];
    }
    case 'share': {
      const given = distribution(row, one.field);
      if (given === null) return null;
      const shares = one.values.map((value) => parts(given[value]));
      const isLargest = one.field === 'audience.interest';
      const total = isLargest ? Math.max(...shares) : shares.reduce((sum, value) => sum + value, 0);
      return total >= parts(one.min ?? (isLargest ? 0.3 : 0.2));
    }
    case 'price': {
      const meant = (creator.prices ?? []).filter(
        (each) =>
          each.currency === one.currency &&
          (one.format === undefined || each.format === one.format) &&
          (one.origins ?? ['rate_card', 'creator']).includes(each.origin),
      );
      if (meant.length === 0) return null;
      const [low, high] = [Number(one.minMinor ?? 0), Number(one.maxMinor ?? Number.POSITIVE_INFINITY)];
      return meant.some((each) => each.lowMinor >= low && each.lowMinor <= high);
    }
    case 'near': {
      const { lat = null, lon = null } = creator.home ?? {};
      if (lat === null || lon === null) return null;
      return distanceKm({ lat: one.lat ?? 0, lon: one.lon ?? 0 }, { lat, lon }) <= one.km;
    }
    case 'is': {
      const flags: Record<string, boolean | null | undefined> = {
        suppressed: creator.isSuppressed === true,
        verified: row?.isVerified,
        'fact.open_to_offers': creator.facts.open_to_offers as boolean | undefined,
      };
      const flag = flags[one.field] ?? null;
      return flag === null ? null : flag === one.value;
    }
    case 'known':
      return isKnown(one.field, creator, row, isMedian) === one.value;
    default:
      throw new Error(one.op);
  }
}

function isKnown(field: string, creator: IndexedCreator, row: Row, isMedian: boolean): boolean {
  const texts = textsIn[field]?.(creator);
  if (texts !== undefined) return texts.some((each) => tokenise(each).length > 0);
  if (field === 'audience.country') return distribution(row, field) !== null;
  if (field === 'price') return (creator.prices ?? []).length > 0;
  if (field === 'engagementRate') return numberOf(creator, row, field, isMedian) !== null;
  return setOf(creator, row, field) !== null;
}

function judge(one: Filter, creator: IndexedCreator, row: Row, isMedian: boolean): Judgement {
  const held = holds(one, creator, row, isMedian);
  if (held === null) return 'unknown';
  return held !== ('not' in one && one.not === true) ? 'yes' : 'no';
}

function textHolds(wanted: string | undefined, creator: IndexedCreator): boolean {
  const every = [
    creator.name,
    ...creator.profiles.flatMap((one) => [one.displayName, one.handle, one.bio]),
    ...creator.hashtags,
    ...creator.mentions,
    ...creator.captions,
  ];
  const has = (...row: string[]) => holdsInOrder(every, row);
  if (wanted === undefined) return true;
  if (wanted === '"slow vegan"') return has('slow', 'vegan');
  if (wanted === '🍞 -oat') return has('🍞') && !has('oat');
  if (wanted === 've*') return every.some((one) => one !== null && tokenise(one).some((word) => word.startsWith('ve')));
  return has(wanted);
}

function cosine(a: Int8Array, b: readonly number[]): number {
  const dot = b.reduce((sum, value, at) => sum + value * (a[at] ?? 0), 0);
  const lengths = a.reduce((sum, value) => sum + value * value, 0) * b.reduce((sum, value) => sum + value * value, 0);
  return lengths === 0 ? 0 : dot / Math.sqrt(lengths);
}

function keyOf(one: Asked, creator: IndexedCreator, row: Row): string | number | null {
  const field = one.sort?.field ?? (one.nearTo === null ? 'followers' : 'relevance');
  switch (field) {
    case 'relevance':
      return cosine(creator.vector?.values ?? new Int8Array(dims), one.nearTo ?? []);
    case 'handle':
      return row?.handle.toLowerCase() ?? null;
    case 'home': {
      const home = creator.home ?? null;
      return home === null ? null : `${home.name}|${home.lat ?? ''}|${home.lon ?? ''}`.toLowerCase();
    }
    case 'audience.country': {
      const given = distribution(row, field);
      const meant = one.filters.find((each) => each.op === 'share' && each.field === field && each.not !== true);
      if (given === null || meant?.op !== 'share') return null;
      return meant.values.reduce((sum, value) => sum + parts(given[value]), 0) / 10_000;
    }
    default:
      return numberOf(creator, row, field, one.calculation === 'median');
  }
}

/** The whole answer, from a scan. */
function scan(creators: readonly IndexedCreator[], one: Asked) {
  const isMedian = one.calculation === 'median';
  const isAsked = (creator: IndexedCreator) =>
    textHolds(one.text, creator) &&
    (one.nearTo === null || (creator.vector ?? null) !== null) &&
    (one.filters.some((each) => each.field === 'suppressed') || creator.isSuppressed !== true);
  const among = creators.filter(isAsked);
  const passing = (creator: IndexedCreator, filters: readonly Filter[]) =>
    rowsOf(creator).filter((row) => filters.every((each) => judge(each, creator, row, isMedian) === 'yes'));
  const hits = among.filter((creator) => passing(creator, one.filters).length > 0);
  const open = (creator: IndexedCreator) =>
    rowsOf(creator).filter((row) => one.filters.every((each) => judge(each, creator, row, isMedian) !== 'no'));
  const left = among.filter((creator) => !hits.includes(creator) && open(creator).length > 0);
  const unknown = Object.fromEntries(
    [...new Set(one.filters.map((each) => each.field))]
      .map((field): [string, number] => {
        const own = one.filters.filter((each) => each.field === field);
        const isLeftBy = (creator: IndexedCreator) =>
          open(creator).some((row) => own.some((each) => judge(each, creator, row, isMedian) === 'unknown'));
        return [field, left.filter(isLeftBy).length];
      })
      .filter(([, count]) => count > 0),
  );
  const direction = one.sort?.direction ?? 'desc';
  const ordered = hits
    .map((creator) => {
      const keys = passing(creator, one.filters).map((row) => keyOf(one, creator, row));
      return { id: creator.personId, key: keys.sort((a, b) => compareKeys(a, b, direction))[0] ?? null };
    })
    .sort((a, b) => compareKeys(a.key, b.key, direction) || (a.id < b.id ? -1 : 1));
  const facetUnknown = (field: string) => {
    const others = one.filters.filter((each) => each.field !== field);
    return among.filter((creator) => {
      const rows = passing(creator, others);
      return rows.length > 0 && rows.every((row) => !isCounted(field, creator, row, isMedian));
    }).length;
  };
  const nicheCounts = () => {
    const others = one.filters.filter((each) => each.field !== 'niche');
    const counts: Record<string, number> = {};
    for (const creator of among)
      if (passing(creator, others).length > 0)
        for (const niche of creator.niches) counts[niche] = (counts[niche] ?? 0) + 1;
    return counts;
  };
  return {
    ids: ordered.map((each) => each.id),
    leftOut: left.length,
    unknown,
    facetUnknown,
    nicheCounts: nicheCounts(),
  };
}

function isCounted(field: string, creator: IndexedCreator, row: Row, isMedian: boolean): boolean {
  if (field === 'fact.open_to_offers') return creator.facts.open_to_offers !== undefined;
  return field === 'suppressed' || isKnown(field, creator, row, isMedian);
}

type Way = 'loaded' | 'changed' | 'restored';

function indexOf(creators: readonly IndexedCreator[], way: Way): CreatorIndex {
  const index = new CreatorIndex();
  if (way !== 'changed') {
    index.load(creators);
    index.finishLoad();
    if (way === 'loaded') return index;
    const display = new MemoryDisplayStore();
    const { vocabulary, segments } = structuredClone(index.state());
    return CreatorIndex.restore({ vocabulary, segments: segments.map(restoreSegment) }, display);
  }
  const older = creators.map((one) => ({ ...one, niches: ['beauty'], profiles: one.profiles.slice(0, 1) }));
  index.load(older.slice(0, Math.ceil(older.length / 2)));
  index.finishLoad();
  const half = Math.floor(creators.length / 3);
  index.apply({ creators: older.slice(half), removedIds: [] });
  index.state();
  index.apply({ creators: [], removedIds: creators.slice(0, 2).map((one) => one.personId) });
  index.apply({ creators: creators.slice(half), removedIds: [] });
  index.apply({ creators: creators.slice(0, half), removedIds: ['per_nobody'] });
  return index;
}

function ask(index: CreatorIndex, query: object, nearTo: number[] | null) {
  const parsed: IndexQuery = searchQuerySchema.parse({ tolerant: false, ...query });
  const vector = nearTo === null ? undefined : { model: vectorModel, scale: 1, values: Int8Array.from(nearTo) };
  const result = index.search({ ...parsed, ...(vector === undefined ? {} : { nearTo: vector }) }, context);
  if (result.kind === 'faults') throw new Error(JSON.stringify(result.faults));
  return result.answer;
}

/** Creators of which every value that filters name is there, so that none is refused as unknown. */
function withEveryValue(drawnOnes: readonly Drawn[]): IndexedCreator[] {
  return drawnOnes.map((one, at) => creatorOf(`per_${String((at * 7) % 1009).padStart(4, '0')}`, one));
}

/** Relevance to words is not reckoned here, and an audience sorts only by a filter's values. */
function queryOf(one: Asked): Asked {
  const isShare = (each: Filter) => each.op === 'share' && each.field === 'audience.country' && each.not !== true;
  const cannotSort = one.sort?.field === 'audience.country' && !one.filters.some(isShare);
  const isByWords = one.sort === undefined && one.text !== undefined && one.nearTo === null;
  return cannotSort || isByWords ? { ...one, sort: { field: 'followers', direction: 'desc' } } : one;
}

function check(creators: readonly IndexedCreator[], given: Asked, way: Way): void {
  const one = queryOf(given);
  // A value that nobody has is refused before anything is searched.
  const index = indexOf(creators, way);
  const { nearTo, ...query } = JSON.parse(JSON.stringify(one)) as Asked;
  let first: ReturnType<typeof ask>;
  try {
    first = ask(index, { ...query, facets: facetFields, limit: 3 }, nearTo);
  } catch (error) {
    expect(String(error)).toMatch(/no (niche|home|tag|audience)/);
    return;
  }
  const wanted = scan(creators, one);
  expect({ total: first.total, indexed: first.indexed, leftOut: first.leftOut }).toEqual({
    total: wanted.ids.length,
    indexed: creators.length,
    leftOut: wanted.leftOut,
  });
  expect(Object.fromEntries(first.unknown.map((each) => [each.field, each.creators]))).toEqual(wanted.unknown);
  for (const facet of first.facets) {
    expect([facet.field, facet.unknown]).toEqual([facet.field, wanted.facetUnknown(facet.field)]);
    if (facet.field !== 'niche' || facet.kind !== 'values') continue;
    expect(Object.fromEntries(facet.values.map((each) => [each.value, each.count]))).toEqual(wanted.nicheCounts);
  }
  const ids = first.rows.map((row) => row.personId);
  let cursor = first.nextCursor;
  for (let page = 0; cursor !== null && page <= creators.length; page += 1) {
    const next = ask(index, { ...query, limit: 50, cursor }, nearTo);
    ids.push(...next.rows.map((row) => row.personId));
    cursor = next.nextCursor;
  }
  expect(ids).toEqual(wanted.ids);
}

const ways = fc.constantFrom<Way>('loaded', 'changed', 'restored');

describe('every kind of question against a plain scan', () => {
  it('gives the same creators, order, pages, totals, counts and unknowns', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 14 }), asked, ways, (some, one, way) =>
        check(withEveryValue(some), one, way),
      ),
      { numRuns: 1500 },
    );
  });

  it('does so over many creators, where words of bits are full and lists are long', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 4, maxLength: 9 }), asked, ways, (some, one, way) => {
        const many = Array.from({ length: 30 }, () => some).flat();
        check(withEveryValue(many), one, way);
      }),
      { numRuns: 60 },
    );
  });
});
