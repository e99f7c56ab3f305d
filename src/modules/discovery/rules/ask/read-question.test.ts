import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesByName } from '../../region-names.ts';
import { anyFilter } from './arbitrary-filters.ts';
import { describeFilters, plainFilter } from './describe-filters.ts';
import { is, notIn, table } from './questions-by-hand.ts';
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
