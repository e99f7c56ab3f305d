import type { Platform } from '#kernel/platform.ts';

/** Version of everything in this file and of the rules beside it. A change makes every report stale. */
export const rulesVersion = '2026.11-3';

/** Fewer measured posts than this: an interval, and no score. */
export const postsForScore = 10;
/** The newest posts that are looked at. */
export const postsInWindow = 30;
export const windowDays = 365;
/** Likes still arrive: a younger post is left out of rates. */
export const settleHours = 24;
/** Fewer peers than this: the published bands stand in. */
export const peersNeeded = 20;
/** Where a peer starts. */
export const baseScore = 50;

/** What a signal may take and add. An unknown counts as the worst, or as nothing where the data are a sample few workspaces hold (then it lowers the confidence). */
export interface Weight {
  min: number;
  max: number;
  unknown?: 'worst' | 'nothing';
}

/**
 * The default points of each signal: the units judges write contributions in. A workspace's own points replace them afterwards, for all signals
 * at once (weights.ts). All of them together could leave 0 to 100; a contribution of its own then says that a score ends there.
 */
export const weights = {
  engagement_level: { min: -14, max: 14 },
  engagement_spread: { min: -3, max: 2 },
  engagement_implausible: { min: -8, max: 0 },
  follow_ratio: { min: -4, max: 4 },
  comments_per_like: { min: -3, max: 4 },
  likes_per_view: { min: -2, max: 1, unknown: 'nothing' },
  follower_growth: { min: -5, max: 6 },
  following_sawtooth: { min: -3, max: 0, unknown: 'nothing' },
  engagement_bursts: { min: -4, max: 0, unknown: 'nothing' },
  comment_timing: { min: -2, max: 0, unknown: 'nothing' },
  audience_language: { min: -3, max: 0, unknown: 'nothing' },
  posts_for_size: { min: -2, max: 2 },
  sponsored_share: { min: -2, max: 3 },
  sponsored_performance: { min: -2, max: 3 },
  disclosure: { min: -4, max: 2 },
  cadence: { min: -2, max: 3 },
  recency: { min: -2, max: 1 },
  longest_gap: { min: -1, max: 1 },
  brand_overlap: { min: -1, max: 5 },
  brand_conflicts: { min: -5, max: 0 },
  topic_stability: { min: -1, max: 1, unknown: 'nothing' },
  caption_quality: { min: -1, max: 1, unknown: 'nothing' },
  brand_match: { min: -2, max: 4, unknown: 'nothing' },
  brand_safety: { min: -4, max: 0, unknown: 'nothing' },
  comment_authenticity: { min: -4, max: 0, unknown: 'nothing' },
  comment_copies: { min: -2, max: 0, unknown: 'nothing' },
  comment_pods: { min: -3, max: 0, unknown: 'nothing' },
  comment_spam: { min: -1, max: 0, unknown: 'nothing' },
  comment_sentiment: { min: -1, max: 0.5, unknown: 'nothing' },
  follower_credibility: { min: -6, max: 0, unknown: 'nothing' },
  liker_credibility: { min: -4, max: 0, unknown: 'nothing' },
  commenter_credibility: { min: -2, max: 0, unknown: 'nothing' },
  purchase_intent: { min: 0, max: 0.5, unknown: 'nothing' },
} as const satisfies Record<string, Weight>;
export type SignalName = keyof typeof weights;

/**
 * Where hardly anybody reacts, so that bought followers are the likely reading: below a tenth of the lower end published for the own tier (a choice of ours),
 * and below one line for all sizes where no band is published. 50,000 followers with 50 likes is 0.1 %, the line of their tier 0.15 %.
 */
export const redFlag = { shareOfBand: 0.1, withoutBand: 0.002, followersFrom: 5000 } as const;

/** Followees from which an account counts as a mass follower (published by HypeAuditor and trendHERO). */
export const massFollowees = 1500;

/** Followers per post over 23,753 Instagram influencers (median, 95th and 99th percentile); stands in where peers are few. */
export const followersPerPost = { median: 53, high: 346, extreme: 1589 } as const;

/** Engagement by what is counted and by what it is divided. */
export type DefinitionName =
  | 'likes_per_follower'
  | 'likes_comments_per_follower'
  | 'likes_comments_saves_per_follower'
  | 'interactions_per_follower'
  | 'likes_per_view'
  | 'interactions_per_view'
  | 'likes_comments_shares_per_view'
  | 'likes_comments_per_reach';

export interface ReferenceBand {
  source: string;
  year: number | null;
  platform: Platform;
  tier: string;
  /** In the words of the source. */
  definition: string;
  /** The one definition it may be held against; null where the source does not say what it counts. */
  held: DefinitionName | null;
  followersMin: number;
  followersMax: number | null;
  low: number;
  high: number;
  good: number | null;
}

type BandRow = [tier: string, from: number, to: number | null, low: number, high: number, good: number | null];
type BandSource = Pick<ReferenceBand, 'source' | 'year' | 'platform' | 'definition' | 'held'>;

const rows = (source: BandSource, bands: BandRow[]): ReferenceBand[] =>
  bands.map(([tier, followersMin, followersMax, low, high, good]) => ({
    ...source,
    tier,
    followersMin,
    followersMax,
    low,
    high,
    good,
  }));

const perFollower = {
  platform: 'instagram',
  definition: 'likes and comments of followers',
  held: 'likes_comments_per_follower',
} as const;

/**
 * Published bands of engagement, as shares. They differ by 2 to 3 times for the same size, so they stand beside the own peers and are never mixed.
 * The first one of a platform is the one that stands in where peers are few.
 */
export const publishedBands: ReferenceBand[] = [
  ...rows({ source: 'Untapper', year: 2026, ...perFollower }, [
    ['nano', 0, 10_000, 0.03, 0.05, 0.05],
    ['micro', 10_000, 50_000, 0.02, 0.035, 0.035],
    ['mid', 50_000, 500_000, 0.015, 0.025, 0.025],
    ['macro', 500_000, 1_000_000, 0.01, 0.018, 0.018],
    ['mega', 1_000_000, null, 0.007, 0.012, 0.012],
  ]),
  ...rows(
    {
      source: 'Passo',
      year: 2026,
      platform: 'instagram',
      definition: 'likes, comments and saves of followers',
      held: 'likes_comments_saves_per_follower',
    },
    [
      ['nano', 0, 10_000, 0.05, 0.08, null],
      ['micro', 10_000, 100_000, 0.03, 0.055, null],
      ['mid', 100_000, 500_000, 0.018, 0.03, null],
      ['macro', 500_000, 1_000_000, 0.012, 0.02, null],
      ['mega', 1_000_000, null, 0.008, 0.015, null],
    ],
  ),
  ...rows({ source: 'Attributed to HypeAuditor', year: null, ...perFollower }, [
    ['all sizes', 0, null, 0.01, 0.035, 0.035],
  ]),
  ...rows(
    {
      source: 'Untapper',
      year: 2026,
      platform: 'tiktok',
      definition: 'interactions of views',
      held: 'likes_comments_shares_per_view',
    },
    [
      ['nano', 0, 10_000, 0.06, 0.1, 0.1],
      ['micro', 10_000, 50_000, 0.04, 0.07, 0.07],
      ['mid', 50_000, 500_000, 0.03, 0.05, 0.05],
      ['macro', 500_000, 1_000_000, 0.02, 0.035, 0.035],
      ['mega', 1_000_000, null, 0.01, 0.02, 0.02],
    ],
  ),
  ...rows(
    {
      source: 'calculatecreator',
      year: 2026,
      platform: 'tiktok',
      definition: 'engagement; the source does not say of what',
      held: null,
    },
    [
      ['nano', 0, 10_000, 0.08, 0.15, null],
      ['micro', 10_000, 100_000, 0.05, 0.1, null],
      ['mid', 100_000, 500_000, 0.03, 0.06, null],
    ],
  ),
];

/** The bands that speak of this platform and size, in their written order. */
export function bandsFor(platform: Platform, followers: number): ReferenceBand[] {
  return publishedBands.filter(
    (band) =>
      band.platform === platform &&
      followers >= band.followersMin &&
      (band.followersMax === null || followers < band.followersMax),
  );
}

/** What the score measures engagement by, fixed per platform so that missing figures cannot change the yardstick. */
export function scoredDefinition(platform: Platform): 'likes_per_follower' | 'likes_per_view' {
  switch (platform) {
    case 'tiktok':
    case 'youtube':
      return 'likes_per_view';
    case 'instagram':
    case 'pinterest':
    case 'blog':
      return 'likes_per_follower';
  }
}
