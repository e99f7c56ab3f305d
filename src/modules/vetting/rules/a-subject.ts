import type { VettedPost, VettingSubject } from './subject.ts';

// Builders for the tests of the rules: a creator with nothing wrong, to be changed by one thing at a time.

export const now = '2026-05-07T12:00:00.000Z';
const dayMs = 86_400_000;
export const daysAgo = (days: number) => new Date(Date.parse(now) - days * dayMs).toISOString();

export function aPost(at: number, change: Partial<VettedPost> = {}): VettedPost {
  return {
    id: `pst_${String(at).padStart(3, '0')}`,
    url: null,
    postedAt: daysAgo(3 + 2 * at),
    observedAt: now,
    format: 'image',
    caption: `Morning number ${at}`,
    hashtags: [],
    mentions: [],
    likes: 600 + ((at * 7) % 12) * 20,
    comments: 12 + (at % 4),
    views: null,
    shares: null,
    saves: null,
    isPaidLabel: null,
    source: 'file',
    ...change,
  };
}

export const posts = (n: number, change: (at: number) => Partial<VettedPost> = () => ({})) =>
  Array.from({ length: n }, (_, at) => aPost(at, change(at)));

const figure = (value: number) => ({ value, source: 'file', at: now });

/** 24,000 followers, 12 posts at about 3 %, peers at 1 to 5 %, steady growth. */
export function aSubject(change: Partial<VettingSubject> = {}): VettingSubject {
  return {
    profile: {
      platform: 'instagram',
      handle: 'nell',
      bio: 'Bread and slow mornings',
      category: null,
      isPrivate: false,
    },
    niches: ['baking'],
    followers: figure(24_000),
    following: figure(400),
    postCount: figure(500),
    avgLikes: null,
    avgComments: null,
    avgViews: null,
    engagementRate: null,
    lastPostAt: null,
    posts: posts(12),
    followerSeries: Array.from({ length: 20 }, (_, week) => ({
      day: daysAgo(140 - 7 * week).slice(0, 10),
      value: 20_000 + 200 * week,
    })),
    seriesSource: 'file',
    followerSample: null,
    peers: {
      label: 'Instagram, 16k to 32k followers',
      engagement: { values: Array.from({ length: 41 }, (_, i) => 0.01 + 0.001 * i) },
      commentsPerLike: { values: Array.from({ length: 41 }, (_, i) => 0.005 + 0.001 * i) },
      followersPerPost: { values: Array.from({ length: 41 }, (_, i) => 20 + 5 * i) },
    },
    brand: null,
    ...change,
  };
}

export const context = { now, seed: 7 };
