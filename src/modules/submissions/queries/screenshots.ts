import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ScreenshotRow {
  submission_id: string;
  file_id: string;
  check_id: string | null;
  added_by: string;
  added_side: 'manager' | 'creator';
  added_at: Date;
  content_hash: string;
  width: number | null;
  height: number | null;
}

/** Pictures of a live post, oldest first. */
export async function selectScreenshots(tx: Tx, workspaceId: string, submissionId: string): Promise<ScreenshotRow[]> {
  const { rows } = await sql<ScreenshotRow>`
    select s.submission_id, s.file_id, s.check_id, s.added_by, s.added_side, s.added_at, f.content_hash, f.width, f.height
    from live_screenshot s
    join stored_file f on f.workspace_id = s.workspace_id and f.id = s.file_id
    where s.workspace_id = ${workspaceId} and s.submission_id = ${submissionId}
    order by s.added_at, s.file_id`.execute(tx);
  return rows;
}

export async function insertScreenshot(
  tx: Tx,
  workspaceId: string,
  row: Pick<ScreenshotRow, 'submission_id' | 'file_id' | 'check_id' | 'added_by' | 'added_side' | 'added_at'>,
): Promise<void> {
  await tx
    .insertInto('live_screenshot')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

/** Hands pictures that wait for a look that could read the post to that look. */
export async function claimScreenshots(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; checkId: string },
): Promise<void> {
  await sql`
    update live_screenshot set check_id = ${of.checkId}
    where workspace_id = ${workspaceId} and submission_id = ${of.submissionId} and check_id is null`.execute(tx);
}
