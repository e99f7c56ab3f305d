import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTiers, type Filter, searchQuerySchema } from '../api.ts';
import { CreatorIndex, type SearchContext } from './creator-index.ts';
import { binOf, histogramEdges, lastPostBuckets } from './facet-codes.ts';
import type { IndexedCreator, IndexedProfile } from './indexed-creator.ts';
import { deltaMax } from './segment-shelf.ts';
import { compareKeys } from './sort-keys.ts';
import { tokenise } from './tokens.ts';

// A second, plain reading of the same promises: a scan of all creators with no index, no codes and no bits.

const nowMs = Date.parse('2026-05-01T00:00:00Z');
const dayMs = 86_400_000;
const context: SearchContext = {
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

function aProfile(id: string, patch: Partial<IndexedProfile> = {}): IndexedProfile {
  return {
    profileId: id,
    platform: 'instagram',
    handle: id,
    url: null,
    displayName: null,
    bio: null,
    category: null,
    accountType: null,
    isVerified: null,
    isPrivate: null,
    followers: null,
    following: null,
    postCount: null,
    avgLikes: null,
    avgComments: null,
    avgViews: null,
    engagementRate: null,
    lastPostAt: null,
    growth: null,
    provenance: {},
    ...patch,
  };
}

function aCreator(id: string, patch: Partial<IndexedCreator> = {}): IndexedCreator {
  return {
    personId: id,
    name: null,
    profiles: [],
    country: null,
    region: null,
    city: null,
    languages: [],
    niches: [],
    tags: [],
    hasEmail: false,
    ownerId: null,
    hashtags: [],
    mentions: [],
    captions: [],
    facts: {},
    ...patch,
  };
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const words = ['oat', 'vegan', 'bread', 'slow', 'morning', 'café', 'run'];
const texts = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((some) => some.join(' '));
const niches = ['baking', 'running', 'beauty'];

const profiles = fc.record({
  platform: fc.constantFrom('instagram' as const, 'tiktok' as const),
  bio: maybe(texts),
  category: maybe(fc.constantFrom('Blogger', 'Shop')),
  isVerified: maybe(fc.boolean()),
  followers: maybe(fc.constantFrom(500, 1000, 5000, 10_000, 60_000, 2_000_000)),
  engagementRate: maybe(fc.constantFrom(0, 0.01, 0.034, 0.2)),
  lastPostAt: maybe(fc.integer({ min: 0, max: 400 }).map((days) => new Date(nowMs - days * dayMs).toISOString())),
});

const creatorsArbitrary = fc
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
const filtersArbitrary = fc.array(
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
const textArbitrary = fc.constantFrom(
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
const sortArbitrary = fc.constantFrom(
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

const lists: Record<string, string[]> = { lst_a: ['per_000', 'per_014', 'per_gone'], lst_b: ['per_007'] };
const facetFields = [
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

type Values = { values: (string | number | boolean)[]; isComplete: boolean };

function valuesOf(creator: IndexedCreator, profile: IndexedProfile | null, field: string): Values {
  const some = (value: string | number | boolean | null | undefined) =>
    value === null || value === undefined ? [] : [value];
  const open = (values: (string | number | boolean)[]): Values => ({ values, isComplete: false });
  const whole = (values: (string | number | boolean)[]): Values => ({ values, isComplete: true });
  if (field.startsWith('fact.')) return open(some(creator.facts[field.slice(5)] as number));
  switch (field) {
    case 'creator':
      return whole([creator.personId]);
    case 'list':
      return whole(Object.keys(lists).filter((id) => lists[id]?.includes(creator.personId)));
    case 'tag':
      return whole(creator.tags);
    case 'hasEmail':
      return whole([creator.hasEmail]);
    case 'niche':
      return open(creator.niches);
    case 'country':
      return open(some(creator.country));
    case 'platform':
      return open(some(profile?.platform));
    case 'category':
      return open(some(profile?.category));
    case 'verified':
      return open(some(profile?.isVerified));
    case 'followers':
      return open(some(profile?.followers));
    case 'engagementRate':
      return open(some(profile?.engagementRate));
    case 'lastPost':
      return open(profile?.lastPostAt == null ? [] : [Date.parse(profile.lastPostAt)]);
    case 'tier': {
      const followers = profile?.followers ?? null;
      // A size in no tier is known to be in none.
      return followers === null
        ? open([])
        : {
            values: defaultTiers
              .filter((tier) => followers >= tier.followersMin && followers < (tier.followersMax ?? Infinity))
              .map((tier) => tier.name),
            isComplete: true,
          };
    }
    default:
      throw new Error(field);
  }
}

function judge(filter: Filter, creator: IndexedCreator, profile: IndexedProfile | null): 'yes' | 'no' | 'unknown' {
  const { values, isComplete } = valuesOf(creator, profile, filter.field);
  const isKnown = isComplete || values.length > 0;
  if (filter.op === 'known') return isKnown === filter.value ? 'yes' : 'no';
  if (!isKnown) return 'unknown';
  const holds = (value: string | number | boolean): boolean => {
    switch (filter.op) {
      case 'in':
        return filter.values.includes(String(value));
      case 'range':
        return Number(value) >= (filter.min ?? -Infinity) && Number(value) <= (filter.max ?? Infinity);
      case 'gt':
        return Number(value) > filter.value;
      case 'gte':
        return Number(value) >= filter.value;
      case 'lt':
        return Number(value) < filter.value;
      case 'lte':
        return Number(value) <= filter.value;
      case 'within':
        return Number(value) >= nowMs - filter.days * dayMs;
      case 'is':
        return value === filter.value;
      case 'share':
      case 'price':
      case 'near':
        throw new Error(`${filter.op} is not among the random filters`);
    }
  };
  return values.some(holds) !== (filter.not === true) ? 'yes' : 'no';
}

function textHolds(text: string | undefined, creator: IndexedCreator): boolean {
  if (text === undefined) return true;
  const every = [
    creator.name,
    ...creator.profiles.flatMap((one) => [one.displayName, one.handle, one.bio]),
    ...creator.hashtags,
    ...creator.captions,
  ].flatMap((one) => (one === null ? [] : [tokenise(one)]));
  const has = (word: string) => every.some((tokens) => tokens.includes(word));
  switch (text) {
    case 'oat':
      return has('oat');
    case 'cafe':
      return has('cafe');
    case 'Vegan bread':
      return has('vegan') && has('bread');
    case '"slow morning"':
      return every.some((tokens) => tokens.some((token, at) => token === 'slow' && tokens[at + 1] === 'morning'));
    case 'oat -vegan':
      return has('oat') && !has('vegan');
    case 'br*':
      return every.some((tokens) => tokens.some((token) => token.startsWith('br')));
    case '-run':
      return !has('run');
    case '#oat':
      return creator.hashtags.includes('oat');
    default:
      throw new Error(text);
  }
}

function naive(creators: readonly IndexedCreator[], query: { text?: string | undefined; filters: readonly Filter[] }) {
  const rowsOf = (creator: IndexedCreator) => (creator.profiles.length === 0 ? [null] : creator.profiles);
  const matchingRows = (creator: IndexedCreator, filters: readonly Filter[]) =>
    textHolds(query.text, creator)
      ? rowsOf(creator).filter((row) => filters.every((filter) => judge(filter, creator, row) === 'yes'))
      : [];
  const hits = creators.filter((creator) => matchingRows(creator, query.filters).length > 0);
  const possible = creators.filter(
    (creator) =>
      !hits.includes(creator) &&
      textHolds(query.text, creator) &&
      rowsOf(creator).some((row) => query.filters.every((filter) => judge(filter, creator, row) !== 'no')),
  );
  const facet = (field: string) => {
    const others = query.filters.filter((filter) => filter.field !== field);
    const counts = new Map<string, number>();
    let unknown = 0;
    for (const creator of creators) {
      const rows = matchingRows(creator, others);
      if (rows.length === 0) continue;
      const known = rows.map((row) => valuesOf(creator, row, field));
      if (known.every((one) => one.values.length === 0 && !(field === 'tier' && one.isComplete))) unknown += 1;
      for (const value of new Set(known.flatMap((one) => one.values.map((each) => facetName(field, each)))))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return { counts: Object.fromEntries(counts), unknown: field === 'list' ? 0 : unknown };
  };
  return { hits, possible, matchingRows, facet };
}

function facetName(field: string, value: string | number | boolean): string {
  if (field === 'lastPost')
    return lastPostBuckets.find((bucket) => nowMs - Number(value) <= bucket.days * dayMs)?.name ?? '';
  if (typeof value === 'number') return `bin ${binOf(histogramEdges(field), value)}`;
  return String(value);
}

function sortKey(creator: IndexedCreator, row: IndexedProfile | null, field: string): string | number | null {
  if (field === 'name') return creator.name === null ? null : creator.name.toLowerCase();
  const { values } = valuesOf(creator, row, field);
  const keys = values.map((value) =>
    typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? value.toLowerCase() : value,
  );
  return keys.sort((a, b) => (a < b ? -1 : 1))[0] ?? null;
}

function load(creators: readonly IndexedCreator[], inDelta: boolean): CreatorIndex {
  const index = new CreatorIndex();
  const half = inDelta ? Math.floor(creators.length / 2) : creators.length;
  // The first half stands in the base in an older state, so that the delta has something to replace.
  index.load(
    inDelta ? creators.map((one) => ({ ...one, name: 'run', niches: ['beauty'] })).slice(0, half + 1) : creators,
  );
  index.finishLoad();
  if (inDelta) {
    index.apply({ creators: creators.slice(0, half), removedIds: [] });
    index.apply({ creators: creators.slice(half), removedIds: ['per_nobody'] });
  }
  for (const [id, members] of Object.entries(lists)) index.setList(id, members);
  return index;
}

function ask(index: CreatorIndex, query: object) {
  const result = index.search(searchQuerySchema.parse(query), context);
  if (result.kind === 'faults') throw new Error(JSON.stringify(result.faults));
  return result.answer;
}

describe('the index against a plain scan', () => {
  it('finds the same creators in the same order with the same counts, whatever is asked', () => {
    fc.assert(
      fc.property(
        creatorsArbitrary,
        filtersArbitrary,
        textArbitrary,
        sortArbitrary,
        fc.boolean(),
        (creators, filters, text, sort, inDelta) => {
          const index = load(creators, inDelta);
          if (creators.length === 0) return;
          const answer = ask(index, {
            filters,
            facets: facetFields,
            limit: 500,
            ...(text === undefined ? {} : { text }),
            ...(sort === undefined ? {} : { sort }),
          });
          const plain = naive(creators, { text, filters });

          expect(answer.total).toBe(plain.hits.length);
          expect(answer.indexed).toBe(creators.length);
          expect(answer.leftOut).toBe(plain.possible.length);
          expect(answer.rows.map((row) => row.personId).sort()).toEqual(plain.hits.map((one) => one.personId).sort());
          for (const facet of answer.facets) {
            const wanted = plain.facet(facet.field);
            const counts =
              facet.kind === 'values'
                ? facet.values.map((one) => [one.value, one.count])
                : facet.bins.map((bin, at) => [`bin ${at}`, bin.count]);
            expect([facet.field, Object.fromEntries(counts.filter(([, count]) => count !== 0))]).toEqual([
              facet.field,
              wanted.counts,
            ]);
            expect([facet.field, facet.unknown]).toEqual([
              facet.field,
              facet.field === 'tag' ? wanted.unknown : wanted.unknown,
            ]);
          }
          if (sort === undefined) return;
          const keyed = plain.hits.map((creator) => {
            const keys = plain.matchingRows(creator, filters).map((row) => sortKey(creator, row, sort.field));
            return { id: creator.personId, key: keys.sort((a, b) => compareKeys(a, b, sort.direction))[0] ?? null };
          });
          keyed.sort((a, b) => compareKeys(a.key, b.key, sort.direction) || (a.id < b.id ? -1 : 1));
          expect(answer.rows.map((row) => row.personId)).toEqual(keyed.map((one) => one.id));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('pages by cursor without gaps or repeats, in any order', () => {
    fc.assert(
      fc.property(creatorsArbitrary, sortArbitrary, fc.integer({ min: 1, max: 7 }), (creators, sort, limit) => {
        const index = load(creators, true);
        const whole = ask(index, { limit: 500, ...(sort === undefined ? {} : { sort }) }).rows.map(
          (row) => row.personId,
        );
        const paged: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; page <= creators.length; page += 1) {
          const answer = ask(index, {
            limit,
            ...(sort === undefined ? {} : { sort }),
            ...(cursor === undefined ? {} : { cursor }),
          });
          paged.push(...answer.rows.map((row) => row.personId));
          if (answer.nextCursor === null) break;
          cursor = answer.nextCursor;
        }
        expect(paged).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('says of each unknown field how many creators it alone or with others leaves out', () => {
    fc.assert(
      fc.property(creatorsArbitrary, filtersArbitrary, (creators, filters) => {
        if (creators.length === 0) return;
        const answer = ask(load(creators, false), { filters });
        const plain = naive(creators, { filters });
        for (const { field, creators: count } of answer.unknown) {
          const rows = (creator: IndexedCreator) => (creator.profiles.length === 0 ? [null] : creator.profiles);
          const wanted = plain.possible.filter((creator) =>
            rows(creator).some(
              (row) =>
                filters.every((filter) => judge(filter, creator, row) !== 'no') &&
                filters.some((filter) => filter.field === field && judge(filter, creator, row) === 'unknown'),
            ),
          );
          expect([field, count]).toEqual([field, wanted.length]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const manyCreators = 4000;

describe('the index over time', () => {
  it('answers the same after segments were merged as before', () => {
    const creators = Array.from({ length: manyCreators }, (_, at) =>
      aCreator(`per_${String((at * 7919) % manyCreators).padStart(6, '0')}`, {
        name: `Name ${at % 97}`,
        niches: [niches[at % 3] ?? ''],
        captions: [`oat ${words[at % words.length]}`],
        profiles: [aProfile(`prf_${at}`, { followers: at * 10, platform: at % 2 === 0 ? 'instagram' : 'tiktok' })],
      }),
    );
    const loaded = new CreatorIndex();
    loaded.load(creators);
    loaded.finishLoad();
    const applied = new CreatorIndex();
    for (let at = 0; at < creators.length; at += 250) {
      applied.apply({
        creators: creators.slice(at, at + 250).map((one) => ({ ...one, name: 'older' })),
        removedIds: [],
      });
      applied.apply({ creators: creators.slice(at, at + 250), removedIds: [] });
    }
    for (let round = 0; round < 8; round += 1)
      applied.apply({ creators: creators.slice(0, deltaMax + 1), removedIds: [] });
    while (applied.work(50));
    expect(applied.segmentCount).toBeLessThan(12);
    const query = {
      text: 'oat vegan',
      filters: [{ field: 'platform', op: 'in', values: ['tiktok'] }],
      facets: ['niche', 'followers', 'tier'],
      limit: 100,
      sort: { field: 'name', direction: 'asc' },
    };
    expect(ask(applied, query)).toEqual(ask(loaded, query));
    expect(ask(loaded, query).total).toBeGreaterThan(100);
  });

  it('forgets a removed creator at once and takes it back when it returns', () => {
    const index = load([aCreator('per_1', { name: 'Oat' }), aCreator('per_2', { name: 'Oat' })], false);
    index.apply({ creators: [], removedIds: ['per_1'] });
    expect(ask(index, { text: 'oat' }).rows.map((row) => row.personId)).toEqual(['per_2']);
    index.apply({ creators: [aCreator('per_1', { name: 'Oat again' })], removedIds: [] });
    index.apply({ creators: [aCreator('per_1', { name: 'Oat again' })], removedIds: [] });
    expect(ask(index, { text: 'oat' }).total).toBe(2);
    expect(ask(index, { text: 'again' }).total).toBe(1);
  });
});
