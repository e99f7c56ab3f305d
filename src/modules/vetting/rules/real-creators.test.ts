import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharedData } from '#tests/support/shared-data.ts';
import { type ComputedReport, computeReport } from './compute-report.ts';
import { ratedPosts } from './engagement-rates.ts';
import { median, quantile, sortAscending } from './statistics.ts';
import type { VettedPost, VettingSubject } from './subject.ts';

const creatorsFile = sharedData('labelled/creators_gvsi.jsonl');
const postsFile = sharedData('labelled/posts_gvsi.jsonl.gz');
const sizesFile = sharedData('labelled/influencers_ksb.csv');
const at = '2017-05-05T00:00:00.000Z';

const creatorLine = z.object({
  handle: z.string(),
  bio: z.string().nullable(),
  posts: z.number().nullable(),
  followers: z.number().nullable(),
  following: z.number().nullable(),
  private: z.boolean(),
});
const postLine = z.object({
  handle: z.string(),
  shortcode: z.string(),
  date: z.string().nullable(),
  is_video: z.boolean().nullish(),
  tags: z.array(z.string()),
  mentions: z.array(z.string()),
  caption: z.string().nullable(),
  likes: z.number().nullable(),
});

const none = { values: [] };
const stated = (value: number | null) => (value === null ? null : { value, source: 'real', at });

function subjectOf(creator: z.infer<typeof creatorLine>, posts: VettedPost[], peers: number[]): VettingSubject {
  return {
    profile: {
      platform: 'instagram',
      handle: creator.handle,
      bio: creator.bio,
      category: null,
      isPrivate: creator.private,
    },
    niches: [],
    followers: stated(creator.followers),
    following: stated(creator.following),
    postCount: stated(creator.posts),
    avgLikes: null,
    avgComments: null,
    avgViews: null,
    engagementRate: null,
    lastPostAt: null,
    posts,
    followerSeries: [],
    seriesSource: '',
    followerSample: null,
    peers: { label: 'real', engagement: { values: peers }, commentsPerLike: none, followersPerPost: none },
    brand: null,
  };
}

describe.skipIf(creatorsFile === null || postsFile === null || sizesFile === null)(
  'on real creators (skipped: no shared data)',
  () => {
    let reports: ComputedReport[] = [];

    beforeAll(() => {
      const lines = readFileSync(creatorsFile ?? '', 'utf8')
        .trim()
        .split('\n');
      const creators = lines.map((line) => creatorLine.parse(JSON.parse(line)));
      const posts = readPosts(postsFile ?? '');
      const rates = creators.map((creator) => {
        const rated = ratedPosts(posts.get(creator.handle) ?? [], creator.followers, 'likes_per_follower');
        return { creator, rate: rated.length >= 10 ? median(rated.map((one) => one.rate)) : null };
      });
      reports = creators.map((creator) => {
        const size = Math.floor(Math.log2(creator.followers ?? 1));
        const peers = rates
          .filter((one) => one.creator !== creator && Math.floor(Math.log2(one.creator.followers ?? 1)) === size)
          .flatMap((one) => one.rate ?? []);
        return computeReport(subjectOf(creator, posts.get(creator.handle) ?? [], sortAscending(peers)), {
          now: at,
          seed: 7,
        });
      });
    }, 60_000);

    it('scores nearly all of 693 with 17 posts each, as sums, in the range the method note states', () => {
      const scores = sortAscending(reports.flatMap((report) => report.score ?? []));

      expect(reports).toHaveLength(693);
      expect(scores.length).toBeGreaterThan(680);
      for (const report of reports.filter((one) => one.score !== null)) {
        expect(report.contributions.reduce((sum, one) => sum + Math.round(10 * one.contribution), 0)).toBe(
          Math.round(10 * (report.score ?? 0)),
        );
      }
      expect(quantile(scores, 0.5)).toBeGreaterThan(50);
      expect(quantile(scores, 0.5)).toBeLessThan(62);
    });

    it('raises the red flag and the flag of too much on few of them', () => {
      const share = (flag: string) =>
        reports.filter((report) => report.flags.some((one) => one.name === flag)).length / reports.length;

      expect(share('engagement_too_low')).toBeLessThan(0.02);
      expect(share('engagement_too_high')).toBeLessThan(0.05);
      expect(
        reports.every((report) => report.signals.find((one) => one.name === 'follower_growth')?.state === 'unknown'),
      ).toBe(true);
    });

    it('passes none whose unknowns alone hold it back, and rejects none that may be fine', () => {
      for (const report of reports) {
        if (report.verdict === 'pass') expect(report.score).toBeGreaterThanOrEqual(65);
        if (report.verdict === 'reject' && report.rule.name === 'score_low') expect(report.scoreBest).toBeLessThan(40);
      }
    });

    it('gives no score to any of 23,753 of whom only sizes are known', () => {
      const rows = readFileSync(sizesFile ?? '', 'utf8')
        .trim()
        .split('\n')
        .slice(1);
      const found = rows.map((row) => {
        const [handle = '', , followers, following, posts] = row.split(',');
        const creator = {
          handle,
          bio: null,
          followers: Number(followers),
          following: Number(following),
          posts: Number(posts),
          private: false,
        };
        return computeReport(subjectOf(creator, [], []), { now: at, seed: 7 });
      });

      expect(found).toHaveLength(23_753);
      expect(found.every((report) => report.score === null && report.verdict === 'not_enough_data')).toBe(true);
      const massShare =
        found.filter((report) => report.flags.some((flag) => flag.name === 'mass_following')).length / found.length;
      expect(massShare).toBeCloseTo(0.312, 2);
    });
  },
);

function readPosts(file: string): Map<string, VettedPost[]> {
  const found = new Map<string, VettedPost[]>();
  // Not by readline: captions hold U+2028, which it takes for the end of a line.
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')) {
    const post = postLine.parse(JSON.parse(line));
    const own = found.get(post.handle) ?? [];
    found.set(post.handle, own);
    own.push({
      id: post.shortcode,
      url: null,
      postedAt: post.date,
      observedAt: at,
      format: post.is_video === true ? 'video' : 'image',
      caption: post.caption,
      hashtags: post.tags,
      mentions: post.mentions,
      likes: post.likes,
      comments: null,
      views: null,
      shares: null,
      saves: null,
      isPaidLabel: null,
      source: 'real',
    });
  }
  for (const own of found.values()) own.sort((a, b) => ((a.postedAt ?? '') < (b.postedAt ?? '') ? 1 : -1));
  return found;
}
