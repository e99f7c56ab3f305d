import type { Flag } from '../api.ts';
import { ratedPosts } from './engagement-rates.ts';
import { type ReferenceBand, redFlag, scoredDefinition } from './reference.ts';
import { median, medianInterval } from './statistics.ts';
import type { VettedPost, VettingSubject } from './subject.ts';
import { count, joinWords, plural, share } from './words.ts';

/** The band with its source, for a sentence. */
export const bandName = (band: ReferenceBand) =>
  `${share(band.low)} to ${share(band.high)}, ${band.source}${band.year === null ? '' : ` ${band.year}`}, ${band.tier}`;

/**
 * The red flag: hardly anybody among many followers reacts, by the line of their tier. Needs the whole interval below the line, or the stated average where
 * no posts are known.
 */
export function judgeTooLow({ subject, posts, band, signal }: LowCase): Flag[] {
  const followers = subject.followers?.value ?? null;
  if (followers === null || followers < redFlag.followersFrom) return [];
  const definition = scoredDefinition(subject.profile.platform);
  const limit = band === undefined ? redFlag.withoutBand : redFlag.shareOfBand * band.low;
  const line = `Below ${share(limit)} bought followers are the likely reading: ${
    band === undefined
      ? 'one line for all sizes, since no band is published for this platform'
      : `a tenth of the lower end published for their tier (${bandName(band)})`
  }.`;
  const flag = (reason: string): Flag[] => [
    { name: 'engagement_too_low', severity: 'red', title: 'Hardly anybody reacts', reason, signal },
  ];
  // By what the band counts where that is known, else by likes alone, of which the sentence speaks.
  const full = band?.held == null ? [] : ratedPosts(posts, followers, band.held);
  const rated = full.length >= 2 ? full : ratedPosts(posts, followers, definition);
  if (rated.length >= 2) {
    const rates = rated.map((one) => one.rate);
    const high = medianInterval(rates)?.high ?? Number.POSITIVE_INFINITY;
    const middle = (read: (post: VettedPost) => number | null) =>
      count(median(rated.map((one) => read(one.post) ?? 0)) ?? 0);
    const found = [
      `${middle((post) => post.likes)} likes`,
      ...(rated === full ? [`${middle((post) => post.comments)} comments`] : []),
    ];
    const sample = `${count(followers)} followers, but the median of ${plural(rated.length, 'post')} has ${joinWords(found)}`;
    return high < limit
      ? flag(`${sample}: ${share(median(rates) ?? 0)}, at most ${share(high)} by its interval. ${line}`)
      : [];
  }
  const stated = definition === 'likes_per_follower' ? statedRate(subject, followers) : null;
  if (stated === null || stated.rate >= limit) return [];
  return flag(
    `${count(followers)} followers, but ${stated.text}: ${share(stated.rate)}. ${line} Stated by ${stated.source}, not measured on posts.`,
  );
}

interface LowCase {
  subject: VettingSubject;
  posts: readonly VettedPost[];
  band: ReferenceBand | undefined;
  /** The signal the flag stands beside. */
  signal: string;
}

function statedRate(subject: VettingSubject, followers: number): { rate: number; text: string; source: string } | null {
  const { avgLikes, engagementRate } = subject;
  if (avgLikes !== null)
    return {
      rate: avgLikes.value / followers,
      text: `${count(avgLikes.value)} likes on average`,
      source: avgLikes.source,
    };
  if (engagementRate !== null)
    return { rate: engagementRate.value, text: 'a stated engagement rate this low', source: engagementRate.source };
  return null;
}
