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
    select own.id as profile_id, said.post_id, said.url, said.posted_at, said.handle, said.followers
    from profile own
    cross join lateral (
      select p.id as post_id, p.url, p.posted_at, f.handle, m.followers
      from post p
      join profile f on f.workspace_id = ${workspaceId} and f.id = p.profile_id
      left join profile_metric m on m.workspace_id = ${workspaceId} and m.profile_id = f.id
      where p.workspace_id = ${workspaceId} and p.mentions <> '{}' and p.mentions && array[lower(own.handle)] and p.posted_at is not null
        and f.platform = own.platform and f.person_id <> own.person_id
      order by p.posted_at desc, p.id
      limit ${mentionsEachMax}
    ) said
    where own.workspace_id = ${workspaceId} and own.id = any(${[...profileIds]}::text[])
    order by own.id, said.posted_at desc, said.post_id`.execute(tx);
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
