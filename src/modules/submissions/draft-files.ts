import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { fileBytesMax, filesMax, type SubmissionState } from './api.ts';
import { readEndedRights, sayEnd } from './ended-rights.ts';
import { submissionsError } from './errors.ts';
import { type Frame, recordStep } from './frame.ts';
import { deleteRoundFile, insertRoundFile, selectRoundFiles } from './queries/rounds.ts';
import { type SubmissionThread, selectThread } from './queries/submissions.ts';
import type { RightsEnd } from './rules/rights-end.ts';
import { holdOpenDraft } from './write-draft.ts';

/**
 * Keeps an upload and puts it into the open draft, after the files that are there. The file is on disk before its row is written; one that
 * is refused leaves nothing. Errors: not_found, not_a_draft, too_many_files, files.not_accepted.
 */
export async function addDraftFile(
  infra: Infra,
  of: { frame: Frame; submissionId: string; request: Request },
): Promise<void> {
  const { frame, submissionId } = of;
  const { workspaceId } = frame;
  // Before the bytes are read, so that a wrong address costs nothing; and again afterwards, under the lock.
  await infra.db.inWorkspace(workspaceId, (tx) => checkRoom(tx, frame, submissionId));
  const file = await infra.files.keep(workspaceId, {
    content: of.request.body,
    name: sentName(of.request),
    accept: ['image', 'video'],
    bytesMax: fileBytesMax,
    by: frame.actor.name,
  });
  try {
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const { thread, last } = await checkRoom(tx, frame, submissionId);
      await insertRoundFile(tx, workspaceId, {
        submission_id: thread.id,
        number: thread.round,
        file_id: file.id,
        position: last + 1,
      });
      const changes = { file: { to: file.name } };
      await recordStep(infra, tx, { frame, thread, event: null, action: 'submission.file-added', changes });
    });
  } catch (error) {
    await infra.db.inWorkspace(workspaceId, (tx) => infra.files.remove(tx, workspaceId, file.id));
    throw error;
  }
}

async function checkRoom(tx: Tx, { workspaceId }: Frame, submissionId: string) {
  const thread = await holdOpenDraft(tx, workspaceId, submissionId);
  const files = (await selectRoundFiles(tx, workspaceId, [thread.id])).filter((one) => one.number === thread.round);
  if (files.length >= filesMax)
    throw submissionsError('too_many_files', `A draft has at most ${filesMax} files. Take one out first.`, [
      { field: 'file', message: `At most ${filesMax} files` },
    ]);
  return { thread, last: files.at(-1)?.position ?? 0 };
}

/** Takes a file out of the open draft; its content goes when no other round shows it. Errors: not_found, not_a_draft. */
export async function removeDraftFile(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; submissionId: string; fileId: string },
): Promise<void> {
  const { frame } = of;
  const { workspaceId } = frame;
  const thread = await holdOpenDraft(tx, workspaceId, of.submissionId);
  const place = { submissionId: thread.id, number: thread.round, fileId: of.fileId };
  const { wasThere, isUnused } = await deleteRoundFile(tx, workspaceId, place);
  if (!wasThere) throw notFound('file');
  if (isUnused) await infra.files.remove(tx, workspaceId, of.fileId);
  const changes = { file: { from: of.fileId } };
  await recordStep(infra, tx, { frame, thread, event: null, action: 'submission.file-removed', changes });
}

/** States in which a draft has to be seen to be decided on, whatever became of the rights. */
const inReview: readonly SubmissionState[] = ['draft', 'pending_approval', 'changes_requested'];

/**
 * A file of a thread, whichever round. Once the usage rights by contract have ended, only the creator gets the original; others see the small
 * picture, where there is one, and the whole while the draft is in review. Errors: not_found, rights_ended.
 */
export async function openDraftFile(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    submissionId: string;
    fileId: string;
    request: Request;
    as: 'shown' | 'saved' | 'preview';
    /** The creator's own work asks for no rights. */
    isByCreator?: boolean;
    /** Only files of rounds that were handed in. */
    roundsFrom?: ReadonlySet<number>;
  },
): Promise<Download> {
  const named = await selectRoundFiles(tx, of.workspaceId, [of.submissionId]);
  const isThere = named.some(
    (one) => one.file_id === of.fileId && (of.roundsFrom === undefined || of.roundsFrom.has(one.number)),
  );
  if (!isThere) throw notFound('file');
  const file = await infra.files.get(tx, of.workspaceId, of.fileId);
  const preview = of.as === 'saved' ? null : infra.files.preview(file);
  if (of.as === 'preview' && preview !== null) return preview;
  const end = of.isByCreator === true ? null : await endOfRights(infra, tx, of);
  if (end !== null) {
    if (preview !== null) return preview;
    throw submissionsError('rights_ended', `“${file.name}” cannot be downloaded. ${sayEnd(end)}`);
  }
  return infra.files.download(file, { request: of.request, isShown: of.as !== 'saved' });
}

async function endOfRights(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; submissionId: string; as: 'shown' | 'saved' | 'preview' },
): Promise<RightsEnd | null> {
  const thread = await selectThread(tx, of.workspaceId, of.submissionId);
  if (thread === undefined || (of.as !== 'saved' && inReview.includes(thread.state))) return null;
  const ended = await readEndedRights(infra, tx, { workspaceId: of.workspaceId, threads: [thread] });
  return ended.get(thread.id) ?? null;
}

/** How the sender calls a file. */
export function sentName(request: Request): string {
  const sent = request.headers.get('rapport-file-name');
  if (sent === null) return 'file';
  try {
    return decodeURIComponent(sent);
  } catch {
    return sent;
  }
}

export function frameOf(call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>): Frame {
  return { workspaceId: call.workspaceId, actor: call.actor, requestId: call.requestId };
}

/** Why the originals of a draft that is decided are not shown any more; null while they are. */
export async function readRightsEnd(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; thread: SubmissionThread },
): Promise<{ endedOn: string; why: string } | null> {
  if (inReview.includes(of.thread.state)) return null;
  const ended = await readEndedRights(infra, tx, { workspaceId: of.workspaceId, threads: [of.thread] });
  const end = ended.get(of.thread.id);
  return end === undefined ? null : { endedOn: end.endedOn, why: sayEnd(end) };
}
