import type { Burst } from '../../api.ts';
import { mean, median, robustSpread } from '../statistics.ts';
import type { VettedPost } from '../subject.ts';

const postsNeeded = 10;
export const burstsNeed = `${postsNeeded} posts with likes and comments, or with views and likes`;
/** Bought lots stand out: at least this many times the usual. */
const timesNeeded = { likes: 1.6, views: 2.2 } as const;
/** Robust spreads by which the reaction that costs effort must stay behind what it usually is for as many likes or views. */
const spreadsNeeded = 3;
export const burstThreshold = `${timesNeeded.likes} times the usual likes or ${timesNeeded.views} times the usual views, with comments (and likes) ${spreadsNeeded} robust spreads behind`;
/** From here on a post counts as raised where posts are compared in groups. */
const raisedTimes = 1.5;
/** In logarithms: real posts differ by a third in what they draw. */
const spreadFloor = 0.3;
/** A post that people talk about has more than this many times the usual comments. */
const talkedAbout = 1.4;

export interface Bursts {
  /** Posts whose figures could be compared. */
  searched: number;
  found: Burst[];
}

/**
 * Posts whose likes or views shot up while what costs effort did not follow: likes against comments, views against likes and comments. The
 * usual relation is the creator's own (median of log ratios, robust spread), so a creator whose every post is bought is not seen here
 * but against peers. Null with too few posts to know what is usual.
 */
export function findBursts(posts: readonly VettedPost[]): Bursts | null {
  const likes = compare(posts, 'likes', (post) => post.comments);
  const views = compare(posts, 'views', (post) => post.likes);
  if (likes === null && views === null) return null;
  const found = [...(likes?.bursts ?? []), ...(views?.bursts ?? [])];
  found.sort((a, b) => b.strength - a.strength || (a.postId < b.postId ? -1 : 1));
  return { searched: new Set([...(likes?.posts ?? []), ...(views?.posts ?? [])]).size, found };
}

/**
 * How far the posts with raised likes (or views) draw less comments (likes) for what they have than the other posts of the creator do: difference
 * of the means of the log relation over its standard error. What ranks creators; single posts need `findBursts`. Null when it cannot be known.
 */
export function burstStrength(posts: readonly VettedPost[], kind: Burst['kind']): number | null {
  const compared = compare(posts, kind, (post) => (kind === 'likes' ? post.comments : post.likes));
  if (compared === null) return null;
  const raised = compared.relations.filter((one) => one.times >= raisedTimes).map((one) => one.relation);
  const rest = compared.relations.filter((one) => one.times < raisedTimes).map((one) => one.relation);
  if (raised.length < 2 || rest.length < 5) return 0;
  const spread = Math.max(spreadFloor / 2, robustSpread(rest) ?? 0);
  return ((mean(rest) ?? 0) - (mean(raised) ?? 0)) / (spread * Math.sqrt(1 / raised.length + 1 / rest.length));
}

interface Compared {
  posts: string[];
  relations: { times: number; relation: number }[];
  bursts: Burst[];
}

function compare(
  posts: readonly VettedPost[],
  kind: Burst['kind'],
  effortOf: (post: VettedPost) => number | null,
): Compared | null {
  const rows = posts.flatMap((post) => {
    const cheap = post[kind];
    const effort = effortOf(post);
    return cheap === null || effort === null || cheap <= 0
      ? []
      : [{ post, cheap, effort, relation: Math.log((effort + 1) / (cheap + 1)) }];
  });
  if (rows.length < postsNeeded) return null;
  const usualCheap = median(rows.map((row) => row.cheap)) ?? 0;
  const usualEffort = median(rows.map((row) => row.effort)) ?? 0;
  const usualComments = median(posts.flatMap((post) => (post.comments === null ? [] : [post.comments])));
  const relations = rows.map((row) => row.relation);
  const usual = median(relations) ?? 0;
  // Counts of a few comments vary by chance alone, about 1 / sqrt(count) in logarithms.
  const chance = 1 / Math.sqrt(1 + usualEffort);
  const spread = Math.max(spreadFloor, chance, robustSpread(relations) ?? 0);
  const bursts: Burst[] = [];
  const compared: Compared['relations'] = [];
  for (const { post, cheap, effort, relation } of rows) {
    const times = cheap / Math.max(1, usualCheap);
    const strength = (usual - relation) / spread;
    const isTalkedAbout =
      effort > talkedAbout * Math.max(1, usualEffort) ||
      (usualComments !== null && post.comments !== null && post.comments > talkedAbout * Math.max(1, usualComments));
    compared.push({ times, relation });
    if (times < timesNeeded[kind] || strength < spreadsNeeded || isTalkedAbout) continue;
    const behind = kind === 'likes' ? `${effort} comments` : `${effort} likes`;
    const text = `${times.toFixed(1)} times the usual ${kind}, but ${behind}, where ${Math.round(usualEffort)} are usual.`;
    bursts.push({ kind, postId: post.id, url: post.url, at: post.postedAt, times, strength, text });
  }
  return { posts: rows.map((row) => row.post.id), relations: compared, bursts };
}
