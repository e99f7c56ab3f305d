import { dayMs } from '#kernel/time.ts';
import type { EngagementRate } from '../api.ts';
import { hasSettled } from './clean-posts.ts';
import { type DefinitionName, postsForScore, postsInWindow, scoredDefinition, windowDays } from './reference.ts';
import { mean, meanInterval, median, medianInterval } from './statistics.ts';
import type { RuleContext, VettedPost, VettingSubject } from './subject.ts';

interface Definition {
  name: DefinitionName;
  title: string;
  formula: string;
  needs: string;
  rate(post: VettedPost, followers: number | null): number | null;
}

const ratio = (parts: (number | null)[], whole: number | null): number | null => {
  if (whole === null || whole <= 0 || parts.some((part) => part === null)) return null;
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) / whole;
};

/** Engagement under each definition in use; their denominators differ, so a figure always names its own. */
export const definitions: readonly Definition[] = [
  {
    name: 'likes_per_follower',
    title: 'Likes of followers',
    formula: 'likes of a post / followers (Modash)',
    needs: 'followers, and the likes of posts',
    rate: (post, followers) => ratio([post.likes], followers),
  },
  {
    name: 'likes_comments_per_follower',
    title: 'Likes and comments of followers',
    formula: '(likes + comments) of a post / followers (HypeAuditor)',
    needs: 'followers, and the likes and comments of posts',
    rate: (post, followers) => ratio([post.likes, post.comments], followers),
  },
  {
    name: 'likes_comments_saves_per_follower',
    title: 'Likes, comments and saves of followers',
    formula: '(likes + comments + saves) of a post / followers (Passo)',
    needs: 'followers, and the likes, comments and saves of posts',
    rate: (post, followers) => ratio([post.likes, post.comments, post.saves], followers),
  },
  {
    name: 'interactions_per_follower',
    title: 'All interactions of followers',
    formula: '(likes + comments + shares + saves) of a post / followers (Skeepers)',
    needs: 'followers, and the likes, comments, shares and saves of posts',
    rate: (post, followers) => ratio([post.likes, post.comments, post.shares, post.saves], followers),
  },
  {
    name: 'likes_per_view',
    title: 'Likes of views',
    formula: 'likes of a post / its views',
    needs: 'the likes and views of posts',
    rate: (post) => ratio([post.likes], post.views),
  },
  {
    name: 'interactions_per_view',
    title: 'Interactions of views',
    formula: '(likes + comments) of a post / its views (Skeepers for YouTube)',
    needs: 'the likes, comments and views of posts',
    rate: (post) => ratio([post.likes, post.comments], post.views),
  },
  {
    name: 'likes_comments_shares_per_view',
    title: 'Interactions of views, with shares',
    formula: '(likes + comments + shares) of a post / its views (Skeepers for TikTok)',
    needs: 'the likes, comments, shares and views of posts',
    rate: (post) => ratio([post.likes, post.comments, post.shares], post.views),
  },
  {
    name: 'likes_comments_per_reach',
    title: 'Likes and comments of those reached',
    formula: '(likes + comments) of a post / the accounts it reached, as the platform shows its owner (Klear)',
    needs:
      'the likes, comments and reach of posts; only the account sees its reach, so connect it or import its insights',
    rate: (post) => ratio([post.likes, post.comments], post.reach ?? null),
  },
];

export interface RatedPost {
  post: VettedPost;
  rate: number;
}

/** The newest settled posts of the last year before the newest one, with the rate of one definition. */
export function ratedPosts(
  posts: readonly VettedPost[],
  followers: number | null,
  definitionName: DefinitionName,
): RatedPost[] {
  const definition = definitions.find((candidate) => candidate.name === definitionName);
  if (definition === undefined) return [];
  const rated: RatedPost[] = [];
  let newest: number | null = null;
  for (const post of posts) {
    if (!hasSettled(post)) continue;
    const rate = definition.rate(post, followers);
    if (rate === null) continue;
    if (post.postedAt !== null) {
      newest ??= Date.parse(post.postedAt);
      if (newest - Date.parse(post.postedAt) > windowDays * dayMs) continue;
    }
    rated.push({ post, rate });
    if (rated.length === postsInWindow) break;
  }
  return rated;
}

/** Every definition with its median, mean and intervals, the scored one marked. A definition without figures says what it needs. */
export function engagementRates(
  subject: VettingSubject,
  posts: readonly VettedPost[],
  context: RuleContext,
): EngagementRate[] {
  const scored = scoredDefinition(subject.profile.platform);
  return definitions.map((definition) => {
    const rates = ratedPosts(posts, subject.followers?.value ?? null, definition.name).map((rated) => rated.rate);
    return {
      definition: definition.name,
      title: definition.title,
      formula: `${definition.formula}; median and mean of the newest ${postsInWindow} posts within a year`,
      isScored: definition.name === scored,
      n: rates.length,
      median: median(rates),
      mean: mean(rates),
      medianInterval: medianInterval(rates),
      meanInterval: meanInterval(rates, context.seed),
      needs:
        rates.length === 0
          ? definition.needs
          : rates.length < postsForScore
            ? `at least ${postsForScore} posts with ${definition.needs}`
            : null,
    };
  });
}
