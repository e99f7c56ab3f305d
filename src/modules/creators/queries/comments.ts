import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

/** A comment with what another module needs to judge it: under whose post it stands and whom that post names. */
export interface CommentInPlace {
  id: string;
  postId: string;
  profileId: string;
  personId: string;
  platform: Platform;
  /** Of the profile whose post it stands under, as in its address. */
  handle: string;
  authorHandle: string | null;
  text: string;
  likes: number | null;
  commentedAt: Date | null;
  postedAt: Date | null;
  postUrl: string | null;
  /** Handles the post names. */
  postMentions: string[];
}

interface Row {
  id: string;
  post_id: string;
  profile_id: string;
  person_id: string;
  platform: string;
  handle: string;
  author_handle: string | null;
  text: string;
  likes: bigint | null;
  commented_at: Date | null;
  posted_at: Date | null;
  url: string | null;
  mentions: string[];
}

/** The comments among these ids that exist, by id. At most a few thousand at once. */
export async function readComments(
  tx: Tx,
  workspaceId: string,
  commentIds: readonly string[],
): Promise<CommentInPlace[]> {
  if (commentIds.length === 0) return [];
  const { rows } = await sql<Row>`
    select c.id, c.post_id, p.profile_id, f.person_id, f.platform, f.handle, c.author_handle, c.text, c.likes, c.commented_at, p.posted_at, p.url, p.mentions
    from comment c
    join post p on p.workspace_id = ${workspaceId} and p.id = c.post_id
    join profile f on f.workspace_id = ${workspaceId} and f.id = p.profile_id
    where c.workspace_id = ${workspaceId} and c.id = any(${[...commentIds]}::text[])
    order by c.id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    postId: row.post_id,
    profileId: row.profile_id,
    personId: row.person_id,
    platform: row.platform as Platform,
    handle: row.handle,
    authorHandle: row.author_handle,
    text: row.text,
    likes: row.likes === null ? null : Number(row.likes),
    commentedAt: row.commented_at,
    postedAt: row.posted_at,
    postUrl: row.url,
    postMentions: row.mentions,
  }));
}

/** Ids of all comments of a workspace in order, a page at a time. */
export async function nextCommentIds(
  tx: Tx,
  workspaceId: string,
  page: { after: string; limit: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('comment')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => row.id);
}
