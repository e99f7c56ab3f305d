import { addDays, daysBetween } from '#kernel/time.ts';
import { judgeGrowth } from '#modules/vetting/rules/growth/judge-growth.ts';
import { median } from '#modules/vetting/rules/statistics.ts';
import type { SeriesPoint, VettedPost } from '#modules/vetting/rules/subject.ts';
import { meanWithInterval, seededRandom } from './interval.ts';
import { normal } from './simulate-fraud.ts';

export interface PostsOfCreator {
  handle: string;
  posts: VettedPost[];
}

const postsNeeded = 10;
/** A post is viral from here on: times the creator's own median of likes. */
const viralTimes = 3;
/** Neither strong nor weak: the days of such a post explain nothing. */
const ordinary = { low: 0.7, high: 1.3 } as const;
/** Days an ordinary post must lie from any strong one, so that the control is one. */
const apartDays = 14;
const strongTimes = 2;
const followersBefore = 20_000;
const gained = 0.25;

/**
 * Real viral posts, judged as the product does: the likes as they are, and a quarter more followers in the week of the post (simulated, since no
 * history of these accounts is public). Unflagged is a post whose creator gets no flag of bought followers or reactions. The control is the same gain in
 * the week of an ordinary post: it must be flagged, else nothing is shown.
 */
export function measureViral(creators: readonly PostsOfCreator[], seed: number): Record<string, number> {
  const random = seededRandom(seed);
  const viral: number[] = [];
  const quiet: number[] = [];
  for (const { handle, posts } of creators) {
    const usual = median(posts.flatMap((post) => (post.likes === null ? [] : [post.likes]))) ?? 0;
    if (posts.length < postsNeeded || usual <= 0) continue;
    const timesOf = (post: VettedPost) => (post.likes ?? 0) / usual;
    const strongDays = posts.flatMap((post) => (timesOf(post) >= strongTimes ? (dayOf(post) ?? []) : []));
    for (const post of posts) {
      const day = dayOf(post);
      if (day !== null && timesOf(post) >= viralTimes) viral.push(isFlagged({ handle, posts, day, random }) ? 0 : 1);
    }
    const control = posts.find((post) => {
      const day = dayOf(post);
      const isOrdinary = timesOf(post) >= ordinary.low && timesOf(post) <= ordinary.high;
      return day !== null && isOrdinary && strongDays.every((one) => Math.abs(daysBetween(one, day)) > apartDays);
    });
    const day = control === undefined ? null : dayOf(control);
    if (day !== null) quiet.push(isFlagged({ handle, posts, day, random }) ? 1 : 0);
  }
  return {
    viral_posts: viral.length,
    ...(viral.length === 0 ? {} : meanWithInterval('viral_unflagged', viral, seed)),
    quiet_posts: quiet.length,
    ...(quiet.length === 0 ? {} : meanWithInterval('quiet_flagged', quiet, seed)),
  };
}

const dayOf = (post: VettedPost) => (post.postedAt === null ? null : post.postedAt.slice(0, 10));

interface Week {
  handle: string;
  posts: readonly VettedPost[];
  day: string;
  random: () => number;
}

function isFlagged({ handle, posts, day, random }: Week): boolean {
  const followerSeries = weeklySeries(day, random);
  const { flags } = judgeGrowth(
    {
      profile: { platform: 'instagram', handle, bio: null, category: null, isPrivate: null },
      followers: { value: followersBefore, source: 'simulated', at: null },
      followerSeries,
      seriesSource: 'simulated',
      past: null,
    },
    posts,
    { now: `${addDays(day, 90)}T00:00:00.000Z` },
  );
  return flags.some((flag) => flag.name === 'bought_step' || flag.name === 'bought_reactions');
}

/** Half a year before and ten weeks after, a count a week: even growth, and a quarter more in the week of the day, of which nine tenths stay. */
function weeklySeries(day: string, random: () => number): SeriesPoint[] {
  let value = followersBefore;
  return Array.from({ length: 36 }, (_, week) => {
    const at = addDays(day, 7 * (week - 26) + 4);
    value *= 1 + 0.003 + 0.001 * normal(random);
    if (week === 26) value *= 1 + gained;
    if (week === 29) value *= 1 - 0.1 * (gained / (1 + gained));
    return { day: at, value: Math.round(value) };
  });
}
