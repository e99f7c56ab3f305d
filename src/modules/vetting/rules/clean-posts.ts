import { dayMs } from '#kernel/time.ts';
import { settleHours } from './reference.ts';
import type { VettedPost } from './subject.ts';

/** Above any count a platform has shown; such a figure is an error of the source. */
const countMax = 1e11;
const figures = ['likes', 'comments', 'views', 'shares', 'saves'] as const;

export interface CleanPosts {
  /** Newest first, those without a date last; impossible figures are null. */
  posts: VettedPost[];
  /** Posts dated after now: left out of everything. */
  inFuture: VettedPost[];
  /** Posts with a figure that cannot be: negative, fractional nonsense, more likes than views. */
  absurd: { post: VettedPost; what: string }[];
}

/** Takes out what cannot be true, and says so, instead of computing with it. */
export function cleanPosts(posts: readonly VettedPost[], now: string): CleanPosts {
  const latest = Date.parse(now) + dayMs;
  const inFuture = posts
    .filter((post) => post.postedAt !== null && Date.parse(post.postedAt) > latest)
    .sort((a, b) => compare(a.id, b.id));
  const absurd: CleanPosts['absurd'] = [];
  const time = (post: VettedPost) => (post.postedAt === null ? Number.NEGATIVE_INFINITY : Date.parse(post.postedAt));
  const inOrder = posts
    .filter((post) => !inFuture.includes(post))
    .sort((a, b) => compare(time(b), time(a)) || compare(b.id, a.id));
  const cleaned = inOrder.map((post) => {
    const [clean, what] = cleanOne(post);
    if (what !== null) absurd.push({ post, what });
    return clean;
  });
  return { posts: cleaned, inFuture, absurd };
}

function compare<Value extends number | string>(a: Value, b: Value): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function cleanOne(post: VettedPost): [VettedPost, string | null] {
  const clean = { ...post };
  const found: string[] = [];
  for (const figure of figures) {
    const value = clean[figure];
    if (value !== null && !(Number.isFinite(value) && value >= 0 && value <= countMax)) {
      found.push(`${figure} ${value}`);
      clean[figure] = null;
    }
  }
  if (clean.likes !== null && clean.views !== null && clean.likes > clean.views) {
    found.push(`${clean.likes} likes of ${clean.views} views`);
    clean.likes = null;
    clean.views = null;
  }
  return [clean, found.length === 0 ? null : found.join(', ')];
}

/** Old enough when it was observed that its figures have settled; a post whose age is not known counts as settled. */
export function hasSettled(post: VettedPost): boolean {
  if (post.postedAt === null) return true;
  return Date.parse(post.observedAt) - Date.parse(post.postedAt) >= settleHours * 3_600_000;
}
