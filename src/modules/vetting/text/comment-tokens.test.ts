import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './cases/any-text.ts';
import { readCharactersMax, readTokens } from './comment-tokens.ts';

const piecesOf = (text: string) => readTokens(text).map(({ kind, text: piece }) => `${kind}:${piece}`);

describe('a comment in pieces', () => {
  it('tells words, tags, names, links, emoji, emoticons and punctuation apart', () => {
    expect(piecesOf('SOOO good!! @jo.doe #LoveIt https://x.y/z :) <3 😍🏽 don’t')).toEqual([
      'word:soo',
      'word:good',
      'stop:!!',
      'mention:@jo.doe',
      'hashtag:loveit',
      'link:https://x.y/z',
      'emoticon::)',
      'emoticon:<3',
      'emoji:😍',
      "word:don't",
    ]);
  });

  it('knows capitals and letters drawn out', () => {
    expect(readTokens('SOOO nice')[0]).toMatchObject({ text: 'soo', isLoud: true, isDrawnOut: true });
    expect(readTokens('nice')[0]).toMatchObject({ isLoud: false, isDrawnOut: false });
  });

  it('reads one emoji whatever the colour of skin, and a family as one', () => {
    expect(piecesOf('👍🏿👍')).toEqual(['emoji:👍', 'emoji:👍']);
    expect(piecesOf('👨‍👩‍👧')).toEqual(['emoji:👨‍👩‍👧']);
  });

  it('keeps schön apart from schon, and folds the accents people leave out', () => {
    expect(piecesOf('schön schon café vergüenza')).toEqual([
      'word:schoen',
      'word:schon',
      'word:cafe',
      'word:verguenza',
    ]);
  });

  it('undoes what exports leave behind', () => {
    expect(piecesOf('y\\u2019all &amp; me')).toEqual(["word:y'all", 'word:me']);
  });

  it('takes any text, reads no more than 2,000 characters of it, and says the same each time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = readTokens(text);
        expect(tokens.every((token) => token.text !== '')).toBe(true);
        expect(readTokens(text)).toEqual(tokens);
      }),
    );
    expect(readTokens('a '.repeat(50_000)).length).toBeLessThanOrEqual(readCharactersMax / 2);
  });
});
