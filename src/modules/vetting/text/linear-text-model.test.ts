import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLinear, fitTemperature, packLinearTextModel } from '../../../../models/fit/fit-linear.ts';
import { readLinearTextModel, scoreText } from './linear-text-model.ts';
import { hashedFeatures, plainText, type TextFeatureOptions, tokensOf } from './text-features.ts';

const features: TextFeatureOptions = { words: 2, characters: { from: 2, to: 4 }, buckets: 1 << 12 };
const texts = [
  ['buy followers now, link in bio', 'spam'],
  ['free followers, visit my page', 'spam'],
  ['get free coins now at my page', 'spam'],
  ['what a lovely green coat', 'ham'],
  ['where did you find that coat?', 'ham'],
  ['lovely, we were there in May', 'ham'],
] as const;
const rows = texts.map(([text, label]) => ({ features: hashedFeatures(text, features), label }));
const options = { labels: ['ham', 'spam'], features, l2: 0.1, epochs: 50, seed: 7 };

describe('features of a text', () => {
  it('stay inside the table, each place once, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { indices, values } = hashedFeatures(text, features);
        expect(new Set(indices).size).toBe(indices.length);
        expect(indices.every((place) => place < features.buckets)).toBe(true);
        expect(values.every((value) => value > 0 && value <= 1.0001)).toBe(true);
      }),
    );
  });

  it('do not depend on case, width, blanks around, or what was read before', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (text, other) => {
        const first = hashedFeatures(text, features);
        hashedFeatures(other, features);
        expect(hashedFeatures(`  ${text}\n`, features)).toEqual(first);
      }),
    );
    expect(hashedFeatures('ＬＯＶＥ it', features)).toEqual(hashedFeatures('love IT', features));
  });

  it('of a text of 100,000 characters are read in no time', () => {
    const from = performance.now();
    hashedFeatures('buy now '.repeat(12_500), features);
    expect(performance.now() - from).toBeLessThan(100);
  });

  it('even out addresses, names, numbers and drawn-out letters', () => {
    expect(tokensOf(plainText('Sooooo good @anna_b!! https://example.com/x 1,200'))).toEqual([
      ...['sooo', 'good', 'ⓜ', '!', '!', 'ⓤ', '0'],
    ]);
  });
});

describe('a linear text model', () => {
  it('learns its cases, and is the same to the byte when trained again', () => {
    const model = fitLinear(rows, options);
    for (const { features: of, label } of rows) {
      const likely = scoreText(model, of);
      expect(model.labels[likely.indexOf(Math.max(...likely))]).toBe(label);
      expect(likely.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    }
    expect(packLinearTextModel(model).equals(packLinearTextModel(fitLinear(rows, options)))).toBe(true);
  });

  it('is the same after a trip through its file; a cut file is refused', () => {
    const model = fitLinear(rows, options);
    const bytes = packLinearTextModel(model);
    expect(readLinearTextModel(bytes)).toEqual(model);
    expect(() => readLinearTextModel(bytes.subarray(0, -1))).toThrow('damaged');
    expect(() => readLinearTextModel(bytes.subarray(3))).toThrow('damaged');
  });

  it('is made less sure by a temperature when it was too sure on unseen cases', () => {
    const sure = [
      { scores: [4, 0], label: 0 },
      { scores: [4, 0], label: 1 },
      { scores: [4, 0], label: 0 },
    ];
    expect(fitTemperature(sure)).toBeGreaterThan(2);
  });
});
