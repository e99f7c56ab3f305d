import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDisclosure } from './caption-shape.ts';
import { scoreSponsored } from './sponsored-score.ts';

describe('how likely a caption is an ad by its text alone', () => {
  it('cuts out what discloses and every name before it looks', () => {
    const masked = maskDisclosure(
      'So good! Thanks to @kettlemoth for the tea #ad #KettlemothPartner, sponsored by @oatwhistle',
    );
    expect(masked).not.toMatch(/@|#ad|partner|sponsored|thanks/i);
    const [open, silent] = [scoreSponsored('Lovely tea #ad', 'nell'), scoreSponsored('Lovely tea', 'nell')];
    expect(open.probability).toBeCloseTo(silent.probability, 2);
  });

  it('puts trade above talk and says what it goes by', () => {
    const trade = scoreSponsored('Get 20% off the new collection at @kettlemoth, shop now, link in bio!', 'nell');
    const talk = scoreSponsored('Rain again. We stayed in and read.', 'nell');
    expect(trade.probability).toBeGreaterThan(5 * talk.probability);
    expect(trade.reasons).toContain('a code or a percentage');
    expect(talk.reasons).toEqual([]);
  });

  it('gives a probability for any text, quickly for a long one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { probability } = scoreSponsored(text, 'nell');
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThan(1);
      }),
      { numRuns: 100 },
    );
    const start = performance.now();
    scoreSponsored('thanks to @'.repeat(9000), 'nell');
    expect(performance.now() - start).toBeLessThan(500);
  });
});
