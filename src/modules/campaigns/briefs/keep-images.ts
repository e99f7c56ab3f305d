import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { dayMs } from '#kernel/time.ts';
import {
  type Brief,
  briefImageBytesMax,
  type getBriefImage as imageEndpoint,
  type uploadBriefImage as uploadEndpoint,
} from '../api.ts';
import { campaignsError } from '../errors.ts';
import { deleteUnnamedImages, insertImage, selectImages } from './queries-kit.ts';

const unnamedDays = 7;
const imagesPerRun = 500;

/** Keeps a picture for mood boards. Errors: files.not_accepted when it is no picture, too large or would unpack to too much. */
export async function uploadBriefImage(
  infra: Infra,
  call: Call<typeof uploadEndpoint>,
): Promise<OutputOf<typeof uploadEndpoint>> {
  const { workspaceId, actor } = call;
  const file = await infra.files.keep(workspaceId, {
    content: call.request.body,
    name: nameOf(call.request),
    accept: ['image'],
    bytesMax: briefImageBytesMax,
    by: actor.name,
  });
  await infra.db.inWorkspace(workspaceId, (tx) =>
    insertImage(tx, workspaceId, { fileId: file.id, uploadedBy: actor.name, at: infra.clock.now() }),
  );
  return { fileId: file.id, name: file.name, width: file.width, height: file.height };
}

function nameOf(request: Request): string {
  const name = request.headers.get('rapport-file-name') ?? 'picture';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A picture kept for mood boards; no other file of the workspace is shown here. Error: not_found. */
export async function getBriefImage(infra: Infra, call: Call<typeof imageEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const file = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectImages(tx, workspaceId, [input.fileId])).length === 0) throw notFound('file');
    return infra.files.get(tx, workspaceId, input.fileId);
  });
  const preview = input.size === 'preview' ? infra.files.preview(file) : null;
  return preview ?? infra.files.download(file, { request: call.request, isShown: true });
}

/** Refuses a brief that names a picture this workspace does not have. Error: bad_image, naming the place. */
export async function checkImages(tx: Tx, workspaceId: string, brief: Brief): Promise<void> {
  const ids = brief.moodBoard.flatMap((item) => item.fileId ?? []);
  const known = new Set(await selectImages(tx, workspaceId, ids));
  const at = brief.moodBoard.findIndex((item) => item.fileId !== null && !known.has(item.fileId));
  if (at >= 0)
    throw campaignsError('bad_image', `The picture of line ${at + 1} of the mood board is not here. Upload it again.`, [
      { field: `brief.moodBoard.${at}.fileId`, message: 'Is not here; upload it again' },
    ]);
}

/** Forgets pictures that were uploaded a week ago and stand in no brief, sent brief or template. Returns how many. */
export async function collectBriefImages(infra: Infra): Promise<number> {
  const before = new Date(infra.clock.now().getTime() - unnamedDays * dayMs);
  return infra.db.asSystem(async (tx) => {
    const gone = await deleteUnnamedImages(tx, { before, limit: imagesPerRun });
    for (const row of gone) await infra.files.remove(tx, row.workspace_id, row.file_id);
    return gone.length;
  });
}

export function defineBriefJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'campaigns.collect-brief-images',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 600,
    cron: '40 3 * * *',
    handle: async () => void (await collectBriefImages(infra)),
  });
}
