import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './cases/any-text.ts';
import { caseContext, readCases, tallyIntents } from './cases/read-cases.ts';
import { readTokens } from './comment-tokens.ts';
import { explainIntents, intents, intentsOf } from './intents.ts';
import { targetOf, targets } from './target.ts';

const cases = ['first.txt', 'second.txt', 'third.txt'].flatMap(readCases);

describe('what a comment wants', () => {
  it('is found in the invented comments of eight languages: right nine times in ten, and eight in ten found', () => {
    const tally = tallyIntents(cases, ({ text, language }) => intentsOf(text, language));
    for (const intent of intents) {
      const { right, tooMany, missed } = tally[intent];
      expect({ intent, precise: right / (right + tooMany) >= 0.9 }).toEqual({ intent, precise: true });
      expect({ intent, found: right / (right + missed) >= 0.8 }).toEqual({ intent, found: true });
    }
  });

  it('is found too when the language is not known', () => {
    expect(intentsOf('Wo hast du die Jacke gekauft', null)).toMatchObject({ question: true, purchaseIntent: true });
    expect(intentsOf('Nunca llegó mi pedido', 'und')).toMatchObject({ complaint: true });
  });

  it('is not a question when a question mark only admires', () => {
    expect(intentsOf('how cute is she?!', 'en')).toMatchObject({ question: false, praise: true });
    expect(intentsOf('what is https://shop.example/?a=b', 'en').question).toBe(true);
    expect(intentsOf('https://shop.example/?a=b', 'en').question).toBe(false);
  });

  it('is not praise when it is turned round', () => {
    expect(intentsOf('not so good', 'en').praise).toBe(false);
    expect(intentsOf('no me gusta', 'es').praise).toBe(false);
  });

  it('names the words that decided', () => {
    expect(explainIntents(readTokens('Where did you get that coat?'), 'en')).toMatchObject({
      question: '?',
      purchaseIntent: 'where did you get',
    });
  });
});

describe('whom a comment is aimed at', () => {
  it('is told in nine of ten of the invented comments', () => {
    const right = cases.filter((one) => targetOf(one.text, { ...caseContext, language: one.language }) === one.target);
    expect(right.length / cases.length).toBeGreaterThan(0.9);
  });

  it('is whoever the handles name', () => {
    expect(targetOf('@glow.lab where is my parcel', caseContext)).toBe('brand');
    expect(targetOf('@LENA you are the best', caseContext)).toBe('creator');
    expect(targetOf('@tom look', caseContext)).toBe('other');
    expect(targetOf('nice', caseContext)).toBe('unknown');
    expect(targetOf('glowlab is great', caseContext)).toBe('brand');
  });
});

describe('any text', () => {
  it('has intents and a target, the same each time, whatever stands in it', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(null, 'en', 'de', 'ar', 'xx'), (text, language) => {
        const found = intentsOf(text, language);
        expect(Object.keys(found).sort()).toEqual([...intents].sort());
        expect(intentsOf(text, language)).toEqual(found);
        expect(targets).toContain(targetOf(text, { ...caseContext, language }));
      }),
    );
  });

  it('of 100,000 characters takes a moment', () => {
    intentsOf('warm', 'en');
    const started = performance.now();
    intentsOf('where did you get this '.repeat(5000), 'en');
    expect(performance.now() - started).toBeLessThan(250);
  });
});
