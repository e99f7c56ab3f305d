import { type Insertable, sql, type Updateable } from 'kysely';
import type { SubmissionRound as RoundTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import type { DraftRound, ReviewRole } from '../api.ts';

export interface RoundRow {
  submission_id: string;
  number: number;
  outcome: DraftRound['outcome'];
  caption: string;
  note: string;
  video_url: string | null;
  spoken_text: string | null;
  on_screen_text: string | null;
  ticks: string[];
  brief_version: number;
  disclosure: unknown;
  proposed_caption: string | null;
  proposed_by: string | null;
  proposed_at: Date | null;
  confirmed_at: Date | null;
  submitted_at: Date | null;
  submitted_by: string | null;
  decided_at: Date | null;
  overrule_reason: string | null;
  overruled_by: string | null;
  allowance_reason: string | null;
  allowed_by: string | null;
  auto_approve_after: string | null;
}

/** All rounds of threads, oldest first. */
export async function selectRounds(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<RoundRow[]> {
  const { rows } = await sql<RoundRow>`
    select * from submission_round where workspace_id = ${workspaceId} and submission_id = any(${ids}::text[])
    order by submission_id, number`.execute(tx);
  return rows;
}

export async function selectRound(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; number: number },
): Promise<RoundRow | undefined> {
  const { rows } = await sql<RoundRow>`
    select * from submission_round
    where workspace_id = ${workspaceId} and submission_id = ${of.submissionId} and number = ${of.number}`.execute(tx);
  return rows[0];
}

export async function insertRound(tx: Tx, row: Insertable<RoundTable>): Promise<void> {
  await tx.insertInto('submission_round').values(row).execute();
}

export async function updateRound(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; number: number; change: Updateable<RoundTable>; at: Date },
): Promise<void> {
  await tx
    .updateTable('submission_round')
    .set({ ...of.change, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('submission_id', '=', of.submissionId)
    .where('number', '=', of.number)
    .execute();
}

export interface RoundFileRow {
  submission_id: string;
  number: number;
  file_id: string;
  position: number;
}

export async function selectRoundFiles(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<RoundFileRow[]> {
  const { rows } = await sql<RoundFileRow>`
    select submission_id, number, file_id, position from submission_file
    where workspace_id = ${workspaceId} and submission_id = any(${ids}::text[])
    order by submission_id, number, position, file_id`.execute(tx);
  return rows;
}

export async function insertRoundFile(tx: Tx, workspaceId: string, row: RoundFileRow): Promise<void> {
  await tx
    .insertInto('submission_file')
    .values({ workspace_id: workspaceId, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes a file out of a round. True when it was there; `isUnused` when no other round names it any more. */
export async function deleteRoundFile(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; number: number; fileId: string },
): Promise<{ wasThere: boolean; isUnused: boolean }> {
  const gone = await tx
    .deleteFrom('submission_file')
    .where('workspace_id', '=', workspaceId)
    .where('submission_id', '=', of.submissionId)
    .where('number', '=', of.number)
    .where('file_id', '=', of.fileId)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return { wasThere: false, isUnused: false };
  const other = await tx
    .selectFrom('submission_file')
    .select('file_id')
    .where('workspace_id', '=', workspaceId)
    .where('file_id', '=', of.fileId)
    .limit(1)
    .executeTakeFirst();
  return { wasThere: true, isUnused: other === undefined };
}

/** Gives a new round the files of the one before. */
export async function copyRoundFiles(
  tx: Tx,
  workspaceId: string,
  of: { submissionId: string; from: number; to: number },
): Promise<void> {
  await sql`
    insert into submission_file (workspace_id, submission_id, number, file_id, position)
    select workspace_id, submission_id, ${of.to}, file_id, position from submission_file
    where workspace_id = ${workspaceId} and submission_id = ${of.submissionId} and number = ${of.from}
    on conflict do nothing`.execute(tx);
}

export interface DecisionRow {
  id: string;
  submission_id: string;
  number: number;
  role: ReviewRole;
  decision: 'approved' | 'changes_requested';
  note: string;
  is_automatic: boolean;
  decided_by: string;
  decided_by_id: string;
  decided_at: Date;
}

/** Decisions on threads, oldest first. */
export async function selectDecisions(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select id, submission_id, number, role, decision, note, is_automatic, decided_by, decided_by_id, decided_at
    from submission_decision where workspace_id = ${workspaceId} and submission_id = any(${ids}::text[])
    order by submission_id, number, place`.execute(tx);
  return rows;
}

export async function insertDecision(tx: Tx, workspaceId: string, row: DecisionRow): Promise<void> {
  await tx
    .insertInto('submission_decision')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

/** Rounds whose last day for an answer is over, in whichever workspace, after a place; only as the system. */
export async function selectUnanswered(
  tx: Tx,
  of: { before: string; after: { workspaceId: string; submissionId: string }; limit: number },
): Promise<{ workspace_id: string; submission_id: string; number: number }[]> {
  const { rows } = await sql<{ workspace_id: string; submission_id: string; number: number }>`
    select workspace_id, submission_id, number from submission_round
    where outcome = 'open' and auto_approve_after is not null and auto_approve_after < ${of.before}::date
      and (workspace_id, submission_id) > (${of.after.workspaceId}, ${of.after.submissionId})
    order by workspace_id, submission_id limit ${of.limit}`.execute(tx);
  return rows;
}
