import type { Signal } from '../api.ts';
import type { RatedPost } from './engagement-rates.ts';
import { ratedPosts } from './engagement-rates.ts';
import { basis, postEvidence } from './engagement-signals.ts';
import { peersNeeded, postsForScore, scoredDefinition } from './reference.ts';
import { known, notApplicable, type SignalSpec } from './signal.ts';
import { median, percentileOf, quantile, ramp } from './statistics.ts';
import type { VettedPost, VettingSubject } from './subject.ts';
import { count, rankOf, share } from './words.ts';

const likesPerView: SignalSpec = {
  name: 'likes_per_view',
  point: 'audience_authenticity',
  title: 'Likes and views fit together',
  formula: 'median over posts of likes / views, against peers; far out on either side, views or likes may be bought',
};

/** Bought views bring no likes, bought likes no views. Where engagement is scored by views already, the question is answered there. */
export function judgeViews(subject: VettingSubject, posts: readonly VettedPost[]): Signal {
  if (scoredDefinition(subject.profile.platform) === 'likes_per_view')
    return notApplicable(likesPerView, 'Engagement is measured by views here, so this is part of it.');
  const rated = ratedPosts(posts, null, 'likes_per_view');
  const value = median(rated.map((one) => one.rate));
  if (rated.length < postsForScore || value === null)
    return notApplicable(likesPerView, `Fewer than ${postsForScore} posts state both views and likes.`);
  const peers = subject.peers.likesPerView?.values ?? [];
  const percentile = peers.length < peersNeeded ? null : percentileOf(peers, value);
  if (percentile === null)
    return notApplicable(
      likesPerView,
      `${share(value)} of views like; fewer than ${peersNeeded} peers to hold it against.`,
    );
  return judged(rated, { value, percentile, peers });
}

function judged(rated: RatedPost[], of: { value: number; percentile: number; peers: readonly number[] }): Signal {
  const { value, percentile, peers } = of;
  const isOut = percentile < 5 || percentile > 95;
  return known(likesPerView, {
    ...basis(rated),
    text: isOut
      ? `${share(value)} of views like, ${percentile < 50 ? 'far fewer' : 'far more'} than with peers: ${percentile < 50 ? 'views' : 'likes'} may be bought.`
      : `${share(value)} of views like, the ${rankOf(percentile)} of 100 peers.`,
    value,
    display: `${share(value)} of views`,
    percentile,
    contribution: ramp(percentile, [
      [0, -2],
      [5, 0],
      [15, 1],
      [85, 1],
      [95, 0],
      [100, -2],
    ]),
    threshold: `peers' median ${share(quantile(peers, 0.5) ?? 0)}`,
    evidence: rated.map((one) =>
      postEvidence(one.post, `${count(one.post.likes ?? 0)} likes of ${count(one.post.views ?? 0)} views`),
    ),
  });
}
