import type { GrowthMonth } from '../../api.ts';
import { mean } from '../statistics.ts';
import type { ProfilePast, SeriesPoint, StatedSeries, VettedPost } from '../subject.ts';

const monthsMax = 36;

export interface MonthsInput {
  followers: StatedSeries;
  posts: readonly VettedPost[];
  past: ProfilePast | null;
}

/**
 * What is known of each month, newest first, at most 36: counts as they stood at its end, and averages over its stored posts. Averages that a
 * source stated stand apart from those measured here. A month without any figure is left out.
 */
export function monthsOf({ followers, posts, past }: MonthsInput): GrowthMonth[] {
  const postsByMonth = groupByMonth(
    posts.flatMap((post) => (post.postedAt === null ? [] : [{ at: post.postedAt, post }])),
  );
  const countsByMonth = lastByMonth(followers);
  const followingByMonth = lastByMonth(past?.following);
  const stated = {
    avgLikes: lastByMonth(past?.avgLikes),
    avgComments: lastByMonth(past?.avgComments),
    avgViews: lastByMonth(past?.avgViews),
  };
  const all = [postsByMonth, countsByMonth, followingByMonth, ...Object.values(stated)];
  const months = [...new Set(all.flatMap((one) => [...one.keys()]))].sort().reverse().slice(0, monthsMax);
  const oldestRead = past?.hasOlderPosts === true ? [...postsByMonth.keys()].sort()[0] : undefined;
  return months.map((month) => {
    const own = (postsByMonth.get(month) ?? []).map(({ post }) => post);
    const count = countsByMonth.get(month) ?? null;
    const before = countsByMonth.get(monthBefore(month));
    return {
      month,
      followers: count,
      followersChange: count === null || before === undefined ? null : count.value - before.value,
      following: followingByMonth.get(month) ?? null,
      posts: own.length,
      isPartial: oldestRead !== undefined && month <= oldestRead,
      avgLikes: average(own, 'likes'),
      avgComments: average(own, 'comments'),
      avgViews: average(own, 'views'),
      totalViews: total(own),
      stated: {
        avgLikes: stated.avgLikes.get(month) ?? null,
        avgComments: stated.avgComments.get(month) ?? null,
        avgViews: stated.avgViews.get(month) ?? null,
      },
    };
  });
}

type Figure = NonNullable<GrowthMonth['followers']>;

function average(posts: readonly VettedPost[], figure: 'likes' | 'comments' | 'views'): Figure | null {
  const known = posts.filter((post) => post[figure] !== null);
  const value = mean(known.map((post) => post[figure] ?? 0));
  return value === null ? null : { value, n: known.length, source: sourcesOf(known) };
}

function total(posts: readonly VettedPost[]): Figure | null {
  const known = posts.filter((post) => post.views !== null);
  if (known.length === 0) return null;
  return {
    value: known.reduce((sum, post) => sum + (post.views ?? 0), 0),
    n: known.length,
    source: sourcesOf(known),
  };
}

const sourcesOf = (posts: readonly VettedPost[]) => [...new Set(posts.map((post) => post.source))].sort().join(', ');

/** The last count of each month, with the number of counts behind it. Points in order. */
function lastByMonth(series: StatedSeries | undefined): Map<string, Figure> {
  const months = new Map<string, Figure>();
  for (const { day, value } of series?.points ?? ([] as SeriesPoint[])) {
    const month = day.slice(0, 7);
    months.set(month, { value, n: (months.get(month)?.n ?? 0) + 1, source: series?.source ?? '' });
  }
  return months;
}

function groupByMonth<Row extends { at: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const months = new Map<string, Row[]>();
  for (const row of rows) {
    const month = row.at.slice(0, 7);
    const group = months.get(month);
    if (group === undefined) months.set(month, [row]);
    else group.push(row);
  }
  return months;
}

function monthBefore(month: string): string {
  const [year = 0, at = 1] = month.split('-').map(Number);
  return at === 1 ? `${year - 1}-12` : `${year}-${String(at - 1).padStart(2, '0')}`;
}
