import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicates } from './find-duplicates.ts';
import { likeness, signatureOf } from './signature.ts';

function signed(texts: readonly string[]) {
  return texts.flatMap((text, at) => {
    const signature = signatureOf(text);
    return signature === null ? [] : [{ id: `c${String(at).padStart(5, '0')}`, signature }];
  });
}

const alike = (a: string, b: string) => {
  const [one, other] = signed([a, b]);
  return one === undefined || other === undefined ? null : likeness(one.signature, other.signature);
};

describe('nearly the same texts', () => {
  it('are found through capitals, emoji, names, marks and drawn-out letters', () => {
    expect(alike('Wow this is sooooo GREAT my friend!! @ana 🔥', 'wow this is so great my friend')).toBe(1);
    expect(alike('Wow what a great shot my friend', 'Wow what a great shot my dear friend')).toBeGreaterThan(0.6);
  });

  it('are not seen in texts on the same thing', () => {
    expect(alike('I love how you styled this coat', 'I love how you made this bread')).toBeLessThan(0.6);
  });

  it('are not sought among texts too short to be more than chance', () => {
    for (const text of ['so beautiful', '🔥🔥🔥', '@ana @tom', 'love it!!!', ''])
      expect(signatureOf(text), text).toBeNull();
    expect(signatureOf('这个杯子真的非常好看我也想要一个')).not.toBeNull();
  });

  it('take a text of 100,000 characters and any script without failing', () => {
    expect(signatureOf('ab cd '.repeat(17_000))).toHaveLength(64);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const signature = signatureOf(text);
        if (signature !== null) expect(likeness(signature, signature)).toBe(1);
      }),
    );
  });

  it('form the same groups in whatever order they come, each with the least id of its members', () => {
    const words = ['bread', 'coat', 'kettle', 'garden', 'mug', 'lamp'];
    const texts = words.flatMap((word) => [
      `this ${word} is the very best thing I saw all week`,
      `this ${word} is the very best thing I saw all week!!`,
      `never in my life would I have thought of a ${word} like that`,
    ]);
    const all = signed(texts);
    const expected = findDuplicates(all);
    expect(expected.get('c00001')).toBe(expected.get('c00000'));
    for (const [id, group] of expected) expect(group <= id).toBe(true);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(findDuplicates(shuffled)).toEqual(expected);
      }),
    );
  });

  it('are grouped in seconds however often one text comes', () => {
    const texts = Array.from({ length: 20_000 }, (_, at) => `please check out my wonderful new page number ${at % 3}`);
    const startedMs = performance.now();

    expect(new Set(findDuplicates(signed(texts)).values()).size).toBeLessThanOrEqual(3);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });
});
