import { describe, expect, it } from 'vitest';
import { briefSchema } from '../api.ts';
import { compareWithBrief, handlesIn, wordsOfBrief } from './brief-alignment.ts';

const brief = briefSchema.parse({
  background: 'Sourdough for busy people, with @Snug.Loaf',
  keyMessages: ['Bread in an hour'],
  donts: ['No alcohol'],
  hashtags: ['#Bread', 'rye'],
  deliverables: [
    { platform: 'instagram', format: 'reel', count: 2 },
    { platform: 'tiktok', format: 'video' },
    { platform: 'youtube', format: 'short' },
  ],
});

describe('a creator beside a brief', () => {
  it('is matched by what the brief wants, not by what it forbids', () => {
    expect(wordsOfBrief(brief)).toBe('Sourdough for busy people, with @Snug.Loaf. Bread in an hour. Bread. rye');
    expect(handlesIn(wordsOfBrief(brief))).toEqual(['snug.loaf']);
    expect(handlesIn('mail a@b.de, @one_two. @one_two')).toEqual(['one_two']);
    expect(wordsOfBrief(briefSchema.parse({}))).toBe('');
  });

  it('is said to make a piece, never to have made it, or not to be known, by posts whose format is known', () => {
    const posts = [
      { format: 'Reel', hashtags: ['#bread'] },
      { format: 'post', hashtags: [] },
      { format: null, hashtags: [] },
    ];
    const { asked, hashtags } = compareWithBrief(brief, [
      { platform: 'instagram', posts },
      { platform: 'tiktok', posts: [{ format: null, hashtags: [] }] },
    ]);
    expect(asked).toEqual([
      { platform: 'instagram', format: 'reel', count: 2, hasProfile: true, posts: 1, of: 2 },
      { platform: 'tiktok', format: 'video', count: 1, hasProfile: true, posts: null, of: 0 },
      { platform: 'youtube', format: 'short', count: 1, hasProfile: false, posts: null, of: 0 },
    ]);
    expect(hashtags).toEqual({ used: ['#Bread'], of: 2 });
    expect(compareWithBrief(briefSchema.parse({}), []).hashtags).toBeNull();
  });
});
