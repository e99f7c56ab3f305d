import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface CommentRow {
  id: string;
  submission_id: string;
  number: number;
  reply_to: string | null;
  author_kind: 'member' | 'client' | 'creator';
  author_id: string;
  author_name: string;
  body: string;
  visibility: 'team' | 'client' | 'everyone';
  file_id: string | null;
  x: number | null;
  y: number | null;
  second: number | null;
  span_start: number | null;
  span_end: number | null;
  resolved_at: Date | null;
  resolved_by: string | null;
  created_at: Date;
}

export const commentsMax = 1000;

/** Remarks on a thread, oldest first; at most 1,000. */
export async function selectComments(tx: Tx, workspaceId: string, submissionId: string): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select * from review_comment where workspace_id = ${workspaceId} and submission_id = ${submissionId}
    order by place limit ${commentsMax}`.execute(tx);
  return rows;
}

export async function selectComment(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; id: string },
): Promise<CommentRow | undefined> {
  const { rows } = await sql<CommentRow>`
    select * from review_comment
    where workspace_id = ${workspaceId} and submission_id = ${of.submissionId} and id = ${of.id} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function insertComment(tx: Tx, workspaceId: string, row: CommentRow): Promise<void> {
  await tx
    .insertInto('review_comment')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

export async function settleComment(
  tx: Tx,
  workspaceId: string,
  of: { id: string; at: Date | null; by: string | null },
): Promise<void> {
  await tx
    .updateTable('review_comment')
    .set({ resolved_at: of.at, resolved_by: of.by })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}
