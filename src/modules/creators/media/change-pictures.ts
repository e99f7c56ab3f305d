import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { dayMs } from '#kernel/time.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { fetchPicture, getMedia, Picture, removePicture, uploadPicture } from '../api.ts';
import { creatorsError } from '../errors.ts';
import { deleteUnusedMedia, deleteUse, selectContentHash, selectUsedHashes } from '../queries/media.ts';
import { getPerson } from '../read-creators.ts';
import { readPicture, removeUnused } from './picture-files.ts';
import { pictureBytesMax } from './prepare-picture.ts';
import { putPicture, tellPicture } from './put-picture.ts';

/** Keeps an uploaded picture. Errors: not_found, bad_picture. */
export async function uploadOne(infra: Infra, call: Call<typeof uploadPicture>): Promise<Picture> {
  const { workspaceId, input } = call;
  await requireProfile(infra, call);
  const bytes = await readBody(call.request);
  return putPicture(infra, { ...input, workspaceId, bytes, source: `uploaded by ${call.actor.name}` });
}

/** Fetches a picture from a public address and keeps it. Errors: not_found, bad_picture, fetch.*. */
export async function fetchOne(infra: Infra, call: Call<typeof fetchPicture>): Promise<Picture> {
  const { workspaceId, input } = call;
  await requireProfile(infra, call);
  const answer = await infra.fetch(input.url, { bytesMax: pictureBytesMax });
  if (answer.status !== 200)
    throw creatorsError('bad_picture', `${new URL(answer.url).host} answered ${answer.status} instead of a picture.`, [
      { field: 'url', message: `Answered ${answer.status}` },
    ]);
  const source = `${new URL(answer.url).origin}, by ${call.actor.name}`;
  return putPicture(infra, { ...input, workspaceId, bytes: answer.body, source });
}

/** Takes the picture of a profile away. Error: not_found. */
export async function removeOne(infra: Infra, call: Call<typeof removePicture>): Promise<null> {
  const { workspaceId, input } = call;
  await requireProfile(infra, call);
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await deleteUse(tx, workspaceId, input.profileId))) throw notFound('picture');
    await tellPicture(infra, tx, { workspaceId, personId: input.personId });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.picture_removed',
      subjectKind: 'creator',
      subjectId: input.personId,
    });
  });
  return null;
}

async function requireProfile(
  infra: Infra,
  call: { workspaceId: string; input: { personId: string; profileId: string } },
): Promise<void> {
  const { workspaceId, input } = call;
  const person = await infra.db.inWorkspace(workspaceId, (tx) => getPerson(tx, workspaceId, input.personId));
  if (person.id !== input.personId) throw notFound('creator');
  if (!person.profiles.some((profile) => profile.id === input.profileId)) throw notFound('profile');
}

async function readBody(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    // One byte more than allowed is enough to say no.
    if (bytes > pictureBytesMax + 1) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A stored picture. Its id names its content for ever, so a browser may keep it. Error: not_found. */
export async function openPicture(infra: Infra, call: Call<typeof getMedia>): Promise<Download> {
  const { workspaceId, input } = call;
  const hash = await infra.db.inWorkspace(workspaceId, (tx) => selectContentHash(tx, workspaceId, input.mediaId));
  const body = hash === null ? null : await readPicture(infra.config.dataDir, hash);
  if (body === null) throw notFound('picture');
  return { fileName: `${input.mediaId}.webp`, contentType: 'image/webp', body, isShown: true };
}

/** Collects what nobody uses any more: rows of erased creators, and files without a row. */
export async function collectPictures(infra: Infra): Promise<{ removed: number }> {
  const now = infra.clock.now();
  await infra.db.asSystem((tx) => deleteUnusedMedia(tx, new Date(now.getTime() - dayMs)));
  const used = await infra.db.asSystem(selectUsedHashes);
  return { removed: await removeUnused(infra.config.dataDir, (hash) => used.has(hash), now.getTime()) };
}
