import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '#infra/data-folder/errors.ts';

const youngMs = 24 * 3_600_000;
const fileName = /^[0-9a-f]{64}\.webp$/;

/** Where the picture of that content lies: one file for the whole installation, however many workspaces use it. */
function pathOf(dataDir: string, hash: string): string {
  return join(dataDir, 'media', hash.slice(0, 2), `${hash}.webp`);
}

/** Stores a picture under the hash of its content; what is there already stays. Returns the hash, hex. */
export async function storePicture(dataDir: string, bytes: Buffer): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const path = pathOf(dataDir, hash);
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${process.hrtime.bigint()}.new`;
  await writeFile(temporary, bytes, { mode: 0o600, flush: true });
  await rename(temporary, path);
  return hash;
}

/** The stored picture; null when its file is gone. */
export async function readPicture(dataDir: string, hash: string): Promise<Buffer | null> {
  try {
    return await readFile(pathOf(dataDir, hash));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Removes files nobody uses; young ones stay, since their row may not be committed yet. Returns how many. */
export async function removeUnused(dataDir: string, isUsed: (hash: string) => boolean, nowMs: number): Promise<number> {
  let removed = 0;
  const root = join(dataDir, 'media');
  for (const folder of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      const path = join(root, folder, name);
      const isOurs = fileName.test(name);
      if (isOurs && isUsed(name.slice(0, 64))) continue;
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (nowMs - mtimeMs < youngMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
  }
  return removed;
}
