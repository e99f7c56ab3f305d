import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A post of another person that mentions a profile. */
export interface MentionByOther {
  profileId: string;
  postId: string;
  url: string | null;
  postedAt: Date;
  handle: string;
  followers: number | null;
}

const mentionsEachMax = 200;

/** Posts of other persons of the same platform that mention these profiles, newest first, at most 200 each. */
export async function readMentionsByOthers(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<MentionByOther[]> {
  if (profileIds.length === 0) return [];
  const { rows } = await sql<{
    profile_id: string;
    post_id: string;
    url: string | null;
    posted_at: Date;
    handle: string;
    followers: bigint | null;
  }>`
    with own as materialized (
      select id, person_id, platform, lower(handle) as handle from profile
      where workspace_id = ${workspaceId} and id = any(${[...profileIds]}::text[])
    ), said as materialized (
      select p.id, p.url, p.posted_at, p.profile_id, name.handle
      from post p cross join lateral unnest(p.mentions) as name(handle)
      where p.workspace_id = ${workspaceId} and p.mentions <> '{}' and p.mentions && array(select own.handle from own)
        and p.posted_at is not null
    ), ranked as (
      select own.id as profile_id, said.id as post_id, said.url, said.posted_at, f.handle, said.profile_id as by_id,
        row_number() over (partition by own.id order by said.posted_at desc, said.id) as place
      from own
      join said on said.handle = own.handle
      join profile f on f.workspace_id = ${workspaceId} and f.id = said.profile_id and f.platform = own.platform and f.person_id <> own.person_id
    )
    select r.profile_id, r.post_id, r.url, r.posted_at, r.handle, m.followers
    from ranked r
    left join profile_metric m on m.workspace_id = ${workspaceId} and m.profile_id = r.by_id
    where r.place <= ${mentionsEachMax}
    order by r.profile_id, r.posted_at desc, r.post_id`.execute(tx);
  return rows.map((row) => ({
    profileId: row.profile_id,
    postId: row.post_id,
    url: row.url,
    postedAt: row.posted_at,
    handle: row.handle,
    followers: row.followers === null ? null : Number(row.followers),
  }));
}

/** How long after its post a comment came. */
export interface CommentDelay {
  profileId: string;
  postId: string;
  author: string;
  minutes: number;
}

const postsEachMax = 30;
const commentsEachMax = 100;

/**
 * Delays of the comments under the newest 30 dated posts of profiles, the first 100 of each post. Posts and comments that carry a day but no time
 * are left out: both would stand at midnight.
 */
export async function readCommentDelays(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<CommentDelay[]> {
  if (profileIds.length === 0) return [];
  const { rows } = await sql<{ profile_id: string; post_id: string; author_handle: string; minutes: number }>`
    select own.id as profile_id, newest.id as post_id, c.author_handle, c.minutes
    from profile own
    cross join lateral (
      select p.id, p.posted_at from post p
      where p.workspace_id = ${workspaceId} and p.profile_id = own.id and p.posted_at is not null
        and p.posted_at <> date_trunc('day', p.posted_at, 'UTC')
      order by p.posted_at desc, p.id desc
      limit ${postsEachMax}
    ) newest
    cross join lateral (
      select c.author_handle, (extract(epoch from c.commented_at - newest.posted_at) / 60)::float8 as minutes
      from comment c
      where c.workspace_id = ${workspaceId} and c.post_id = newest.id and c.author_handle is not null
        and c.commented_at > newest.posted_at and c.commented_at <> date_trunc('day', c.commented_at, 'UTC')
      order by c.commented_at, c.id
      limit ${commentsEachMax}
    ) c
    where own.workspace_id = ${workspaceId} and own.id = any(${[...profileIds]}::text[])
    order by own.id, newest.id, c.minutes, c.author_handle`.execute(tx);
  return rows.map((row) => ({
    profileId: row.profile_id,
    postId: row.post_id,
    author: row.author_handle,
    minutes: row.minutes,
  }));
}
