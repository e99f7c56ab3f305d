import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ArchiveWriter } from '#infra/archive/write-archive.ts';
import { systemErrorCode } from '#infra/data-folder/errors.ts';

/** Files of the data folder that belong into a backup: segments of the click log, uploads whose import is not done, pictures and files. */
export const clickSegment = /^clicks\/[0-9A-Za-z_-]{1,60}\/\d{8}\.log$/;
export const importFile = /^imports\/[0-9A-Za-z_-]{1,60}$/;
/** A stored picture, under the hash of its content. */
export const mediaFile = /^media\/[0-9a-f]{2}\/[0-9a-f]{64}\.webp$/;
/** Content of an uploaded or made file, under its hash. */
export const storedFile = /^files\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** Paths of the click segments there are now, relative to the data folder; hidden folders are still being made. */
export async function listClickSegments(dataDir: string): Promise<string[]> {
  const folders = await namesIn(join(dataDir, 'clicks'));
  const paths = await Promise.all(
    folders.map(async (folder) =>
      (await namesIn(join(dataDir, 'clicks', folder))).map((name) => `clicks/${folder}/${name}`),
    ),
  );
  return paths.flat().filter((path) => clickSegment.test(path));
}

export async function listImportFiles(dataDir: string): Promise<string[]> {
  return (await namesIn(join(dataDir, 'imports')))
    .map((name) => `imports/${name}`)
    .filter((path) => importFile.test(path));
}

/** Pictures and files are written before the row that names them is committed, and never changed: whatever a snapshot names is here after it began. */
export async function listKeptFiles(dataDir: string): Promise<string[]> {
  const paths: string[] = [];
  for (const root of ['media', 'files']) {
    for (const folder of await namesIn(join(dataDir, root)))
      for (const name of await namesIn(join(dataDir, root, folder))) paths.push(`${root}/${folder}/${name}`);
  }
  return paths.filter((path) => mediaFile.test(path) || storedFile.test(path));
}

export interface Copied {
  files: number;
  bytes: number;
}

/** Copies what these files hold now; one that is gone by then was drained, which the later snapshot sees. */
export async function copyFiles(writer: ArchiveWriter, dataDir: string, paths: readonly string[]): Promise<Copied> {
  const copied = { files: 0, bytes: 0 };
  for (const path of paths) {
    const file = await openIfThere(join(dataDir, path));
    if (file === null) continue;
    const { bytes } = await copyOpened(writer, path, file);
    copied.files += 1;
    copied.bytes += bytes;
  }
  return copied;
}

/** Open files of uploads, by path: what is open can be read to the end although its import ends and removes it. */
export type OpenFiles = Map<string, FileHandle>;

/** Opens the uploads that are not open yet. */
export async function holdImportFiles(dataDir: string, held: OpenFiles): Promise<void> {
  for (const path of await listImportFiles(dataDir)) {
    if (held.has(path)) continue;
    const file = await openIfThere(join(dataDir, path));
    if (file !== null) held.set(path, file);
  }
}

export async function copyHeld(writer: ArchiveWriter, held: OpenFiles): Promise<Copied> {
  const copied = { files: 0, bytes: 0 };
  for (const [path, file] of held) {
    copied.bytes += (await copyOpened(writer, path, file)).bytes;
    copied.files += 1;
    held.delete(path);
  }
  return copied;
}

async function copyOpened(writer: ArchiveWriter, path: string, file: FileHandle): Promise<{ bytes: number }> {
  try {
    const { size } = await file.stat();
    // No further than now: the file may grow faster than it is copied.
    const content =
      size === 0 ? Readable.from([]) : file.createReadStream({ start: 0, end: size - 1, autoClose: false });
    return await writer.add(path, content);
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
