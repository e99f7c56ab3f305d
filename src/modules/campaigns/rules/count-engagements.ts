import type { ContentMetric } from '../api.ts';

/**
 * Engagements of one piece of content: as reported, else likes + comments + those of shares and saves that are known.
 * Null when neither the total nor both likes and comments are known: a sum without them would be too low.
 */
export function countEngagements(value: (metric: ContentMetric) => number | null): number | null {
  const reported = value('engagements');
  if (reported !== null) return reported;
  const likes = value('likes');
  const comments = value('comments');
  if (likes === null || comments === null) return null;
  return likes + comments + (value('shares') ?? 0) + (value('saves') ?? 0);
}
