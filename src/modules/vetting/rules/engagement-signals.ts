import type { EngagementRate, Evidence, Flag, PublishedBand, Signal } from '../api.ts';
import { type RatedPost, ratedPosts } from './engagement-rates.ts';
import {
  bandsFor,
  type DefinitionName,
  peersNeeded,
  postsForScore,
  type ReferenceBand,
  scoredDefinition,
  weights,
} from './reference.ts';
import { known, notApplicable, type SignalSpec, unknown } from './signal.ts';
import { median, percentileOf, quantile, ramp, robustSpread } from './statistics.ts';
import type { VettedPost, VettingSubject } from './subject.ts';
import { bandName, judgeTooLow } from './too-few-reactions.ts';
import { count, plural, rankOf, share } from './words.ts';

const level: SignalSpec = {
  name: 'engagement_level',
  point: 'engagement_quality',
  title: 'Engagement',
  formula:
    'median rate of the newest 30 posts; 0 points at the median of peers, up to +14 at their 95th and down to -14 at their lowest',
};
const spread: SignalSpec = {
  name: 'engagement_spread',
  point: 'engagement_quality',
  title: 'Likes vary from post to post',
  formula: '1.4826 x median absolute deviation / median of likes; real posts differ, bought likes come in equal lots',
};
const implausible: SignalSpec = {
  name: 'engagement_implausible',
  point: 'engagement_quality',
  title: 'Engagement can be believed',
  formula:
    'lower end of the interval of likes, which are at most what a band counts, against 4 times what the published band calls good (without one: 1.5 times the 99th percentile of peers), and above 90 of 100 peers',
};

export interface Engagement {
  signals: Signal[];
  flags: Flag[];
  bands: PublishedBand[];
  rated: RatedPost[];
  /** Contributions of the level at both ends of the interval of the median. */
  levelRange: { low: number; high: number } | null;
}

/** What the rates of posts say, against peers and published bands. */
export function judgeEngagement(
  subject: VettingSubject,
  posts: readonly VettedPost[],
  rates: readonly EngagementRate[],
): Engagement {
  const scored = rates.find((rate) => rate.isScored);
  const definition = scoredDefinition(subject.profile.platform);
  const followers = subject.followers?.value ?? null;
  const rated = ratedPosts(posts, followers, definition);
  const references = followers === null ? [] : bandsFor(subject.profile.platform, followers);
  const peers = subject.peers.engagement.values;
  const bands = references.map((band) => placeBand(band, rates));
  const low = judgeTooLow({ subject, posts, band: references[0], signal: level.name });
  const yard = yardOf({ peers, band: references[0], rates, definition });
  const value = yard?.measured.median ?? null;
  const n = yard?.measured.n ?? rated.length;
  if (scored === undefined || yard === null || value === null || n < postsForScore) {
    const isFew = yard !== null || rated.length < postsForScore;
    const text = isFew ? tooFewText(n) : noScaleText(peers.length);
    const needs = isFew
      ? (scored?.needs ?? 'posts with figures')
      : `at least ${peersNeeded} peers of the same platform and size with posts`;
    const signals = [
      unknown(level, text, needs),
      unknown(spread, tooFewText(rated.length), needs),
      unknown(implausible, text, needs),
    ];
    return { signals, flags: low, bands, rated, levelRange: null };
  }
  const { scale, measured } = yard;
  const shown = measured.isScored ? rated : ratedPosts(posts, followers, yard.definition);
  const percentile = yard.hasPeers ? percentileOf(peers, value) : null;
  const interval = measured.medianInterval;
  const unit = unitOf[yard.definition];
  const levelSignal = known(level, {
    ...basis(shown),
    interval,
    percentile,
    evidence: shown.map((one) => postEvidence(one.post, share(one.rate))),
    text: yard.isAtLeast
      ? `At least ${share(value)} ${unit} by likes alone, the rest is not known: ${scale.place(value)}.`
      : `${share(value)} ${unit}, ${scale.place(value)}.`,
    value,
    display: `${share(value)} ${unit}`,
    contribution: scale.points(value),
    threshold: scale.text,
  });
  const high = judgeTooHigh({ subject, scored, band: references[0], rated });
  const levelRange = interval === null ? null : { low: scale.points(interval.low), high: scale.points(interval.high) };
  return {
    signals: [levelSignal, judgeSpread(rated), high.signal],
    flags: [...low, ...high.flags],
    bands,
    rated,
    levelRange,
  };
}

const unitOf: Record<DefinitionName, string> = {
  likes_per_follower: 'of followers',
  likes_comments_per_follower: 'of followers, likes and comments',
  likes_comments_saves_per_follower: 'of followers, likes, comments and saves',
  interactions_per_follower: 'of followers, all interactions',
  likes_per_view: 'of views',
  interactions_per_view: 'of views, likes and comments',
  likes_comments_shares_per_view: 'of views, likes, comments and shares',
  likes_comments_per_reach: 'of those reached, likes and comments',
};

interface Yard {
  scale: Scale;
  hasPeers: boolean;
  definition: DefinitionName;
  measured: EngagementRate;
  /** Likes alone stand for more than likes. */
  isAtLeast: boolean;
}

/**
 * What the level is held against: peers by the scored definition; where they are few the published band, by the one definition it was published for. Likes
 * alone are at most what that counts, so where the rest is not known they stand for it as "at least", and never for more.
 */
function yardOf(of: {
  peers: readonly number[];
  band: ReferenceBand | undefined;
  rates: readonly EngagementRate[];
  definition: DefinitionName;
}): Yard | null {
  const { peers, band, rates } = of;
  const named = (name: DefinitionName | null) => rates.find((rate) => rate.definition === name);
  const scored = named(of.definition);
  if (scored === undefined) return null;
  const plain = { definition: of.definition, measured: scored, isAtLeast: false };
  if (peers.length >= peersNeeded) return { ...plain, scale: peerScale(peers), hasPeers: true };
  const scale = bandScale(band);
  const full = named(band?.held ?? null);
  if (scale === null || band?.held == null || full === undefined) return null;
  return full.n >= postsForScore
    ? { scale, hasPeers: false, definition: band.held, measured: full, isAtLeast: false }
    : { ...plain, scale, hasPeers: false, isAtLeast: true };
}

interface Scale {
  points(rate: number): number;
  place(rate: number): string;
  text: string;
}

function peerScale(peers: readonly number[]): Scale {
  return {
    points: (rate) =>
      ramp(percentileOf(peers, rate) ?? 50, [
        [0, weights.engagement_level.min],
        [50, 0],
        [95, weights.engagement_level.max],
      ]),
    place: (rate) => `the ${rankOf(percentileOf(peers, rate) ?? 50)} of 100 peers`,
    text: `median of ${count(peers.length)} peers ${share(quantile(peers, 0.5) ?? 0)}`,
  };
}

/** Stands in for peers: the published band gives 0 points at its middle. */
function bandScale(band: ReferenceBand | undefined): Scale | null {
  if (band === undefined) return null;
  const good = band.good ?? band.high;
  const corners = [
    [band.low / 4, -14],
    [band.low, -4],
    [(band.low + band.high) / 2, 0],
    [good, 5],
    [good * 2, 14],
  ] as const;
  const name = `band of ${bandName(band)}`;
  return {
    points: (rate) => ramp(rate, corners),
    place: (rate) =>
      `${rate < band.low ? 'below' : rate > band.high ? 'above' : 'within'} the published ${name}; fewer than ${peersNeeded} peers are known here`,
    text: name,
  };
}

function judgeSpread(rated: readonly RatedPost[]): Signal {
  const likes = rated.map((one) => one.post.likes ?? 0);
  const centre = median(likes);
  if (centre === null || centre === 0)
    return notApplicable(spread, 'The median post has no likes, so their spread cannot be told.');
  const value = (robustSpread(likes) ?? 0) / centre;
  return known(spread, {
    ...basis(rated),
    text:
      value < 0.07
        ? `Likes differ by only ${share(value)} from post to post, which real audiences seldom do.`
        : `Likes differ by ${share(value)} from post to post, as real ones do.`,
    value,
    display: share(value),
    contribution: ramp(value, [
      [0.03, -3],
      [0.07, -1],
      [0.12, 2],
    ]),
    threshold: '1st percentile of real creators 7 %, median 27 %',
    evidence: rated.map((one) => postEvidence(one.post, `${count(one.post.likes ?? 0)} likes`)),
  });
}

interface HighCase {
  subject: VettingSubject;
  scored: EngagementRate;
  band: ReferenceBand | undefined;
  rated: RatedPost[];
}

/** Likes alone are at most what a band counts, so where they are above its limit, so is what it was published for. */
function judgeTooHigh({ subject, scored, band, rated }: HighCase): { signal: Signal; flags: Flag[] } {
  const peers = subject.peers.engagement.values;
  const value = scored.median ?? 0;
  const low = scored.medianInterval?.low ?? value;
  const percentile = percentileOf(peers, value);
  const limit =
    band === undefined ? 1.5 * (quantile(peers, 0.99) ?? Number.POSITIVE_INFINITY) : 4 * (band.good ?? band.high);
  const standsOut = peers.length < peersNeeded || (percentile ?? 0) >= 90;
  const isHigh = standsOut && low > limit;
  const text = isHigh
    ? `${share(value)} is more than an audience of this size gives; likes may be bought or traded in a pod. Read the comments before you believe it.`
    : 'No higher than an audience of this size can give.';
  const signal = known(implausible, {
    ...basis(rated),
    text,
    value: low,
    display: share(low),
    contribution: isHigh
      ? ramp(low, [
          [limit, -2],
          [2 * limit, -8],
        ])
      : 0,
    threshold: share(limit),
    percentile,
    evidence: isHigh ? rated.map((one) => postEvidence(one.post, share(one.rate))) : [],
  });
  const flag: Flag = {
    name: 'engagement_too_high',
    severity: 'amber',
    title: 'Engagement too high',
    reason: `${text} The limit for this size is ${share(limit)}.`,
    signal: implausible.name,
  };
  return { signal, flags: isHigh ? [flag] : [] };
}

function placeBand(band: ReferenceBand, rates: readonly EngagementRate[]): PublishedBand {
  const own = rates.find((rate) => rate.definition === band.held);
  const value = own !== undefined && own.n >= postsForScore ? own.median : null;
  const place = value === null ? null : value < band.low ? 'below' : value > band.high ? 'above' : 'inside';
  const { source, year, tier, definition, low, high, good } = band;
  return { source, year, tier, definition, low, high, good, place };
}

/** Source, sample and date of a figure made of posts. */
export function basis(rated: readonly { post: VettedPost }[]) {
  const sources = [...new Set(rated.map((one) => one.post.source))].sort();
  const asOf = rated.reduce<string | null>(
    (newest, one) => (newest === null || one.post.observedAt > newest ? one.post.observedAt : newest),
    null,
  );
  return { source: sources.join(', '), n: rated.length, sample: plural(rated.length, 'post'), asOf };
}

export function postEvidence(post: VettedPost, value: string): Evidence {
  const label = post.caption === null || post.caption.trim() === '' ? (post.format ?? 'Post') : shorten(post.caption);
  return { kind: 'post', id: post.id, at: post.postedAt, url: post.url, label, value };
}

function shorten(caption: string): string {
  const line = caption.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 120 ? line : `${line.slice(0, 117)}...`;
}

function tooFewText(n: number): string {
  return n === 0
    ? 'No post with figures is known.'
    : `${plural(n, 'post')} with figures: too few for a verdict, ${postsForScore} are needed.`;
}

function noScaleText(peers: number): string {
  return `Only ${plural(peers, 'peer')} of this platform and size, and no published band for it.`;
}
