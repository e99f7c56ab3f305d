import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

/** A figure of profiles, worked out from their newest posts or their own figures, in one way for all. */
export type PeerMetric = 'likes_per_follower' | 'likes_per_view' | 'comments_per_like' | 'followers_per_post';

export interface PeerValue {
  profileId: string;
  value: number;
}

export interface PeerQuery {
  platform: Platform;
  /** From, inclusive, and to, exclusive. */
  followersMin: number;
  followersMax: number;
  metric: PeerMetric;
}

/** Profiles looked at, and profiles answered: bounds on the work of one question. */
const candidatesMax = 20_000;
const peersMax = 2000;
const postsNeeded = 10;
const postsMax = 30;
/** Likes still arrive on younger posts, so these are left out. */
const settleHours = 24;

/**
 * The figure of every profile of the platform and size that has it, ascending. Figures of posts are medians over the newest 30 settled posts and need
 * 10 of them. Of more than 2,000 the first by id count, which is by time of arrival and so says nothing of the figure.
 */
export async function readPeerDistribution(tx: Tx, workspaceId: string, query: PeerQuery): Promise<PeerValue[]> {
  const peer = sql`
    select m.profile_id, m.followers::float8 as followers, m.post_count
    from profile_metric m join profile p on p.workspace_id = m.workspace_id and p.id = m.profile_id
    where m.workspace_id = ${workspaceId} and p.platform = ${query.platform}
      and m.followers >= ${query.followersMin} and m.followers < ${query.followersMax} and m.followers > 0
    order by m.profile_id limit ${candidatesMax}`;
  const value = query.metric === 'followers_per_post' ? ofProfiles(peer) : ofPosts(peer, workspaceId, query.metric);
  const { rows } = await sql<{ profile_id: string; value: number }>`
    select profile_id, value from (${value} order by profile_id limit ${peersMax}) found order by value, profile_id`.execute(
    tx,
  );
  return rows.map((row) => ({ profileId: row.profile_id, value: row.value }));
}

function ofProfiles(peer: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select profile_id, followers / greatest(post_count, 1) as value from (${peer}) peer where post_count is not null`;
}

function ofPosts(
  peer: RawBuilder<unknown>,
  workspaceId: string,
  metric: Exclude<PeerMetric, 'followers_per_post'>,
): RawBuilder<unknown> {
  const parts = {
    likes_per_follower: { rate: sql`post.likes / peer.followers`, given: sql`likes is not null` },
    likes_per_view: {
      rate: sql`post.likes / post.views::float8`,
      given: sql`likes is not null and views > 0 and likes <= views`,
    },
    comments_per_like: {
      rate: sql`post.comments / post.likes::float8`,
      given: sql`likes > 0 and comments is not null`,
    },
  }[metric];
  return sql`
    select peer.profile_id, percentile_cont(0.5) within group (order by ${parts.rate}) as value
    from (${peer}) peer cross join lateral (
      select likes, comments, views from post
      where workspace_id = ${workspaceId} and profile_id = peer.profile_id and ${parts.given}
        and (posted_at is null or observed_at - posted_at >= ${settleHours} * interval '1 hour')
      order by posted_at desc nulls last, id desc limit ${postsMax}
    ) post
    group by peer.profile_id having count(*) >= ${postsNeeded}`;
}
