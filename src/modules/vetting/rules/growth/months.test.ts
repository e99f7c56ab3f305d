import { describe, expect, it } from 'vitest';
import { aPost } from '../a-subject.ts';
import type { ProfilePast } from '../subject.ts';
import { monthsOf } from './months.ts';

const none = { points: [], source: '' };
const past = (change: Partial<ProfilePast> = {}): ProfilePast => ({
  following: none,
  avgLikes: none,
  avgComments: none,
  avgViews: none,
  shoutouts: [],
  commentMoments: [],
  hasOlderPosts: false,
  ...change,
});

describe('the history by month', () => {
  it('keeps the last count of a month, averages its posts with their number, and what a source stated apart', () => {
    const months = monthsOf({
      followers: {
        points: [
          { day: '2026-01-30', value: 900 },
          { day: '2026-02-03', value: 1000 },
          { day: '2026-02-20', value: 1100 },
        ],
        source: 'file',
      },
      posts: [
        aPost(1, { postedAt: '2026-02-01T10:00:00.000Z', likes: 10, comments: null, views: null }),
        aPost(2, { postedAt: '2026-02-28T23:00:00.000Z', likes: 30, comments: 4, views: null }),
        aPost(3, { postedAt: null, likes: 99_999 }),
      ],
      past: past({ avgViews: { points: [{ day: '2026-02-10', value: 700 }], source: 'report' } }),
    });

    expect(months.map((month) => month.month)).toEqual(['2026-02', '2026-01']);
    expect(months[0]).toMatchObject({
      followers: { value: 1100, n: 2 },
      followersChange: 200,
      posts: 2,
      avgLikes: { value: 20, n: 2, source: 'file' },
      avgComments: { value: 4, n: 1 },
      avgViews: null,
      totalViews: null,
      stated: { avgViews: { value: 700, source: 'report' }, avgLikes: null },
    });
    expect(months[1]).toMatchObject({ followersChange: null, posts: 0, avgLikes: null });
  });

  it('says that a month is not whole where older posts were not read', () => {
    const posts = [
      aPost(1, { postedAt: '2026-03-01T10:00:00.000Z' }),
      aPost(2, { postedAt: '2026-02-01T10:00:00.000Z' }),
    ];
    const months = monthsOf({ followers: none, posts, past: past({ hasOlderPosts: true }) });
    expect(months.map((month) => [month.month, month.isPartial])).toEqual([
      ['2026-03', false],
      ['2026-02', true],
    ]);
  });
});
