import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './cases/any-text.ts';
import { loadSentimentWeights } from './load-sentiment.ts';
import { type Sentiment, sentimentLabels, sentimentOf } from './sentiment.ts';
import { sentimentLanguages } from './sentiment-features.ts';
import { packSentiment, readSentiment } from './sentiment-model.ts';

const scoreOf = (text: string, language = 'en') => sentimentOf(text, language).score;
const sumOf = ({ parts }: Sentiment) => parts.reduce((sum, part) => sum + part.value, 0);

describe('how a comment feels', () => {
  it.each([
    ['en', 'I love this so much, absolutely gorgeous', 'This is horrible, I hate it, total garbage'],
    ['de', 'Wunderschön, ich liebe es', 'Furchtbar, so eine Frechheit und Abzocke'],
    ['fr', "J'adore, c'est magnifique", 'Quelle honte, une arnaque horrible'],
    ['es', 'Me encanta, qué maravilla', 'Qué asco, una estafa horrible'],
    ['it', 'Adoro, è bellissimo', 'Che schifo, una truffa vergognosa'],
    ['pt', 'Amei, que maravilha linda', 'Que lixo, horrível, péssimo'],
    ['ar', 'رائع جدا احب هذا', 'زبالة ونصب واسوأ شيء'],
  ])('in %s tells delight from disgust', (language, good, bad) => {
    expect(sentimentOf(good, language).label).toBe('positive');
    expect(sentimentOf(bad, language).label).toBe('negative');
    expect(scoreOf(good, language)).toBeGreaterThan(scoreOf(bad, language));
  });

  it('in Hindi, whose labels taught it little, still puts delight above disgust', () => {
    expect(scoreOf('bahut accha, zabardast', 'hi')).toBeGreaterThan(0.1);
    expect(scoreOf('bakwas aur ghatiya, dhokha hai', 'hi')).toBeLessThan(-0.1);
  });

  it('reads emoji alone, whatever the language', () => {
    for (const language of [null, 'und', 'en', 'ja']) {
      expect(sentimentOf('😍😍❤️', language).label).toBe('positive');
      expect(sentimentOf('😡🤮', language).label).toBe('negative');
    }
  });

  it('hears a negation, emphasis, and what stands behind "but"', () => {
    expect(scoreOf('this is good')).toBeGreaterThan(scoreOf('this is not good'));
    expect(scoreOf('this is sooooo GOOD!!!')).toBeGreaterThan(scoreOf('this is good'));
    expect(scoreOf('ugly box but the cream is lovely')).toBeGreaterThan(scoreOf('lovely box but the cream is ugly'));
    expect(scoreOf('that is AWFUL')).toBeLessThan(0);
  });

  it('does not take the German article for the English word', () => {
    expect(scoreOf('die Tasche steht hier', 'de')).toBeGreaterThan(-0.15);
  });

  it('says that it knows nothing of a text it cannot read', () => {
    for (const [text, language] of [
      ['', 'en'],
      ['...', 'en'],
      ['これはペンです', 'ja'],
      ['ⰀⰁⰂ', null],
      ['zzqk wvvx', null],
    ] as const) {
      const found = sentimentOf(text, language);
      expect(found).toMatchObject({ isKnown: false, score: 0, label: 'neutral' });
    }
  });

  it('gives a score that is the sum of its parts within -1 and 1, and a label that does not contradict it, for any text', () => {
    const pieces = fc.constantFrom(
      'love',
      'hate',
      'not',
      'so',
      '😍',
      '😡',
      '!!!',
      'GREAT',
      'soooo',
      '@ana',
      'but',
      '#ad',
      'zzz',
      '?',
      'bad',
      'nice',
    );
    const texts = fc.oneof(
      anyText,
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(null, 'und', 'nl', ...sentimentLanguages), (text, language) => {
        const found = sentimentOf(text, language);
        expect(Math.abs(found.score)).toBeLessThanOrEqual(1);
        expect(found.score).toBeCloseTo(Math.max(-1, Math.min(1, sumOf(found))), 10);
        expect(found.confidence).toBeGreaterThanOrEqual(1 / 3);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(sentimentLabels).toContain(found.label);
        if (found.label === 'positive') expect(found.score).toBeGreaterThanOrEqual(-1e-12);
        if (found.label === 'negative') expect(found.score).toBeLessThanOrEqual(1e-12);
        expect(sentimentOf(text, language)).toEqual(found);
      }),
      { numRuns: 300 },
    );
  });

  it('reads emoji alone where another language than the eight was told, since English words are others there', () => {
    expect(sentimentOf('Van welk merk zijn die kussens', 'nl').isKnown).toBe(false);
    expect(sentimentOf('Mijn kind want het is gratis', 'nl').isKnown).toBe(false);
    expect(sentimentOf('Van welk merk zijn die kussens 😍', 'nl')).toMatchObject({ isKnown: true, label: 'positive' });
    expect(sentimentOf('what a lovely one', null)).toMatchObject({ isKnown: true, label: 'positive' });
  });

  it('reads 100,000 characters in a moment', () => {
    sentimentOf('warm', 'en');
    const started = performance.now();
    sentimentOf('so lovely '.repeat(10_000), 'en');
    expect(performance.now() - started).toBeLessThan(250);
  });
});

describe('the file of weights', () => {
  it('comes back as it was written, and a damaged one is refused', () => {
    const weights = loadSentimentWeights();
    const bytes = packSentiment(weights);
    expect(bytes.length).toBeLessThan(3_000_000);
    expect(packSentiment(readSentiment(bytes)).equals(bytes)).toBe(true);
    expect(() => readSentiment(bytes.subarray(0, bytes.length - 1))).toThrow('damaged');
    expect(() => readSentiment(new Uint8Array([1, 2, 3]))).toThrow('damaged');
  });
});
