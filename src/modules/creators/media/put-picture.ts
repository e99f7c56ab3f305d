import type { Infra } from '#infra/module.ts';
import { type Picture, pictureFact } from '../api.ts';
import { selectPersonPicture, selectPicture, usePicture } from '../queries/media.ts';
import { stateFact } from '../state-facts.ts';
import { storePicture } from './picture-files.ts';
import { preparePicture } from './prepare-picture.ts';

/** Makes a picture small, stores it and puts it at a profile, with the fact that tells the others. Error: bad_picture. */
export async function putPicture(
  infra: Infra,
  put: { workspaceId: string; personId: string; profileId: string; source: string; bytes: Buffer },
): Promise<Picture> {
  const { workspaceId, personId, profileId, source } = put;
  const prepared = await preparePicture(put.bytes);
  const hash = await storePicture(infra.config.dataDir, prepared.bytes);
  const { width, height } = prepared;
  const picture = { hash, width, height, bytes: prepared.bytes.byteLength };
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await usePicture(tx, workspaceId, { profileId, picture, source, now: infra.clock.now() });
    await tellPicture(infra, tx, { workspaceId, personId });
    const kept = await selectPicture(tx, workspaceId, profileId);
    if (kept === null) throw new Error('A picture vanished while it was put');
    return kept;
  });
}

/** States which picture stands for the person now; takes it back when there is none. */
export async function tellPicture(
  infra: Infra,
  tx: Parameters<typeof selectPersonPicture>[0],
  of: { workspaceId: string; personId: string },
): Promise<void> {
  const value = await selectPersonPicture(tx, of.workspaceId, of.personId);
  await stateFact(infra, tx, { ...of, statedBy: 'creators', name: pictureFact, value });
}
