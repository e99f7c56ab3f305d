import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { creatorsChanged, listPictures, personIdsPayload, readPicture } from '#modules/creators/index.ts';
import type { PictureCheck } from '../api.ts';
import { markStale } from '../queries/reports.ts';
import { bandsOf, bitsBetween, isTelling, measurePicture } from './measure-picture.ts';
import { insertCheck, selectChecks, selectSimilar } from './queries.ts';

const checkJob = 'vetting.check_pictures';
const payloadSchema = z.object({ workspaceId: z.string(), personIds: z.array(z.string()) });

const personsAtOnce = 200;
/** A picture of a profile is stored with up to 320 pixels a side. */
const smallPx = 150;
/** Below it edges are soft everywhere. */
const blurredBelow = 60;
/** Of 64 bits: the same picture cut or stored anew. */
const alikeBits = 3;
const similarMax = 2000;
const alikeShown = 10;

/** Measures profile pictures once, in the background, as they come in. */
export function definePictureJob(infra: Infra): void {
  infra.jobs.define({
    name: checkJob,
    payload: payloadSchema,
    retriesMax: 5,
    timeoutSeconds: 1800,
    handle: (payload, signal) => checkPictures(infra, payload, signal),
  });
}

/** Has pictures measured when the creators module says that there are new ones. */
export function followPictures(infra: Infra): Consumer {
  return {
    name: 'vetting.follow_pictures',
    events: [creatorsChanged],
    handle: async (events) => {
      for (const event of events) {
        const { personIds, statedBy } = personIdsPayload.parse(event.payload);
        if (statedBy !== 'creators') continue;
        for (let from = 0; from < personIds.length; from += personsAtOnce) {
          const some = personIds.slice(from, from + personsAtOnce);
          const key = createHash('sha256').update(some.join()).digest('hex').slice(0, 32);
          await infra.jobs.enqueue(checkJob, { workspaceId: event.workspaceId, personIds: some }, key);
        }
      }
    },
  };
}

/** Measures the pictures of persons that were not measured yet; one that cannot be read is left out. */
export async function checkPictures(
  infra: Infra,
  payload: z.infer<typeof payloadSchema>,
  signal?: AbortSignal,
): Promise<void> {
  const { workspaceId, personIds } = payload;
  const wanted = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const pictures = await listPictures(tx, workspaceId, { personIds });
    const ids = pictures.map((picture) => picture.mediaId);
    const known = new Set((await selectChecks(tx, workspaceId, ids)).map((check) => check.mediaId));
    return pictures.filter((picture) => !known.has(picture.mediaId));
  });
  for (const { mediaId, contentHash, personId } of wanted) {
    signal?.throwIfAborted();
    const bytes = await readPicture(infra.config.dataDir, contentHash);
    if (bytes === null) continue;
    const measure = await measurePicture(bytes).catch((error: unknown) => {
      infra.log.warn(
        { mediaId, error: error instanceof Error ? error.message : String(error) },
        'a picture was not measured',
      );
      return null;
    });
    if (measure === null) continue;
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const at = infra.clock.now();
      await insertCheck(tx, workspaceId, { mediaId, measure, at });
      await markStale(tx, workspaceId, { personIds: [personId], at });
    });
  }
}

/** What was measured on the pictures of profiles, and whose are nearly the same, by profile id. */
export async function readPictureChecks(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, PictureCheck>> {
  const pictures = await listPictures(tx, workspaceId, { personIds });
  if (pictures.length === 0) return new Map();
  const checks = await selectChecks(
    tx,
    workspaceId,
    pictures.map((picture) => picture.mediaId),
  );
  const byMedia = new Map(checks.map((check) => [check.mediaId, check]));
  const telling = checks.filter((check) => isTelling(check.print));
  const bands = [...new Set(telling.flatMap((check) => bandsOf(check.print)))];
  const similar = bands.length === 0 ? [] : await selectSimilar(tx, workspaceId, { bands, limit: similarMax });
  const near = new Map<string, { mediaId: string; bits: number }[]>();
  for (const check of telling) {
    const alike = similar
      .map((one) => ({ mediaId: one.mediaId, bits: bitsBetween(one.print, check.print) }))
      .filter((one) => one.bits <= alikeBits);
    near.set(check.mediaId, alike);
  }
  const nearIds = [...new Set([...near.values()].flat().map((one) => one.mediaId))];
  const owners = nearIds.length === 0 ? [] : await listPictures(tx, workspaceId, { mediaIds: nearIds });
  return new Map(
    pictures.flatMap((picture) => {
      const check = byMedia.get(picture.mediaId);
      if (check === undefined) return [];
      const { mediaId, width, height, sharpness, brightness } = check;
      const alike = (near.get(mediaId) ?? [])
        .flatMap((one) =>
          owners
            .filter((owner) => owner.mediaId === one.mediaId && owner.personId !== picture.personId)
            .map(({ personId, profileId, handle }) => ({ personId, profileId, handle, differentBits: one.bits })),
        )
        .sort((a, b) => a.differentBits - b.differentBits || (a.profileId < b.profileId ? -1 : 1))
        .slice(0, alikeShown);
      const found: PictureCheck = {
        mediaId,
        width,
        height,
        sharpness: Math.round(sharpness * 10) / 10,
        brightness: Math.round(brightness * 1000) / 1000,
        isSmall: Math.min(width, height) < smallPx,
        isBlurred: sharpness < blurredBelow,
        checkedAt: check.checkedAt.toISOString(),
        alike,
      };
      return [[picture.profileId, found] as const];
    }),
  );
}
