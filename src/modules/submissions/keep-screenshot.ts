import type { Tx } from '#infra/db/database.ts';
import type { Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { type LiveScreenshot, screenshotBytesMax, screenshotsMax } from './api.ts';
import { sentName } from './draft-files.ts';
import { submissionsError } from './errors.ts';
import { type Frame, recordStep } from './frame.ts';
import { holdLivePost } from './hold-live-post.ts';
import { archiveLook, toLiveCheck } from './look-at-post.ts';
import { selectLiveChecks } from './queries/live.ts';
import { insertScreenshot, type ScreenshotRow, selectScreenshots } from './queries/screenshots.ts';

export interface ScreenshotUpload {
  frame: Frame;
  submissionId: string;
  side: 'manager' | 'creator';
  request: Request;
}

/**
 * Keeps a picture of a live post as somebody saw it. It belongs to the newest look that could read the post, whose sight is archived once more with
 * the picture; where none could yet, to the next that does. The same picture twice is kept once. Errors: not_found, not_live, too_many_screenshots,
 * files.not_accepted.
 */
export async function keepScreenshot(infra: Infra, of: ScreenshotUpload): Promise<void> {
  const { frame, submissionId, side } = of;
  const { workspaceId } = frame;
  // Before the bytes are read, so that a wrong address costs nothing; and again afterwards, under the lock.
  await infra.db.inWorkspace(workspaceId, (tx) => checkRoom(tx, workspaceId, submissionId));
  const file = await infra.files.keep(workspaceId, {
    content: of.request.body,
    name: sentName(of.request),
    accept: ['image'],
    bytesMax: screenshotBytesMax,
    by: frame.actor.name,
  });
  const isKept = await infra.db
    .inWorkspace(workspaceId, async (tx) => {
      const { thread, live, kept } = await checkRoom(tx, workspaceId, submissionId);
      if (kept.some((one) => one.content_hash === file.contentHash)) return false;
      const [newest] = await selectLiveChecks(tx, workspaceId, { submissionId, limit: 1 });
      const look = newest === undefined || newest.evidence_id === null ? null : toLiveCheck(newest);
      await insertScreenshot(tx, workspaceId, {
        submission_id: submissionId,
        file_id: file.id,
        check_id: look?.id ?? null,
        added_by: frame.actor.name,
        added_side: side,
        added_at: infra.clock.now(),
      });
      if (look !== null && look.seen !== null)
        await archiveLook(infra, tx, { frame, thread, live, seen: look.seen, screenshotFileId: file.id });
      const changes = { screenshot: { to: file.contentHash } };
      await recordStep(infra, tx, { frame, thread, event: null, action: 'live-post.screenshot-added', changes });
      return true;
    })
    .catch(async (error: unknown) => {
      await forget(infra, workspaceId, file.id);
      throw error;
    });
  if (!isKept) await forget(infra, workspaceId, file.id);
}

const forget = (infra: Infra, workspaceId: string, fileId: string) =>
  infra.db.inWorkspace(workspaceId, (tx) => infra.files.remove(tx, workspaceId, fileId));

async function checkRoom(tx: Tx, workspaceId: string, submissionId: string) {
  const held = await holdLivePost(tx, workspaceId, submissionId);
  const kept = await selectScreenshots(tx, workspaceId, submissionId);
  if (kept.length >= screenshotsMax)
    throw submissionsError('too_many_screenshots', `A post has at most ${screenshotsMax} pictures as evidence.`, [
      { field: 'file', message: `At most ${screenshotsMax} pictures` },
    ]);
  return { ...held, kept };
}

/** A picture of a live post. `side`: only what this side added. Error: not_found. */
export async function openScreenshot(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    submissionId: string;
    fileId: string;
    request: Request;
    isPreview: boolean;
    side?: 'creator';
  },
): Promise<Download> {
  const kept = await selectScreenshots(tx, of.workspaceId, of.submissionId);
  const isThere = kept.some(
    (one) => one.file_id === of.fileId && (of.side === undefined || one.added_side === of.side),
  );
  if (!isThere) throw notFound('picture');
  const file = await infra.files.get(tx, of.workspaceId, of.fileId);
  const preview = of.isPreview ? infra.files.preview(file) : null;
  return preview ?? infra.files.download(file, { request: of.request, isShown: true });
}

export function toScreenshot(row: ScreenshotRow): LiveScreenshot {
  return {
    fileId: row.file_id,
    checkId: row.check_id,
    sha256: row.content_hash,
    width: row.width,
    height: row.height,
    addedBy: row.added_by,
    side: row.added_side,
    addedAt: row.added_at.toISOString(),
  };
}
