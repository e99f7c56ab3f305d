import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { dayMs } from '#kernel/time.ts';
import { commentsInReport } from './facts.ts';

export interface NewestComment {
  commentId: string;
  authorKey: string | null;
  commentedAt: Date | null;
}

/** The newest comments under a profile's posts, as many as a report looks at; the creator's own and those dated ahead left out. */
export async function selectNewestComments(
  tx: Tx,
  workspaceId: string,
  of: { profileId: string; now: Date },
): Promise<NewestComment[]> {
  const latest = new Date(of.now.getTime() + dayMs);
  const { rows } = await sql<NewestComment>`
    select comment_id as "commentId", author_key as "authorKey", commented_at as "commentedAt" from comment_class
    where workspace_id = ${workspaceId} and profile_id = ${of.profileId} and not is_own and (commented_at > ${latest}) is not true
    order by commented_at desc nulls last, comment_id desc limit ${commentsInReport}`.execute(tx);
  return rows;
}
