import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const youngMs = 3_600_000;

/** Where archives lie: those made here and those that came, each under the id of its row. */
export function archivePath(dataDir: string, id: string): string {
  return join(dataDir, 'archives', `${id}.tar`);
}

export async function makeArchiveFolder(dataDir: string): Promise<void> {
  await mkdir(join(dataDir, 'archives'), { recursive: true, mode: 0o700 });
}

export async function removeArchiveFile(dataDir: string, id: string): Promise<void> {
  await rm(archivePath(dataDir, id), { force: true });
}

/** Removes files that no row stands for, and halves that a killed process left; young ones may still be written. */
export async function cleanArchiveFiles(dataDir: string, needed: ReadonlySet<string>): Promise<void> {
  const folder = join(dataDir, 'archives');
  for (const name of await readdir(folder).catch(() => [])) {
    const id = /^([a-z]+_[0-9a-z]+)\.tar$/.exec(name)?.[1];
    if (id !== undefined && needed.has(id)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    // By the disk's own clock, which wrote the time.
    if (Date.now() - mtimeMs > youngMs) await rm(path, { force: true });
  }
}
