import type { Flag, Report, Signal } from '../api.ts';
import type { RatedPost } from './engagement-rates.ts';
import { basis, postEvidence } from './engagement-signals.ts';
import { followersPerPost, massFollowees, peersNeeded, postsForScore } from './reference.ts';
import { known, notApplicable, type SignalSpec, unknown } from './signal.ts';
import { median, percentileOf, quantile, ramp, wilsonInterval } from './statistics.ts';
import type { FollowerAccount, StatedFigure, VettingSubject } from './subject.ts';
import { count, rankOf } from './words.ts';

const followRatio: SignalSpec = {
  name: 'follow_ratio',
  point: 'audience_authenticity',
  title: 'Followed without following',
  formula: 'followers / followed accounts, on a logarithmic scale; more than 1,500 followed accounts is mass following',
};
const commentsPerLike: SignalSpec = {
  name: 'comments_per_like',
  point: 'audience_authenticity',
  title: 'Likes and comments fit together',
  formula:
    'median over posts of comments per 100 likes, against peers; far out on either side, one of the two may be bought',
};
const postsForSize: SignalSpec = {
  name: 'posts_for_size',
  point: 'audience_authenticity',
  title: 'Posts enough for this audience',
  formula: 'followers / posts ever made, against peers; a large audience with hardly a post is seldom earned',
};

export interface Audience {
  signals: Signal[];
  flags: Flag[];
}

/** First signals of a real audience that can be read from the profile's own figures. */
export function judgeAudience(subject: VettingSubject, rated: readonly RatedPost[]): Audience {
  const flags: Flag[] = [];
  if ((subject.following?.value ?? 0) > massFollowees) {
    const reason = `Follows ${count(subject.following?.value ?? 0)} accounts; from ${count(massFollowees)} on, people follow to be followed back, and such followers seldom care.`;
    flags.push({
      name: 'mass_following',
      severity: 'amber',
      title: 'Follows a great many accounts',
      reason,
      signal: followRatio.name,
    });
  }
  if (subject.profile.isPrivate === true) {
    flags.push({
      name: 'private',
      severity: 'amber',
      title: 'The account is private',
      reason: 'Only accepted followers see its posts, so nothing new can be checked and a campaign would reach few.',
      signal: null,
    });
  }
  return { signals: [judgeRatio(subject), judgeComments(subject, rated), judgePosts(subject)], flags };
}

function judgeRatio(subject: VettingSubject): Signal {
  const { followers, following } = subject;
  if (followers === null || following === null)
    return unknown(followRatio, 'How many accounts it follows is not known.', 'followers and followed accounts');
  const ratio = followers.value / Math.max(1, following.value);
  const isMass = following.value > massFollowees;
  const contribution =
    ramp(Math.log10(Math.max(ratio, 1e-6)), [
      [0, -2],
      [0.5, 1],
      [1, 4],
    ]) - (isMass ? 4 : 0);
  return known(followRatio, {
    text: `${count(followers.value)} followers, follows ${count(following.value)}${isMass ? ': mass following' : ''}.`,
    value: ratio,
    display: `${ratio >= 10 ? count(ratio) : ratio.toFixed(1)} followers per followed account`,
    contribution,
    ...figureBasis([followers, following]),
    threshold: `10 and more is full marks; ${count(massFollowees)} followed accounts`,
    evidence: [figureRow('Followers', followers), figureRow('Follows', following)],
  });
}

function judgeComments(subject: VettingSubject, rated: readonly RatedPost[]): Signal {
  const both = rated.filter((one) => one.post.comments !== null && (one.post.likes ?? 0) > 0);
  if (both.length < postsForScore)
    return unknown(
      commentsPerLike,
      'Too few posts with both likes and comments.',
      `at least ${postsForScore} posts with likes and comments`,
    );
  const value = 100 * (median(both.map((one) => (one.post.comments ?? 0) / (one.post.likes ?? 1))) ?? 0);
  const peers = subject.peers.commentsPerLike.values;
  if (peers.length < peersNeeded)
    return notApplicable(
      commentsPerLike,
      `${value.toFixed(1)} comments per 100 likes; fewer than ${peersNeeded} peers to hold it against.`,
    );
  const percentile = percentileOf(peers, value / 100) ?? 50;
  const isOut = percentile < 5 || percentile > 95;
  return known(commentsPerLike, {
    ...basis(both),
    text: isOut
      ? `${value.toFixed(1)} comments per 100 likes, ${percentile < 50 ? 'far fewer' : 'far more'} than peers: one of the two may be bought.`
      : `${value.toFixed(1)} comments per 100 likes, the ${rankOf(percentile)} of 100 peers.`,
    value,
    display: `${value.toFixed(1)} per 100 likes`,
    percentile,
    contribution: ramp(percentile, [
      [0, -3],
      [5, 0],
      [15, 4],
      [85, 4],
      [95, 0],
      [100, -3],
    ]),
    threshold: `peers' median ${(100 * (quantile(peers, 0.5) ?? 0)).toFixed(1)}`,
    evidence: both.map((one) =>
      postEvidence(one.post, `${count(one.post.comments ?? 0)} comments, ${count(one.post.likes ?? 0)} likes`),
    ),
  });
}

function judgePosts(subject: VettingSubject): Signal {
  const { followers, postCount } = subject;
  if (followers === null || postCount === null)
    return unknown(postsForSize, 'How many posts it made is not known.', 'followers and the number of posts');
  const perPost = followers.value / Math.max(1, postCount.value);
  const peers = subject.peers.followersPerPost.values;
  const percentile = peers.length >= peersNeeded ? percentileOf(peers, perPost) : null;
  const { median: usual, high, extreme } = followersPerPost;
  return known(postsForSize, {
    text: `${count(postCount.value)} posts for ${count(followers.value)} followers${percentile === null ? '' : `, more a post than ${Math.round(percentile)} of 100 peers`}.`,
    value: perPost,
    display: `${count(perPost)} followers a post`,
    percentile,
    contribution:
      percentile === null
        ? ramp(Math.log(perPost + 1), [
            [Math.log(usual), 2],
            [Math.log(high), 0],
            [Math.log(extreme), -2],
          ])
        : ramp(percentile, [
            [60, 2],
            [95, 0],
            [99.5, -2],
          ]),
    ...figureBasis([followers, postCount]),
    threshold:
      percentile === null
        ? `${count(high)} is the 95th percentile of 23,753 influencers`
        : `peers' median ${count(quantile(peers, 0.5) ?? 0)}`,
    evidence: [figureRow('Followers', followers), figureRow('Posts', postCount)],
  });
}

function figureRow(label: string, figure: StatedFigure) {
  return {
    kind: 'figure' as const,
    id: null,
    at: figure.at,
    url: null,
    label: `${label}, from ${figure.source}`,
    value: count(figure.value),
  };
}

function figureBasis(figures: readonly StatedFigure[]) {
  const dates = figures.flatMap((figure) => (figure.at === null ? [] : [figure.at])).sort();
  return {
    source: [...new Set(figures.map((figure) => figure.source))].join(', '),
    n: 1,
    sample: '1 profile',
    asOf: dates.at(-1) ?? null,
  };
}

/** Shares of a stored sample of followers, each with its interval. First look only: it is no part of the score yet. */
export function describeSample(subject: VettingSubject): Report['audience'] {
  const sample = subject.followerSample;
  if (sample === null || sample.accounts.length === 0) return null;
  const kinds: [string, (account: FollowerAccount) => boolean | null][] = [
    [
      `Follow more than ${count(massFollowees)} accounts`,
      (account) => (account.following === null ? null : account.following > massFollowees),
    ],
    ['Never posted', (account) => (account.posts === null ? null : account.posts === 0)],
    ['No picture', (account) => (account.hasPicture === null ? null : !account.hasPicture)],
    ['Private', (account) => account.isPrivate],
  ];
  const shares = kinds.flatMap(([title, holds]) => {
    const answers = sample.accounts.map(holds).filter((answer) => answer !== null);
    const hits = answers.filter((answer) => answer).length;
    return answers.length === 0
      ? []
      : [{ title, count: hits, n: answers.length, interval: wilsonInterval(hits, answers.length) }];
  });
  return { takenAt: sample.takenAt, source: sample.source, method: sample.method, size: sample.size, shares };
}
