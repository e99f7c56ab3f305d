import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Archive } from '#infra/archive/read-archive.ts';
import { explainFileFault } from '#infra/data-folder/errors.ts';
import { syncFolder } from '#infra/data-folder/write-file.ts';
import { clickSegment, importFile, mediaFile, storedFile } from './data-files.ts';

/** Paths of the archive that belong into the data folder. */
export function dataPathsOf(archive: Archive): string[] {
  return archive.paths.filter((path) =>
    [clickSegment, importFile, mediaFile, storedFile].some((shape) => shape.test(path)),
  );
}

/**
 * Puts click segments, uploads, pictures and files where the next start looks for them, each whole and on disk. The folders of the
 * click log come without their owner's mark, so whoever starts next drains them.
 */
export async function placeFiles(archive: Archive, dataDir: string): Promise<void> {
  try {
    for (const path of dataPathsOf(archive)) await placeFile(archive, path, join(dataDir, path));
  } catch (error) {
    throw explainFileFault(error, dataDir) ?? error;
  }
}

/** Takes them away again after a restore that failed; a second one starts from nothing. */
export async function removePlaced(archive: Archive, dataDir: string): Promise<void> {
  for (const path of dataPathsOf(archive)) await rm(join(dataDir, path), { force: true });
}

async function placeFile(archive: Archive, path: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    for await (const chunk of archive.read(path)) await file.appendFile(chunk as Buffer);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, target);
  await syncFolder(dirname(target));
}
