import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadWordModel } from '../load-word-model.ts';
import { mentionCloseness } from './co-mentions.ts';
import { judgePrice } from './contributions.ts';
import { audienceLikeness, compareAudience, jensenShannonDistance } from './distribution-distance.ts';
import { encodeWith, quantise } from './encode-text.ts';
import { cosine } from './sparse.ts';
import { standardise, type TasteRow } from './taste.ts';
import { splitJoined, wordsOfHandle, wordsOfText } from './words-of-text.ts';

const model = loadWordModel();
const rankOf = (word: string) => model.places.get(word);

describe('words of a text', () => {
  it('splits hashtags and handles into the words they are made of', () => {
    expect(splitJoined('veganfoodlover', rankOf)).toEqual(['vegan', 'food', 'lover']);
    expect(splitJoined('wanderlust', rankOf)).toEqual(['wanderlust']);
    expect(wordsOfHandle('the.vegan_baker99', rankOf)).toEqual(['the', 'vegan', 'baker']);
  });

  it('keeps all letters of what it splits, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const joined = [...text].slice(0, 40).join('');
        expect(splitJoined(joined, rankOf).join('')).toBe(joined);
      }),
    );
  });

  it('sets mentions apart, drops links, and reads hashtags as words', () => {
    const read = wordsOfText('Lunch with @Jo.Doe! https://example.com/x #PlantBased 🌱', rankOf);
    expect(read.mentions).toEqual(['jo.doe']);
    expect(read.hashtags).toEqual(['plantbased']);
    expect(read.words).toEqual(['lunch', 'with', 'plant', 'based', '🌱']);
  });
});

describe('vectors of texts', () => {
  it('are nearer for texts of one subject than for texts of two', () => {
    const of = (text: string) => encodeWith(model, text).values ?? new Float32Array(model.dims);
    const [bread, cakes, shoes] = [
      of('sourdough bread baking at home'),
      of('recipes for cakes and cookies'),
      of('running shoes for marathon training'),
    ];
    expect(cosine(bread, cakes)).toBeGreaterThan(cosine(bread, shoes) + 0.3);
  });

  it('are not made of fewer than three known words, and the known ones are counted', () => {
    expect(encodeWith(model, 'привет bread')).toMatchObject({ values: null, words: 2, wordsKnown: 1 });
    expect(encodeWith(model, '')).toEqual({ values: null, words: 0, wordsKnown: 0 });
  });

  it('keep their direction as bytes, within half a step a component', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 96, maxLength: 96 }), (numbers) => {
        const vector = Float32Array.from(numbers);
        const { scale, values } = quantise(vector);
        vector.forEach((value, i) => {
          expect(Math.abs(value - scale * (values[i] ?? 0))).toBeLessThanOrEqual(scale / 2 + 1e-6);
        });
      }),
    );
  });
});

describe('distance of audiences', () => {
  const shares = fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    .map((parts) => parts.map((part) => part / parts.reduce((sum, other) => sum + other, 0)));

  it('is a metric between 0 and 1', () => {
    fc.assert(
      fc.property(shares, shares, shares, (p, q, r) => {
        const d = jensenShannonDistance(p, q);
        expect(d).toBeGreaterThanOrEqual(0);
        expect(d).toBeLessThanOrEqual(1);
        expect(d).toBeCloseTo(jensenShannonDistance(q, p), 12);
        expect(jensenShannonDistance(p, p)).toBeLessThan(1e-7);
        expect(d).toBeLessThanOrEqual(jensenShannonDistance(p, r) + jensenShannonDistance(r, q) + 1e-9);
      }),
    );
  });

  it('compares a rest that nobody named as one more value', () => {
    const [fit] = compareAudience({ country: { DE: 0.6 } }, { country: { DE: 0.6, US: 0.4 } });
    expect(fit?.distance).toBeCloseTo(0, 9);
  });

  it('is not told when no dimension is known of both', () => {
    expect(audienceLikeness({ country: { DE: 1 } }, { age: { '18-24': 1 } })).toBeNull();
    expect(compareAudience({ country: { DE: 1 } }, {})).toEqual([]);
  });
});

describe('mentions', () => {
  const rows = [
    { id: 'a', accounts: new Set(['oatly', 'mill']) },
    { id: 'b', accounts: new Set(['oatly', 'mill']) },
    { id: 'c', accounts: new Set(['mill']) },
    { id: 'd', accounts: new Set(['beer']) },
    { id: 'e', accounts: new Set(['beer']) },
  ];

  it('bring those near who share accounts with the examples, also when the brand itself is left out', () => {
    const near = mentionCloseness(rows, new Set(['a', 'b']), new Set(['oatly']));
    expect(near.get('c')?.direct).toBeGreaterThan(0.9);
    expect(near.get('c')?.walk).toBeGreaterThan(0);
    expect(near.get('d')).toEqual({ direct: 0, walk: 0, second: 0 });
  });
});

describe('standard scores', () => {
  it('put the unknown in the middle and never blow up a hair’s breadth', () => {
    const row = (words: number | null): TasteRow => ({
      words,
      vector: null,
      direct: null,
      walk: null,
      second: null,
      hashtags: null,
    });
    const scores = standardise([row(0), row(0.001), row(null)]);
    expect(scores[2]?.words).toBe(0);
    expect(Math.abs(scores[1]?.words ?? 1)).toBeLessThan(0.1);
  });
});

describe('price', () => {
  const budget = { amountMinor: 20_000n, currency: 'EUR' };

  it('fits within the budget, counts down above it, and is never converted or taken from published bands', () => {
    const offer = { currency: 'EUR', lowMinor: 15_000, origin: 'rate_card', format: 'post' };
    expect(judgePrice(budget, [offer]).value).toBe(1);
    expect(judgePrice(budget, [{ ...offer, lowMinor: 40_000 }]).value).toBe(0.5);
    expect(judgePrice(budget, [{ ...offer, currency: 'USD' }]).value).toBeNull();
    expect(judgePrice(budget, [{ ...offer, origin: 'estimate' }]).value).toBeNull();
    expect(judgePrice(null, [offer]).value).toBeNull();
  });
});
