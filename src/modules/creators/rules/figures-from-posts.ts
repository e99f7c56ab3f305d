import { compact, type FieldValue, type Stamp, type Stamped, stampOf } from './merge-fields.ts';

/** Averages over the newest posts of one profile, as counted. */
export interface PostAverages {
  followers: number | null;
  observedAt: string;
  lastPostAt: string | null;
  datedPosts: number;
  likes: { mean: number | null; n: number };
  comments: { mean: number | null; n: number };
  views: { mean: number | null; n: number };
  shares: { mean: number | null; n: number };
  saves: { mean: number | null; n: number };
  both: { mean: number | null; n: number };
}

/** Fewer posts than this are not enough data for an average. */
export const postsMin = 3;
export const postsSource = 'posts';

interface Derived {
  value: number | string;
  n: number;
  formula: string;
}

/**
 * Figures that follow from the newest 12 posts, each with its sample size and formula; none where fewer than three posts give it. Engagement
 * rate is (likes + comments) / followers; where the data give no comments it is likes / followers and says so.
 */
export function figuresFromPosts(averages: PostAverages): Record<string, Derived> {
  const figures: Record<string, Derived> = {};
  const put = (name: string, from: { mean: number | null; n: number }, formula: string) => {
    if (from.mean !== null && from.n >= postsMin) figures[name] = { value: round(from.mean), n: from.n, formula };
  };
  put('avgLikes', averages.likes, 'mean likes of the newest 12 posts');
  put('avgComments', averages.comments, 'mean comments of the newest 12 posts');
  put('avgViews', averages.views, 'mean views of the newest 12 posts');
  put('avgShares', averages.shares, 'mean shares of the newest 12 posts');
  put('avgSaves', averages.saves, 'mean saves of the newest 12 posts');
  const { followers } = averages;
  if (followers !== null && followers > 0) {
    const { mean, n } = averages.both.n >= postsMin ? averages.both : averages.likes;
    const formula =
      averages.both.n >= postsMin
        ? '(likes + comments) / followers, mean of the newest 12 posts'
        : 'likes / followers, mean of the newest 12 posts; the data give no comments';
    if (mean !== null && n >= postsMin)
      figures.engagementRate = { value: Math.round((mean / followers) * 1e8) / 1e8, n, formula };
  }
  if (averages.lastPostAt !== null)
    figures.lastPostAt = { value: averages.lastPostAt, n: averages.datedPosts, formula: 'date of the newest post' };
  return figures;
}

/**
 * Puts derived figures among the stated ones: a figure that was derived before is derived anew, one that somebody stated later than the posts
 * were seen stays.
 */
export function withDerived(
  current: Stamped<Record<string, FieldValue>>,
  averages: PostAverages,
): Stamped<Record<string, FieldValue>> {
  const derived = figuresFromPosts(averages);
  const values = { ...current.values };
  const stamps: Record<string, Stamp> = {};
  for (const name of new Set([...Object.keys(values), ...Object.keys(derived)])) {
    const before = values[name] ?? null;
    const beforeStamp = stampOf(current.stamps, name);
    const figure = derived[name];
    const wasDerived = beforeStamp?.source === postsSource;
    if (figure !== undefined && (before === null || wasDerived || (beforeStamp?.at ?? '') <= averages.observedAt)) {
      values[name] = figure.value;
      stamps[name] = { source: postsSource, at: averages.observedAt, n: figure.n, formula: figure.formula };
    } else if (before !== null && beforeStamp !== null) stamps[name] = beforeStamp;
  }
  return { values, stamps: compact(stamps) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
