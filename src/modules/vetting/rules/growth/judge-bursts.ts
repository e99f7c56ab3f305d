import type { Burst, Flag, GrowthSectionOfReport, Signal } from '../../api.ts';
import { known, type SignalSpec, unknown } from '../signal.ts';
import { ramp } from '../statistics.ts';
import type { CommentMoment, VettedPost } from '../subject.ts';
import { count, plural, share } from '../words.ts';
import { commentTiming, timingNeeds } from './comment-timing.ts';
import { burstsNeed, burstThreshold, findBursts } from './find-bursts.ts';

const bursts: SignalSpec = {
  name: 'engagement_bursts',
  point: 'engagement_quality',
  title: 'Likes and views come with comments',
  formula:
    'share of posts whose likes (views) are raised while comments (likes) stay 3 robust spreads behind what this creator usually has for as many',
};
const timing: SignalSpec = {
  name: 'comment_timing',
  point: 'engagement_quality',
  title: 'Comments do not come at once from the same accounts',
  formula:
    'comments within 30 minutes of the post by accounts that are that early under 40 % of the posts (at least 3), over all comments with author and time',
};
const evidenceMax = 20;
/** One odd post of thirty is chance: measured on real pages, 1 of 27 creators with 30 posts has one. */
const postsFlagged = 2;
const shareFlagged = 0.03;
/** The newest posts: what was bought years ago says little. */
const postsLookedAt = 60;
const timingFlagged = 0.15;

export interface JudgedBursts {
  signal: Signal;
  flags: Flag[];
  section: NonNullable<GrowthSectionOfReport['bursts']>;
}

/** Posts whose likes or views were raised without what usually comes with them. Posts newest first. */
export function judgeBursts(all: readonly VettedPost[]): JudgedBursts {
  const posts = all.slice(0, postsLookedAt);
  const result = findBursts(posts);
  if (result === null) {
    const text = 'Too few posts with likes and comments, or views and likes, to know what is usual.';
    return {
      signal: unknown(bursts, text, burstsNeed),
      flags: [],
      section: { state: 'too_few', searched: 0, found: [], needs: burstsNeed },
    };
  }
  const { searched, found } = result;
  const n = new Set(found.map((one) => one.postId)).size;
  const byId = new Map(posts.map((post) => [post.id, post]));
  const signal = known(bursts, {
    text:
      n === 0
        ? 'No post has likes or views that stand alone.'
        : `${plural(n, 'post')} of ${searched}: ${firstText(found)}`,
    value: n / searched,
    display: `${n} of ${searched} posts`,
    contribution:
      n < postsFlagged
        ? 0
        : ramp(n / searched, [
            [0.03, 0],
            [0.1, -2],
            [0.25, -4],
          ]),
    source: [...new Set(posts.map((post) => post.source))].sort().slice(0, 5).join(', '),
    n: searched,
    sample: plural(searched, 'post'),
    asOf: newestOf(posts.map((post) => post.observedAt)),
    threshold: burstThreshold,
    evidence: found.slice(0, evidenceMax).map((one) => ({
      kind: 'post',
      id: one.postId,
      at: one.at,
      url: one.url,
      label: byId.get(one.postId)?.caption?.slice(0, 120) ?? 'Post',
      value: one.text,
    })),
  });
  const flag: Flag = {
    name: 'bought_reactions',
    severity: 'amber',
    title: 'Likes or views that stand alone',
    reason: `${plural(n, 'post')} of ${searched} with far more likes or views than usual, while comments and likes stayed behind, such as ${firstText(found)} Bought reactions look like that; so does a video shown as an advertisement.`,
    signal: bursts.name,
  };
  return {
    signal,
    flags: n >= postsFlagged && n / searched >= shareFlagged ? [flag] : [],
    section: { state: 'known', searched, found: found.slice(0, evidenceMax), needs: null },
  };
}

const firstText = (found: readonly Burst[]) => found[0]?.text ?? '';

/** Comments at once, from the same accounts: how pods answer a call. */
export function judgeTiming(
  moments: readonly CommentMoment[],
  ownHandle: string,
  asOf: string | null,
): { signal: Signal; flags: Flag[] } {
  const found = commentTiming(moments, ownHandle);
  if (found === null)
    return { signal: unknown(timing, 'Too few comments with author and time.', timingNeeds), flags: [] };
  // The lower end of the interval, so that a handful of loyal fans under few comments is no pod.
  const low = found.interval?.low ?? 0;
  const signal = known(timing, {
    text: `${found.fromRegulars} of ${count(found.comments)} comments came within 30 minutes from ${plural(found.regulars.length, 'account')} that are always early.`,
    value: found.share,
    display: share(found.share),
    contribution: ramp(low, [
      [0.08, 0],
      [0.3, -2],
    ]),
    source: 'stored comments',
    n: found.comments,
    sample: `${plural(found.comments, 'comment')} under ${plural(found.posts, 'post')}`,
    asOf,
    interval: found.interval,
    threshold: share(timingFlagged),
    evidence: found.regulars.slice(0, evidenceMax).map((one) => ({
      kind: 'figure',
      id: null,
      at: null,
      url: null,
      label: `@${one.author}`,
      value: `early under ${one.posts} of ${plural(found.posts, 'post')}`,
    })),
  });
  const flag: Flag = {
    name: 'comments_at_once',
    severity: 'amber',
    title: 'The same accounts comment at once',
    reason: `${share(found.share)} of ${count(found.comments)} comments came within 30 minutes from ${plural(found.regulars.length, 'account')} that do so under most posts. Groups that comment for each other look like that.`,
    signal: timing.name,
  };
  return { signal, flags: low >= timingFlagged ? [flag] : [] };
}

function newestOf(instants: readonly string[]): string | null {
  return instants.reduce<string | null>((a, b) => (a === null || b > a ? b : a), null);
}
