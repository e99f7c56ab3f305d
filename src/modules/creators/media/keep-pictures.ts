import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { dayMs } from '#kernel/time.ts';
import type { ConnectionPlatform } from '../api.ts';
import { profilePlatformOf } from '../queries/connections.ts';
import { selectPictureless } from '../queries/media.ts';
import { parseHandle } from '../rules/parse-handle.ts';
import { pictureBytesMax } from './prepare-picture.ts';
import { putPicture } from './put-picture.ts';

const freshDays = 7;
const picturesMax = 20;

/** Fetches the profile pictures a platform named and keeps them; one that cannot be had is left out, the rest of the reading stands. */
export async function keepPictures(
  infra: Infra,
  of: {
    workspaceId: string;
    platform: ConnectionPlatform;
    source: string;
    pictures: { handle: string; url: string }[];
  },
): Promise<void> {
  const { workspaceId, source } = of;
  const platform = profilePlatformOf[of.platform];
  const urls = new Map<string, string>();
  for (const { handle, url } of of.pictures.slice(0, picturesMax)) {
    const parsed = parseHandle(handle, platform);
    if (parsed.ok) urls.set(parsed.value.key, url);
  }
  if (urls.size === 0) return;
  const staleBefore = new Date(infra.clock.now().getTime() - freshDays * dayMs);
  const wanted = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectPictureless(tx, workspaceId, { platform, handleKeys: [...urls.keys()], staleBefore }),
  );
  for (const { handleKey, profileId, personId } of wanted) {
    try {
      const answer = await infra.fetch(urls.get(handleKey) ?? '', { bytesMax: pictureBytesMax, timeoutMs: 10_000 });
      if (answer.status !== 200) continue;
      await putPicture(infra, { workspaceId, personId, profileId, source, bytes: answer.body });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      infra.log.debug({ code: error.code, profileId }, 'a picture was not kept');
    }
  }
}
