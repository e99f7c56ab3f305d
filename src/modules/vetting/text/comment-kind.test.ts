import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKindCorpus } from '../../../../models/comment-quality/corpus.ts';
import { fitKinds } from '../../../../models/comment-quality/fit.ts';
import { assignFolds } from '../../../../models/fit/fit-linear.ts';
import { commentKind, commentKindSchema } from './comment-kind.ts';
import { findPromotion, tryPromotion } from './promotion.ts';
import { mayPromote } from './promotion-gate.ts';

const kindsOf = (texts: readonly string[]) => texts.map((text) => commentKind(text).kind);
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('👩🏽‍🚀🔥', '@anna_b', 'مرحبا ', 'שלום', '\u202eabc\u202c', 'https://example.com', '#goals'),
);

describe('the kind of a comment', () => {
  it('is told by rules where a rule can tell', () => {
    expect(kindsOf(['@mira @jo.k 😍', '@mira', '@mira.', '@mira x'])).toEqual(Array(4).fill('tag_only'));
    expect(kindsOf(['❤️', '👨‍👩‍👧‍👦👍🏽', '...', '!!', 'x', '🇮🇹', '', '   ', '12'])).toEqual(
      Array(9).fill('emoji_only'),
    );
    expect(
      kindsOf([
        'DM us to get featured 💌',
        'see https://example.com/shop',
        'follow me and i follow back',
        'Visita mi perfil',
        'Schau mal bei mir vorbei',
        'Подписывайтесь на меня',
        'للطلب واتساب',
        '加我微信 lily88901',
      ]),
    ).toEqual(Array(8).fill('spam_promo'));
  });

  it('is conversation where somebody asks or tells, even with words that promotion uses', () => {
    expect(
      kindsOf([
        'Where is the bag from?',
        'can you dm me the recipe?',
        'is the link in your bio?',
        'thanks for the follow back in March, my mother says hello',
        'Wo hast du die Schuhe her?',
        '@mira we should go there next weekend',
        'どこで買いましたか？',
      ]),
    ).toEqual(Array(7).fill('conversation'));
  });

  it('tells praise of a thing from praise of anything', () => {
    expect(kindsOf(['Love that coat!', 'Was für ein schöner Mantel', 'Bellissime scarpe', 'those tiles 😍'])).toEqual(
      Array(4).fill('specific_praise'),
    );
    expect(
      kindsOf(['so beautiful 💕', 'Wunderschön', 'Bellissima', 'Happy birthday, Anna!', 'красотка', '10/10']),
    ).toEqual(Array(6).fill('generic_praise'));
  });

  it('comes with the rule and the words that decided, as they stand in the text', () => {
    const text = '  Love that coat! follow me';
    const { rule, span } = commentKind(text);
    expect(rule).toBe('promotion: begs for follows');
    expect(text.slice(span?.start, span?.end)).toBe('follow me');
    const asked = 'Is it warm?';
    const found = commentKind(asked);
    expect(asked.slice(found.span?.start, found.span?.end)).toBe('?');
  });

  it('is found for any text, the same each time, with a span inside the text and a confidence between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 6 }), (parts) => {
        const text = parts.join(' ');
        const found = commentKind(text);
        expect(commentKindSchema.options).toContain(found.kind);
        expect(found.confidence).toBeGreaterThan(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(commentKind(text)).toEqual(found);
        if (found.span !== null) {
          expect(found.span.start).toBeGreaterThanOrEqual(0);
          expect(found.span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('does not depend on blanks around', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), fc.constantFrom(' ', '\n', '\t  ', '\u00a0'), (parts, blank) => {
        const text = parts.join(' ').trim();
        expect(commentKind(`${blank}${text}${blank}`).kind).toBe(commentKind(text).kind);
      }),
    );
  });

  it('of a comment of 100,000 characters is found at once', () => {
    for (const unit of [
      'a',
      'buy now! ',
      '😍',
      '@a ',
      'my my my our ',
      '+1 ',
      'http://',
      'çok güzel ',
      '#tag ',
      'send us a a a ',
    ]) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      const fromMs = performance.now();
      commentKind(text);
      expect(performance.now() - fromMs).toBeLessThan(500);
    }
  });

  it('is right for 85 of 100 invented comments that the weights have not seen', () => {
    const cases = readKindCorpus();
    const folds = assignFolds(
      cases.map(({ id }) => ({ group: id })),
      4,
      7,
    );
    const model = fitKinds(
      cases.filter((_, at) => folds[at] !== 0),
      7,
    );
    const unseen = cases.filter((_, at) => folds[at] === 0);
    const right = unseen.filter(({ kind, text }) => commentKind(text, model).kind === kind).length;
    expect(right / unseen.length).toBeGreaterThan(0.85);
  }, 60_000);
});

describe('the gate before the rules of promotion', () => {
  it('keeps no promotion out: with it and without it the answers are the same', () => {
    for (const { text } of readKindCorpus()) expect(findPromotion(text)).toEqual(tryPromotion(text));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        expect(findPromotion(text)).toEqual(tryPromotion(text));
      }),
    );
  });

  it('lets nothing through that has no word of promotion', () => {
    expect(['so beautiful 💕', 'Love that coat!', 'Where is it from?', '🔥🔥'].map(mayPromote)).toEqual(
      Array(4).fill(false),
    );
  });
});
