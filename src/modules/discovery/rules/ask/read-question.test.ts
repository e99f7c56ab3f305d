import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../api.ts';
import { codesByName } from '../../region-names.ts';
import { describeFilters, plainFilter } from './describe-filters.ts';
import { readQuestion } from './read-question.ts';
import type { AskWords } from './reading.ts';

const known: AskWords = {
  niches: ['vegan', 'baking', 'running', 'beauty', 'home decor', 'travel', 'gaming'],
  categories: ['Food & Drink', 'Photographer'],
  cities: ['Leipzig', 'Halle', 'Cork', 'New York', 'Nice'],
  accountTypes: ['business', 'creator'],
  sponsors: ['Oatly', 'Alpro'],
  interests: ['Cooking', 'Sports'],
  tags: ['vip', 'summer'],
  formats: ['reel'],
  genders: ['female', 'male'],
  tiers: ['nano', 'micro', 'mid', 'macro', 'mega'],
  lists: [
    { id: 'lst_a', name: 'Autumn bakers' },
    { id: 'lst_b', name: 'Old' },
  ],
  rivals: [],
  countries: codesByName('region'),
  languages: codesByName('language'),
  personOfHandle: new Map([['nell', 'per_nell']]),
  currency: 'EUR',
  today: '2026-11-22',
  hasVectors: false,
};
const read = (question: string, more: Partial<AskWords> = {}) => readQuestion(question, { ...known, ...more });

const isIn = (field: string, ...values: string[]): Filter => ({ field, op: 'in', values });
const notIn = (field: string, ...values: string[]): Filter => ({ field, op: 'in', values, not: true });
const range = (field: string, min: number, max: number): Filter => ({ field, op: 'range', min, max });
const cmp = (field: string, op: 'gt' | 'gte' | 'lt' | 'lte', value: number): Filter => ({ field, op, value });
const within = (days: number, not = false): Filter => ({
  field: 'lastPost',
  op: 'within',
  days,
  ...(not ? { not: true } : {}),
});
const is = (field: string, value: boolean): Filter => ({ field, op: 'is', value });
const share = (field: string, values: string[], min?: number): Filter => ({
  field: `audience.${field}`,
  op: 'share',
  values,
  ...(min === undefined ? {} : { min }),
});
const price = (
  minMinor: string | null,
  maxMinor: string | null,
  more: Partial<Omit<Extract<Filter, { op: 'price' }>, 'op' | 'field'>> = {},
): Filter => ({
  field: 'price',
  op: 'price',
  currency: 'EUR',
  ...(minMinor === null ? {} : { minMinor }),
  ...(maxMinor === null ? {} : { maxMinor }),
  ...more,
});

/** Question, the filters it must give in their order, and the words left to search for. */
const table: [string, Filter[], string?][] = [
  ['5 to 30k followers', [range('followers', 5000, 30_000)]],
  ['5-30k followers', [range('followers', 5000, 30_000)]],
  ['5k–30k followers', [range('followers', 5000, 30_000)]],
  ['followers between 5,000 and 30,000', [range('followers', 5000, 30_000)]],
  ['between 5k and 30k followers', [range('followers', 5000, 30_000)]],
  ['from 10k to 20k subscribers', [range('followers', 10_000, 20_000)]],
  ['at least 10k followers', [cmp('followers', 'gte', 10_000)]],
  ['10k+ followers', [cmp('followers', 'gte', 10_000)]],
  ['10k or more followers', [cmp('followers', 'gte', 10_000)]],
  ['over 1.5 million followers', [cmp('followers', 'gt', 1_500_000)]],
  ['more than 2m followers', [cmp('followers', 'gt', 2_000_000)]],
  ['under 50k followers', [cmp('followers', 'lt', 50_000)]],
  ['fewer than 50 thousand followers', [cmp('followers', 'lt', 50_000)]],
  ['up to 50k followers', [cmp('followers', 'lte', 50_000)]],
  ['no more than 50k followers', [cmp('followers', 'lte', 50_000)]],
  ['max 50k followers', [cmp('followers', 'lte', 50_000)]],
  ['followers >= 5000', [cmp('followers', 'gte', 5000)]],
  ['around 20k followers', [range('followers', 16_000, 24_000)]],
  ['300 to 900 followers', [range('followers', 300, 900)]],
  ['30k to 5k followers', [range('followers', 5000, 30_000)]],
  ['engagement rate over 3%', [cmp('engagementRate', 'gt', 0.03)]],
  ['engagement of at least 3.5 %', [cmp('engagementRate', 'gte', 0.035)]],
  ['at least 3 % engagement', [cmp('engagementRate', 'gte', 0.03)]],
  ['ER between 2 and 5 percent', [range('engagementRate', 0.02, 0.05)]],
  ['at least 500 likes per post', [cmp('avgLikes', 'gte', 500)]],
  ['average likes over 1,200', [cmp('avgLikes', 'gt', 1200)]],
  ['more than 20 comments per post', [cmp('avgComments', 'gt', 20)]],
  ['at least 10k views per video', [cmp('avgViews', 'gte', 10_000)]],
  ['median engagement over 2 %', [cmp('medianEngagementRate', 'gt', 0.02)]],
  ['3 to 5 posts per week', [range('postsPerWeek', 3, 5)]],
  ['at least 80 % real followers', [cmp('audienceCredibility', 'gte', 0.8)]],
  ['under 20% sponsored', [cmp('sponsoredShare', 'lt', 0.2)]],
  ['following under 1000', [cmp('following', 'lt', 1000)]],
  ['25 to 34 years old', [range('declaredAge', 25, 34)]],
  ['grew at least 10 % in 3 months', [cmp('growth3m', 'gte', 0.1)]],
  ['growth over 5% over 6 months', [cmp('growth6m', 'gt', 0.05)]],
  ['grew 10% in the last month', [cmp('growth1m', 'gte', 0.1)]],
  ['growing', [cmp('growth3m', 'gt', 0)]],
  ['losing followers', [cmp('growth3m', 'lt', 0)]],
  ['grew by 5 to 20 % in half a year', [range('growth6m', 0.05, 0.2)]],
  ['views growth over 10 % in 2 months', [cmp('viewsGrowth2m', 'gt', 0.1)]],
  ['who posted this month', [within(22)]],
  ['posted this week', [within(7)]],
  ['posted in the last 30 days', [within(30)]],
  ['active in the past 2 weeks', [within(14)]],
  ['posted within 90 days', [within(90)]],
  ['last post within 10 days', [within(10)]],
  ['posted today', [within(1)]],
  ['not posted for 90 days', [within(90, true)]],
  ['inactive for 6 months', [within(180, true)]],
  ["haven't posted in 60 days", [within(60, true)]],
  ['refreshed in the last week', [{ field: 'refreshed', op: 'within', days: 7 }]],
  ['bakers', [isIn('niche', 'baking')]],
  ['vegan bakers', [isIn('niche', 'vegan'), isIn('niche', 'baking')]],
  ['bakers or runners', [isIn('niche', 'baking', 'running')]],
  ['home decor', [isIn('niche', 'home decor')]],
  ['food & drink creators', [isIn('category', 'Food & Drink')]],
  ['gamers without beauty', [isIn('niche', 'gaming'), notIn('niche', 'beauty')]],
  ['bakers in Leipzig or Halle', [isIn('niche', 'baking'), isIn('city', 'Leipzig', 'Halle')]],
  ['based in New York', [isIn('city', 'New York')]],
  ['from Germany', [isIn('country', 'DE')]],
  ['in Germany, Austria or Switzerland', [isIn('country', 'DE', 'AT', 'CH')]],
  ['from the UK and the USA', [isIn('country', 'GB', 'US')]],
  ['in DACH', [isIn('country', 'DE', 'AT', 'CH')]],
  ['in DE', [isIn('country', 'DE')]],
  ['in germny', [isIn('country', 'DE')]],
  ['in Leipzg', [isIn('city', 'Leipzig')]],
  ['not from Russia', [notIn('country', 'RU')]],
  ['runners in nice', [isIn('niche', 'running'), isIn('city', 'Nice')]],
  ['nice bakers', [isIn('niche', 'baking')], 'nice'],
  ['turkey recipes', [], 'turkey recipes'],
  ['from Turkey', [isIn('country', 'TR')]],
  ['Irish bakers', [isIn('country', 'IE'), isIn('niche', 'baking')]],
  ['German or Austrian creators', [isIn('country', 'DE', 'AT')]],
  ['German-speaking', [isIn('language', 'de')]],
  ['who speak German or French', [isIn('language', 'de', 'fr')]],
  ['posts in Dutch', [isIn('language', 'nl')]],
  ['in English', [isIn('language', 'en')]],
  ['within 50 km of Leipzig', [{ field: 'home', op: 'near', place: 'Leipzig', km: 50 }]],
  ['within 10 miles of Cork', [{ field: 'home', op: 'near', place: 'Cork', km: 16.1 }]],
  ['near Leipzig', [{ field: 'home', op: 'near', place: 'Leipzig', km: 50 }]],
  ['posted within 20 km of Halle', [{ field: 'postPlace', op: 'near', place: 'Halle', km: 20 }]],
  ['on TikTok', [isIn('platform', 'tiktok')]],
  ['on Instagram or YouTube', [isIn('platform', 'instagram', 'youtube')]],
  ['youtubers', [isIn('platform', 'youtube')]],
  ['not on TikTok', [notIn('platform', 'tiktok')]],
  ['micro influencers', [isIn('tier', 'micro')]],
  ['nano or micro creators', [isIn('tier', 'nano', 'micro')]],
  ['mid-tier', [isIn('tier', 'mid')]],
  ['macro lenses', [], 'macro lenses'],
  ['micro bakers', [isIn('tier', 'micro'), isIn('niche', 'baking')]],
  ['mostly Ireland and the Netherlands', [share('country', ['IE', 'NL'], 0.5)]],
  ['at least 40% of the audience in Ireland or the Netherlands', [share('country', ['IE', 'NL'], 0.4)]],
  ['audience in Germany', [share('country', ['DE'])]],
  ['audience in Germany at least 30 %', [share('country', ['DE'], 0.3)]],
  ['audience at least 30 % in Germany', [share('country', ['DE'], 0.3)]],
  ['Irish audience', [share('country', ['IE'])]],
  ['at least 60 % female audience', [share('gender', ['female'], 0.6)]],
  ['audience mostly women', [share('gender', ['female'], 0.5)]],
  ['audience aged 18-24', [share('age', ['18-24'])]],
  ['audience 18 to 34 at least 50 %', [share('age', ['18-24', '25-34'], 0.5)]],
  ['German-speaking audience', [share('language', ['de'])]],
  ['audience interested in cooking', [share('interest', ['Cooking'])]],
  ['40 % of followers from Ireland', [share('country', ['IE'], 0.4)]],
  ['under €650 per reel', [price(null, '65000', { format: 'reel' })]],
  ['€240 to €380', [price('24000', '38000')]],
  ['240-380 EUR', [price('24000', '38000')]],
  ['price up to 500 euros for a story', [price(null, '50000', { format: 'story' })]],
  ['budget of 500', [price(null, '50000')]],
  ['$200 to $400 a post', [price('20000', '40000', { currency: 'USD', format: 'post' })]],
  [
    'under 300 pounds including estimates',
    [price(null, '30000', { currency: 'GBP', origins: ['rate_card', 'creator', 'estimate'] })],
  ],
  ['under 50000 yen', [price(null, '50000', { currency: 'JPY' })]],
  ['verified', [is('verified', true)]],
  ['not verified', [is('verified', false)]],
  ['with e-mail', [is('hasEmail', true)]],
  ['no email address', [is('hasEmail', false)]],
  ['no sponsored posts', [is('hasSponsored', false)]],
  ['no ads or affiliate links', [is('hasSponsored', false), is('affiliate', false)]],
  ['open to gifting', [is('openToGifting', true)]],
  ['public accounts', [is('private', false)]],
  ['business accounts', [isIn('accountType', 'business')]],
  ['tagged vip', [isIn('tag', 'vip')]],
  ['never contacted', [{ field: 'fact.contacted', op: 'known', value: false }]],
  ['not contacted yet', [{ field: 'fact.contacted', op: 'known', value: false }]],
  ['worked with us before', [is('fact.worked_with', true)]],
  ['not in my lists', [notIn('list', 'lst_a', 'lst_b')]],
  ['on the list Autumn bakers', [isIn('list', 'lst_a')]],
  ['not on the list Old', [notIn('list', 'lst_b')]],
  ['no deals with Oatly', [notIn('sponsor', 'Oatly')]],
  ['sponsored by Oatly or Alpro', [isIn('sponsor', 'Oatly', 'Alpro')]],
  ['no rival Alpro', [notIn('sponsor', 'Alpro')]],
  ['#slowmorning', [isIn('hashtag', 'slowmorning')]],
  ['#oats or #bread', [isIn('hashtag', 'oats', 'bread')]],
  ['mentioning @oatly', [isIn('mention', 'oatly')]],
  ['not mentioning @oatly', [notIn('mention', 'oatly')]],
  ['"slow breakfast" bakers', [isIn('niche', 'baking')], '"slow breakfast"'],
  ['posting about sourdough and porridge', [], 'sourdough porridge'],
  [
    'bakers about sourdough, under 50k followers',
    [isIn('niche', 'baking'), cmp('followers', 'lt', 50_000)],
    'sourdough',
  ],
  ['bakers, no crypto', [isIn('niche', 'baking')], '-crypto'],
  ['@oatly', [], '@oatly'],
  ['female creators', [isIn('declaredGender', 'female')]],
  [
    'vegan bakers in Leipzig or Halle with 5 to 30k followers who posted this month',
    [
      isIn('niche', 'vegan'),
      isIn('niche', 'baking'),
      isIn('city', 'Leipzig', 'Halle'),
      range('followers', 5000, 30_000),
      within(22),
    ],
  ],
  [
    'micro influencers from Ireland on Instagram, engagement over 4 %, never contacted, with email, under €300 per post',
    [
      isIn('tier', 'micro'),
      isIn('country', 'IE'),
      isIn('platform', 'instagram'),
      cmp('engagementRate', 'gt', 0.04),
      { field: 'fact.contacted', op: 'known', value: false },
      is('hasEmail', true),
      price(null, '30000', { format: 'post' }),
    ],
  ],
  ['', []],
  ['find me creators', []],
];

describe('a question in plain words', () => {
  for (const [question, filters, text] of table) {
    it(`is read: ${question === '' ? '(nothing)' : question}`, () => {
      const answer = read(question);
      expect(answer.query).toEqual({ filters, ...(text === undefined ? {} : { text }) });
      expect(answer.unclear).toEqual([]);
    });
  }

  const unclear: [string, RegExp][] = [
    ['5-30k', /how many of what/],
    ['over 3 %', /per cent of what/],
    ['posted recently', /no date/],
    ['vegan bakers, no competitor deals', /rivals is not known/],
    ['no deals with Zorblax', /no creator here has a paid post/i],
    ['from Atlantia', /no creator here is in a place/i],
    ['grew 10 % in 9 months', /1 to 6 months/],
    ['similar to @nobody', /no creator here has the handle/i],
    ['tagged nonsense', /no creator here has a tag/i],
    ['on the list Nowhere', /no open list/i],
    ['audience in love', /does not say what the audience/],
    ['inactive', /for how long/],
    ['bakers or in Leipzig', /between values of one filter/],
    ['under 10k followers or over 500k followers', /between values of one filter/],
  ];
  for (const [question, message] of unclear) {
    it(`is not guessed: ${question}`, () => {
      const answer = read(question);
      expect(answer.unclear.map((one) => one.message).join('\n')).toMatch(message);
      expect(answer.unclear.every((one) => one.words !== '')).toBe(true);
    });
  }

  it('asks for none of several alternatives no filter can hold, and for all else', () => {
    const question = 'verified, bakers or in Leipzig or on YouTube, with email';
    const { query, unclear } = read(question);
    expect(query.filters).toEqual([is('verified', true), is('hasEmail', true)]);
    expect(unclear.map((one) => one.words)).toEqual(['bakers or in Leipzig or on YouTube']);
    expect(read('no ads or affiliate links').unclear).toEqual([]);
  });

  it('says of words after an "or" that they are asked for beside the filter', () => {
    expect(read('bakers or sourdough').parts.at(-1)?.remark).toMatch(/beside what stands before/);
  });

  it('gives with each filter the words it came from, at their place', () => {
    const question = 'vegan bakers in Leipzig or Halle, 5 to 30k followers, not verified';
    const { parts } = read(question);
    expect(parts.map((part) => part.words)).toEqual([
      'vegan',
      'bakers',
      'in Leipzig or Halle',
      '5 to 30k followers',
      'not verified',
    ]);
    for (const part of parts) expect(question.slice(part.at, part.at + part.length)).toBe(part.words);
  });

  it('says how it read a word that could mean something else', () => {
    const remarks = (question: string) =>
      read(question)
        .parts.map((part) => part.remark ?? '')
        .join('\n');
    expect(remarks('German creators')).toMatch(/where they are/);
    expect(remarks('10.000 followers')).toMatch(/10000/);
    expect(remarks('around 20k followers')).toMatch(/20 %/);
    expect(remarks('baking and running')).toMatch(/one or the other/);
    expect(remarks('mostly women')).toMatch(/at least half/);
    expect(remarks('in Leipzg')).toMatch(/read as Leipzig/);
  });

  it('searches what is left by meaning where there are vectors, and by words where there are none', () => {
    const question = 'slow breakfast, warm tone, under 60k followers';
    expect(read(question).query.text).toBe('slow breakfast warm tone');
    expect(read(question, { hasVectors: true }).query).toMatchObject({ about: 'slow breakfast, warm tone' });
  });

  it('finds the rivals the workspace has named', () => {
    const { query } = read('no competitor deals', { rivals: ['Oatly', 'Unheard'] });
    expect(query.filters).toEqual([notIn('sponsor', 'Oatly')]);
  });

  it('takes a creator as the pattern by handle', () => {
    expect(read('similar to @nell').query).toEqual({ filters: [], similarTo: 'per_nell' });
    expect(read('audience like @Nell, verified').query).toEqual({
      filters: [is('verified', true)],
      audienceLike: 'per_nell',
    });
  });

  it('reads an order and medians', () => {
    expect(read('bakers, largest first').query.sort).toEqual({ field: 'followers', direction: 'desc' });
    expect(read('by median, engagement over 2 %').query.calculation).toBe('median');
  });

  it('ends for any text, gives words at their place, and asks for nothing by chance', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 })),
        (text) => {
          const answer = read(text);
          for (const part of [...answer.parts, ...answer.unclear])
            expect(text.slice(part.at, part.at + part.length)).toBe(part.words);
          expect(answer.parts.filter((part) => part.kind === 'filter')).toHaveLength(answer.query.filters.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('bears 10,000 characters', () => {
    const started = performance.now();
    read('vegan bakers in Leipzig or Halle with 5 to 30k followers, '.repeat(170));
    read('a'.repeat(10_000));
    read('("'.repeat(5000));
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

const value = fc
  .string({ unit: 'grapheme-composite', minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() !== '' && !/[“”]/.test(text));
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 4 });
const not = fc.constantFrom({}, { not: true as const });
const whole = fc.integer({ min: 0, max: 5_000_000 });
const fraction = fc.integer({ min: 0, max: 100_000 }).map((n) => n / 100_000);
const growth = fc.integer({ min: -900, max: 3000 }).map((n) => n / 1000);
const numbers = (field: string, number: fc.Arbitrary<number>): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc
      .tuple(number, number, not)
      .map(([a, b, n]): Filter => ({ field, op: 'range', min: Math.min(a, b), max: Math.max(a, b), ...n })),
    fc
      .tuple(fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const), number, not)
      .map(([op, v, n]): Filter => ({ field, op, value: v, ...n })),
    fc.tuple(number, not).map(([min, n]): Filter => ({ field, op: 'range', min, ...n })),
  );
const minor = fc.integer({ min: 0, max: 9_999_999 }).map(String);
const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'niche',
        'country',
        'list',
        'city',
        'hashtag',
        'keyword',
        'sponsor',
        'declaredGender',
        'postPlace',
      ),
      values,
      not,
    )
    .map(([field, v, n]): Filter => ({ field, op: 'in', values: v, ...n })),
  numbers('followers', whole),
  numbers('avgDurationS', whole),
  numbers('adultShare', fraction),
  numbers('engagementRate', fraction),
  numbers('growth6m', growth),
  numbers('fact.vetting_score', whole),
  fc
    .tuple(fc.constantFrom('lastPost', 'refreshed'), fc.integer({ min: 1, max: 3650 }), not)
    .map(([field, days, n]): Filter => ({ field, op: 'within', days, ...n })),
  fc
    .tuple(fc.constantFrom('verified', 'hasEmail', 'affiliate', 'fact.worked_with'), fc.boolean(), not)
    .map(([field, v, n]): Filter => ({ field, op: 'is', value: v, ...n })),
  fc
    .tuple(fc.constantFrom('niche', 'engagementRate', 'fact.contacted', 'audience.country', 'lastPost'), fc.boolean())
    .map(([field, v]): Filter => ({ field, op: 'known', value: v })),
  fc
    .tuple(
      fc.constantFrom('audience.country', 'audience.engagersGender', 'audience.age'),
      values,
      fc.option(fraction, { nil: undefined }),
      not,
    )
    .map(
      ([field, v, min, n]): Filter => ({ field, op: 'share', values: v, ...(min === undefined ? {} : { min }), ...n }),
    ),
  fc
    .tuple(
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      fc.option(minor, { nil: undefined }),
      fc.option(minor, { nil: undefined }),
      fc.constantFrom(undefined, 'reel' as const),
      fc.constantFrom(undefined, ['estimate', 'creator'] as ('estimate' | 'creator')[]),
      not,
    )
    .map(([currency, a, b, format, origins, n]): Filter => {
      const [minMinor, maxMinor] = a !== undefined && b !== undefined && Number(a) > Number(b) ? [b, a] : [a, b];
      return {
        field: 'price',
        op: 'price',
        currency,
        ...(minMinor === undefined ? {} : { minMinor }),
        ...(maxMinor === undefined ? {} : { maxMinor }),
        ...(format === undefined ? {} : { format }),
        ...(origins === undefined ? {} : { origins }),
        ...n,
      };
    }),
  fc
    .tuple(
      fc.constantFrom('home', 'postPlace'),
      value,
      fc.constantFrom({}, { country: 'DE' }),
      fc.integer({ min: 1, max: 500 }),
      not,
    )
    .map(([field, place, country, km, n]): Filter => ({ field, op: 'near', place, ...country, km, ...n })),
  fc
    .tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }), fc.integer({ min: 1, max: 500 }))
    .map(([lat, lon, km]): Filter => ({ field: 'home', op: 'near', lat: lat + 0.5, lon: lon + 0.125, km })),
);

describe('the wording of filters', () => {
  it('is read back as the same filters, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyFilter, { maxLength: 5, selector: (filter) => JSON.stringify(plainFilter(filter)) }),
        (filters) => {
          const answer = read(describeFilters(filters));
          expect(answer.query).toEqual({ filters: filters.map(plainFilter) });
          expect(answer.unclear).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });
});
