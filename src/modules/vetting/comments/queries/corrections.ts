import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CorrectedLabels } from '../../api.ts';

export interface StoredCorrection {
  id: string;
  commentId: string;
  before: CorrectedLabels;
  after: CorrectedLabels;
  reason: string;
  byName: string;
  at: Date;
  undoneAt: Date | null;
  undoneByName: string | null;
}

/** Holds the row of a comment until the end of the transaction, so that two corrections come one after the other. False when there is none. */
export async function lockComment(tx: Tx, workspaceId: string, commentId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('comment_class')
    .select('comment_id')
    .where('workspace_id', '=', workspaceId)
    .where('comment_id', '=', commentId)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Sets which labels a person has set; what is absent is the machine's again. */
export async function setFixed(
  tx: Tx,
  workspaceId: string,
  what: { commentId: string; labels: CorrectedLabels },
): Promise<void> {
  const { kind = null, isSpam = null, sentiment = null, intents = null, target = null } = what.labels;
  await tx
    .updateTable('comment_class')
    .set({
      fixed_kind: kind,
      fixed_is_spam: isSpam,
      fixed_sentiment: sentiment,
      fixed_intents: intents,
      fixed_target: target,
    })
    .where('workspace_id', '=', workspaceId)
    .where('comment_id', '=', what.commentId)
    .execute();
}

export async function insertCorrection(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    commentId: string;
    before: CorrectedLabels;
    after: CorrectedLabels;
    reason: string;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('comment_correction')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      comment_id: row.commentId,
      before: JSON.stringify(row.before),
      after: JSON.stringify(row.after),
      reason: row.reason,
      corrected_by: row.by.id,
      corrected_by_name: row.by.name,
      corrected_at: row.at,
    })
    .execute();
}

export async function markUndone(
  tx: Tx,
  workspaceId: string,
  undone: { id: string; byName: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('comment_correction')
    .set({ undone_at: undone.at, undone_by_name: undone.byName })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', undone.id)
    .execute();
}

/** The correction that counts of each comment: the newest that is not undone. */
export async function newestCorrections(
  tx: Tx,
  workspaceId: string,
  commentIds: readonly string[],
): Promise<Map<string, StoredCorrection>> {
  if (commentIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('comment_correction')
    .selectAll()
    .distinctOn('comment_id')
    .where('workspace_id', '=', workspaceId)
    .where('comment_id', '=', sql<string>`any(${[...commentIds]}::text[])`)
    .where('undone_at', 'is', null)
    .orderBy('comment_id')
    .orderBy('corrected_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.comment_id, toStored(row)]));
}

/** Every correction of a comment, newest first. */
export async function selectCorrections(
  tx: Tx,
  workspaceId: string,
  of: { commentId: string; limit: number },
): Promise<StoredCorrection[]> {
  const rows = await tx
    .selectFrom('comment_correction')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('comment_id', '=', of.commentId)
    .orderBy('corrected_at', 'desc')
    .orderBy('id', 'desc')
    .limit(of.limit)
    .execute();
  return rows.map(toStored);
}

interface Row {
  id: string;
  comment_id: string;
  before: unknown;
  after: unknown;
  reason: string;
  corrected_by_name: string;
  corrected_at: Date;
  undone_at: Date | null;
  undone_by_name: string | null;
}

function toStored(row: Row): StoredCorrection {
  return {
    id: row.id,
    commentId: row.comment_id,
    before: row.before as CorrectedLabels,
    after: row.after as CorrectedLabels,
    reason: row.reason,
    byName: row.corrected_by_name,
    at: row.corrected_at,
    undoneAt: row.undone_at,
    undoneByName: row.undone_by_name,
  };
}
