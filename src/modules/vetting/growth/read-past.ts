import type { Tx } from '#infra/db/database.ts';
import type { MetricPoint } from '#modules/creators/api.ts';
import { postsSource, readCommentDelays, readMentionsByOthers } from '#modules/creators/index.ts';
import type { ProfilePast, StatedSeries } from '../rules/subject.ts';

/** The metrics of a history that growth is judged with. */
export const pastMetrics = ['followers', 'following', 'avgLikes', 'avgComments', 'avgViews'] as const;
type PastMetric = (typeof pastMetrics)[number];
type Point = Pick<MetricPoint, 'metric' | 'day' | 'value' | 'source' | 'observedAt'>;

const sourcesNamed = 5;

/** One value a day, oldest first: of two sources on one day the one observed last. */
export function seriesOf(history: readonly Point[], metric: PastMetric): StatedSeries {
  const own = history.filter((point) => point.metric === metric);
  const byDay = new Map<string, Point>();
  for (const point of own) {
    const kept = byDay.get(point.day);
    if (kept === undefined || point.observedAt >= kept.observedAt) byDay.set(point.day, point);
  }
  return {
    points: [...byDay].map(([day, { value }]) => ({ day, value })),
    source: [...new Set(own.map((point) => point.source))].sort().slice(0, sourcesNamed).join(', '),
  };
}

/** Averages that were worked out from the stored posts are measured, not stated. */
const statedIn = (history: readonly Point[]) => history.filter((point) => point.source !== postsSource);

export interface PastOf {
  profileId: string;
  history: readonly Point[];
  hasOlderPosts: boolean;
}

/** What growth is judged with besides the followers, of many profiles by two statements. */
export async function readPasts(
  tx: Tx,
  workspaceId: string,
  profiles: readonly PastOf[],
): Promise<Map<string, ProfilePast>> {
  const ids = profiles.map((profile) => profile.profileId);
  const mentions = Map.groupBy(await readMentionsByOthers(tx, workspaceId, ids), (one) => one.profileId);
  const delays = Map.groupBy(await readCommentDelays(tx, workspaceId, ids), (one) => one.profileId);
  return new Map(
    profiles.map(({ profileId, history, hasOlderPosts }) => [
      profileId,
      {
        following: seriesOf(history, 'following'),
        avgLikes: seriesOf(statedIn(history), 'avgLikes'),
        avgComments: seriesOf(statedIn(history), 'avgComments'),
        avgViews: seriesOf(statedIn(history), 'avgViews'),
        shoutouts: (mentions.get(profileId) ?? []).map(({ postId, url, postedAt, handle, followers }) => ({
          postId,
          url,
          postedAt: postedAt.toISOString(),
          handle,
          followers,
        })),
        commentMoments: (delays.get(profileId) ?? []).map(({ postId, author, minutes }) => ({
          postId,
          author,
          minutesAfterPost: minutes,
        })),
        hasOlderPosts,
      },
    ]),
  );
}
