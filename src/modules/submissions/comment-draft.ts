import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { addComment, ReviewComment, resolveComment } from './api.ts';
import { frameOf } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { submissionCommented } from './events.ts';
import { type Frame, recordStep } from './frame.ts';
import { holdThread } from './hold-thread.ts';
import { readDraft, toComment, type Viewer } from './present-submission.ts';
import {
  type CommentRow,
  commentsMax,
  insertComment,
  selectComment,
  selectComments,
  settleComment,
} from './queries/comments.ts';
import { selectRound, selectRoundFiles } from './queries/rounds.ts';
import type { SubmissionThread } from './queries/submissions.ts';

export interface NewComment {
  round: number;
  body: string;
  visibility: CommentRow['visibility'];
  replyTo?: string | undefined;
  fileId?: string | undefined;
  place?: { x: number; y: number } | undefined;
  second?: number | undefined;
  span?: { start: number; end: number } | undefined;
}

/**
 * Writes a remark; the same one sent twice is kept once. An answer goes where the remark went, and is seen by no more people than it.
 * Errors: not_found, no_such_round, bad_place.
 */
export async function writeComment(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; viewer: Viewer; submissionId: string; comment: NewComment },
): Promise<ReviewComment> {
  const { frame, viewer, comment } = of;
  const { workspaceId } = frame;
  const thread = await holdThread(tx, workspaceId, of.submissionId);
  const said = await selectComments(tx, workspaceId, thread.id);
  const { rounds, comments } = await readDraft(infra, tx, { workspaceId, thread, viewer });
  const wanted = await toRow(infra, tx, { ...of, thread, readable: new Set(comments.map((one) => one.id)), said });
  const same = said.find((one) => isSame(one, wanted));
  if (same !== undefined) return toComment(same, { viewer, rounds });
  if (said.length >= commentsMax)
    throw submissionsError('bad_place', `This draft has ${commentsMax} remarks already. Settle it in a call.`);
  await insertComment(tx, workspaceId, wanted);
  const changes = { comment: wanted.id, visibility: wanted.visibility, says: comment.body.slice(0, 300) };
  const event = submissionCommented;
  await recordStep(infra, tx, { frame, thread, event, action: 'submission.commented', round: comment.round, changes });
  return toComment(wanted, { viewer, rounds });
}

async function toRow(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    viewer: Viewer;
    thread: SubmissionThread;
    comment: NewComment;
    readable: ReadonlySet<string>;
    said: readonly CommentRow[];
  },
): Promise<CommentRow> {
  const { frame, viewer, thread, comment } = of;
  const { workspaceId } = frame;
  const round = await selectRound(tx, workspaceId, { submissionId: thread.id, number: comment.round });
  if (round === undefined || (viewer.side !== 'creator' && round.outcome === 'draft'))
    throw submissionsError('no_such_round', `There is no round ${comment.round} to remark on.`, [
      { field: 'round', message: 'No such round' },
    ]);
  const parent = of.said.find((one) => one.id === comment.replyTo && of.readable.has(one.id));
  if (comment.replyTo !== undefined && parent === undefined) throw notFound('remark');
  await checkPlace(tx, { workspaceId, thread, comment, captionLength: round.caption.length });
  const at = infra.clock.now();
  return {
    id: newId('reviewComment', at.getTime()),
    submission_id: thread.id,
    number: comment.round,
    reply_to: parent === undefined ? null : (parent.reply_to ?? parent.id),
    author_kind: viewer.side === 'team' ? 'member' : viewer.side,
    author_id: viewer.id,
    author_name: frame.actor.name.slice(0, 200),
    body: comment.body,
    visibility: narrower(comment.visibility, parent?.visibility ?? 'everyone'),
    file_id: comment.fileId ?? null,
    x: comment.place?.x ?? null,
    y: comment.place?.y ?? null,
    second: comment.second ?? null,
    span_start: comment.span?.start ?? null,
    span_end: comment.span?.end ?? null,
    resolved_at: null,
    resolved_by: null,
    created_at: at,
  };
}

const widths = ['team', 'client', 'everyone'] as const;

function narrower(a: CommentRow['visibility'], b: CommentRow['visibility']): CommentRow['visibility'] {
  return widths[Math.min(widths.indexOf(a), widths.indexOf(b))] ?? 'team';
}

function isSame(a: CommentRow, b: CommentRow): boolean {
  const key = (one: CommentRow) =>
    JSON.stringify([
      one.number,
      one.author_id,
      one.body,
      one.reply_to,
      one.file_id,
      one.x === null ? null : Math.fround(one.x),
      one.y === null ? null : Math.fround(one.y),
      one.second === null ? null : Math.fround(one.second),
      one.span_start,
      one.span_end,
    ]);
  return key(a) === key(b);
}

async function checkPlace(
  tx: Tx,
  of: { workspaceId: string; thread: SubmissionThread; comment: NewComment; captionLength: number },
): Promise<void> {
  const { fileId, place, second, span } = of.comment;
  const bad = (field: string, message: string) =>
    submissionsError('bad_place', `${field}: ${message}`, [{ field, message }]);
  if (span !== undefined && (span.end <= span.start || span.end > of.captionLength))
    throw bad('span', `The caption of this round has ${of.captionLength} characters.`);
  if ((place !== undefined || second !== undefined) && fileId === undefined)
    throw bad('fileId', 'Say which picture or video it is pinned to.');
  if (fileId === undefined) return;
  const files = await selectRoundFiles(tx, of.workspaceId, [of.thread.id]);
  if (!files.some((one) => one.file_id === fileId && one.number === of.comment.round))
    throw bad('fileId', 'This round has no such file.');
}

/** A member's remark. Errors: as writeComment. */
export async function commentAsMember(infra: Infra, call: Call<typeof addComment>): Promise<ReviewComment> {
  const { submissionId, ...comment } = call.input;
  const viewer: Viewer = { side: 'team', id: call.actor.id };
  return infra.db.inWorkspace(call.workspaceId, (tx) =>
    writeComment(infra, tx, { frame: frameOf(call), viewer, submissionId, comment }),
  );
}

/** Settles a remark or opens it again; asked twice it changes nothing. Error: not_found. */
export async function settleOne(infra: Infra, call: Call<typeof resolveComment>): Promise<ReviewComment> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await holdThread(tx, workspaceId, input.submissionId);
    const row = await selectComment(tx, workspaceId, { submissionId: thread.id, id: input.commentId });
    if (row === undefined) throw notFound('remark');
    const viewer: Viewer = { side: 'team', id: actor.id };
    const { rounds } = await readDraft(infra, tx, { workspaceId, thread, viewer });
    if ((row.resolved_at !== null) === input.isResolved) return toComment(row, { viewer, rounds });
    const at = input.isResolved ? infra.clock.now() : null;
    const by = input.isResolved ? actor.name : null;
    await settleComment(tx, workspaceId, { id: row.id, at, by });
    const changes = { comment: row.id, isResolved: input.isResolved };
    await recordStep(infra, tx, {
      frame: frameOf(call),
      thread,
      event: null,
      action: 'submission.remark-settled',
      changes,
    });
    return toComment({ ...row, resolved_at: at, resolved_by: by }, { viewer, rounds });
  });
}
