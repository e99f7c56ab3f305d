import { wilsonInterval } from '../statistics.ts';
import type { CommentMoment } from '../subject.ts';

/** A pod answers a call: its members comment at once. */
const earlyMinutes = 30;
const postsNeeded = 5;
const commentsNeeded = 30;
export const timingNeeds = `${commentsNeeded} comments with author and time under ${postsNeeded} dated posts`;
/** A regular is early under this share of the posts, and under this many. */
const regularShare = 0.4;
const regularPosts = 3;

export interface CommentTiming {
  posts: number;
  comments: number;
  /** Comments within 30 minutes by authors who are that early under many of the posts. */
  fromRegulars: number;
  share: number;
  interval: ReturnType<typeof wilsonInterval>;
  /** The authors, the most constant first. */
  regulars: { author: string; posts: number }[];
}

/**
 * Share of comments that come within half an hour of the post from accounts that do so again and again. Comments dated before their post, and
 * those without author or time, are left out; an author counts once a post. Null with too few comments to tell.
 */
export function commentTiming(moments: readonly CommentMoment[], ownHandle: string): CommentTiming | null {
  const own = ownHandle.toLowerCase();
  const byPost = new Map<string, Map<string, number>>();
  for (const { postId, author, minutesAfterPost } of moments) {
    if (author === null || author.toLowerCase() === own || minutesAfterPost === null || minutesAfterPost < 0) continue;
    const authors = byPost.get(postId) ?? new Map<string, number>();
    const key = author.toLowerCase();
    authors.set(key, Math.min(minutesAfterPost, authors.get(key) ?? Number.POSITIVE_INFINITY));
    byPost.set(postId, authors);
  }
  const comments = [...byPost.values()].reduce((sum, authors) => sum + authors.size, 0);
  if (byPost.size < postsNeeded || comments < commentsNeeded) return null;
  const earlyPosts = new Map<string, number>();
  for (const authors of byPost.values())
    for (const [author, minutes] of authors)
      if (minutes <= earlyMinutes) earlyPosts.set(author, (earlyPosts.get(author) ?? 0) + 1);
  const needed = Math.max(regularPosts, regularShare * byPost.size);
  const regulars = [...earlyPosts]
    .filter(([, posts]) => posts >= needed)
    .map(([author, posts]) => ({ author, posts }))
    .sort((a, b) => b.posts - a.posts || (a.author < b.author ? -1 : 1));
  const fromRegulars = regulars.reduce((sum, one) => sum + one.posts, 0);
  return {
    posts: byPost.size,
    comments,
    fromRegulars,
    share: fromRegulars / comments,
    interval: wilsonInterval(fromRegulars, comments),
    regulars,
  };
}
