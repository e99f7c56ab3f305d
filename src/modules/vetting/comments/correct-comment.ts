import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readProfileOwners } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { ClassedComment, CorrectedLabels, correctComment, undoCorrection } from '../api.ts';
import { vettingError } from '../errors.ts';
import { markStale } from '../queries/reports.ts';
import {
  insertCorrection,
  lockComment,
  markUndone,
  newestCorrections,
  selectCorrections,
  setFixed,
} from './queries/corrections.ts';
import { type ClassRow, selectClasses } from './queries/list-comments.ts';
import { fixedLabels, showComment } from './show-comments.ts';

/**
 * Sets labels of a comment by hand; those not named stay as they are. The correction counts at once in every sum and stays when the comment comes in
 * again or a newer model reads it. Errors: not_found, vetting.spam_and_kind.
 */
export async function correctLabels(infra: Infra, call: Call<typeof correctComment>): Promise<ClassedComment> {
  const { workspaceId, actor, requestId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await hold(tx, workspaceId, input.commentId);
    const before = fixedLabels(row);
    const after = merged(row, before, input.labels);
    const [last] = await selectCorrections(tx, workspaceId, { commentId: row.comment_id, limit: 1 });
    // Of two within one tick the second must still be the newer one.
    const at = new Date(Math.max(infra.clock.now().getTime(), (last?.at.getTime() ?? 0) + 1));
    const id = newId('commentCorrection', at.getTime());
    await insertCorrection(tx, workspaceId, {
      id,
      commentId: row.comment_id,
      before,
      after,
      reason: input.reason,
      by: actor,
      at,
    });
    await apply(infra, tx, { workspaceId, row, labels: after });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'comment.corrected',
      subjectKind: 'comment',
      subjectId: row.comment_id,
      changes: { labels: { from: labelsOf(row), to: input.labels }, reason: input.reason },
    });
    return showComment(tx, workspaceId, row.comment_id);
  });
}

/** Takes the last correction of a comment back. Errors: not_found, vetting.not_corrected. */
export async function undoLast(infra: Infra, call: Call<typeof undoCorrection>): Promise<ClassedComment> {
  const { workspaceId, actor, requestId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await hold(tx, workspaceId, input.commentId);
    const last = (await newestCorrections(tx, workspaceId, [row.comment_id])).get(row.comment_id);
    if (last === undefined)
      throw vettingError('not_corrected', 'Nobody has corrected this comment, so there is nothing to take back.');
    const at = infra.clock.now();
    await markUndone(tx, workspaceId, { id: last.id, byName: actor.name, at });
    await apply(infra, tx, { workspaceId, row, labels: last.before });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'comment.correction_undone',
      subjectKind: 'comment',
      subjectId: row.comment_id,
      changes: { labels: { from: last.after, to: last.before } },
    });
    return showComment(tx, workspaceId, row.comment_id);
  });
}

async function hold(tx: Tx, workspaceId: string, commentId: string): Promise<ClassRow> {
  if (!(await lockComment(tx, workspaceId, commentId))) throw notFound('comment');
  const [row] = await selectClasses(tx, workspaceId, [commentId]);
  if (row === undefined) throw notFound('comment');
  return row;
}

async function apply(
  infra: Infra,
  tx: Tx,
  what: { workspaceId: string; row: ClassRow; labels: CorrectedLabels },
): Promise<void> {
  const { workspaceId, row, labels } = what;
  await setFixed(tx, workspaceId, { commentId: row.comment_id, labels });
  const owners = await readProfileOwners(tx, workspaceId, [row.profile_id]);
  await markStale(tx, workspaceId, { personIds: [...owners.values()], at: infra.clock.now() });
}

/** Spam and the kind "spam or promotion" are one statement: whoever sets one of them sets the other as well. */
function merged(row: ClassRow, before: CorrectedLabels, set: CorrectedLabels): CorrectedLabels {
  if (set.kind !== undefined && set.isSpam !== undefined && (set.kind === 'spam_promo') !== set.isSpam) {
    throw vettingError(
      'spam_and_kind',
      `isSpam ${set.isSpam} and kind ${set.kind} contradict each other: spam is of the kind spam_promo, and nothing else is.`,
      [{ field: 'labels.isSpam', message: 'Contradicts labels.kind' }],
    );
  }
  if (set.kind === undefined && set.isSpam === false && row.kind === 'spam_promo') {
    throw vettingError('spam_and_kind', 'Say what the comment is if it is no spam: set its kind as well.', [
      { field: 'labels.kind', message: 'Needed when spam is taken back' },
    ]);
  }
  if (set.kind !== undefined) return { ...before, ...set, isSpam: set.kind === 'spam_promo' };
  if (set.isSpam === true) return { ...before, ...set, kind: 'spam_promo' };
  return { ...before, ...set };
}

function labelsOf({ kind, is_spam, sentiment, intents, target }: ClassRow) {
  return { kind, isSpam: is_spam, sentiment, intents, target };
}
