import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

/** What a profile of some platform and size shows, worked out in one way for all. Null where too little is known. */
export interface PeerFigures {
  profileId: string;
  /** Niches of the person, as written. */
  niches: string[];
  likesPerFollower: number | null;
  likesPerView: number | null;
  commentsPerLike: number | null;
  followersPerPost: number | null;
}

export interface PeerQuery {
  platform: Platform;
  /** From, inclusive, and to, exclusive. */
  followersMin: number;
  followersMax: number;
}

/** Profiles answered at most: a bound on the work of one question. */
const peersMax = 4000;
const postsNeeded = 10;
const postsMax = 30;
/** Likes still arrive on younger posts, so these are left out. */
const settleHours = 24;

interface Row {
  profile_id: string;
  niches: string[];
  likes_per_follower: number | null;
  likes_per_view: number | null;
  comments_per_like: number | null;
  followers_per_post: number | null;
}

/**
 * The figures of every profile of the platform and size, by id. Those of posts are medians over the newest 30 settled posts that have what the
 * figure needs, and need 10 of them. Of more than 4,000 profiles the first by id count, which is by time of arrival and so says nothing of the figure.
 */
export async function readPeerFigures(tx: Tx, workspaceId: string, query: PeerQuery): Promise<PeerFigures[]> {
  const median = (what: string, rate: string) =>
    sql`case when count(*) filter (where ${sql.ref(what)} between 1 and ${postsMax}) >= ${postsNeeded}
      then percentile_cont(0.5) within group (order by ${sql.ref(rate)}) filter (where ${sql.ref(what)} between 1 and ${postsMax}) end`;
  const place = (given: ReturnType<typeof sql>) =>
    sql`case when ${given} then count(*) filter (where ${given}) over newest end`;
  const { rows } = await sql<Row>`
    with peer as (
      select m.profile_id, m.followers::float8 as followers, m.post_count, person.niches
      from profile_metric m
      join profile p on p.workspace_id = m.workspace_id and p.id = m.profile_id
      join person on person.workspace_id = p.workspace_id and person.id = p.person_id
      where m.workspace_id = ${workspaceId} and p.platform = ${query.platform}
        and m.followers >= ${query.followersMin} and m.followers < ${query.followersMax} and m.followers > 0
      order by m.profile_id limit ${peersMax}
    )
    select peer.profile_id, peer.niches, figure.likes_per_follower, figure.likes_per_view, figure.comments_per_like,
      peer.followers / greatest(peer.post_count, 1) as followers_per_post
    from peer cross join lateral (
      select ${median('liked', 'per_follower')} as likes_per_follower, ${median('viewed', 'per_view')} as likes_per_view,
        ${median('talked', 'per_like')} as comments_per_like
      from (
        select likes / peer.followers as per_follower, likes / nullif(views, 0)::float8 as per_view, comments / nullif(likes, 0)::float8 as per_like,
          ${place(sql`likes is not null`)} as liked,
          ${place(sql`likes is not null and views > 0 and likes <= views`)} as viewed,
          ${place(sql`likes > 0 and comments is not null`)} as talked
        from post
        where workspace_id = ${workspaceId} and profile_id = peer.profile_id
          and (posted_at is null or observed_at - posted_at >= ${settleHours} * interval '1 hour')
        window newest as (order by posted_at desc nulls last, id desc rows unbounded preceding)
      ) placed
    ) figure
    order by peer.profile_id`.execute(tx);
  return rows.map((row) => ({
    profileId: row.profile_id,
    niches: row.niches,
    likesPerFollower: row.likes_per_follower,
    likesPerView: row.likes_per_view,
    commentsPerLike: row.comments_per_like,
    followersPerPost: row.followers_per_post,
  }));
}
