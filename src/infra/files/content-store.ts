import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { explainFileFault } from '../data-folder/errors.ts';
import { syncFolder } from '../data-folder/write-file.ts';

const youngMs = 24 * 3_600_000;
const contentName = /^[0-9a-f]{64}$/;

/** Where content of that hash lies: one file for the whole installation, however many workspaces name it. */
export function contentPath(dataDir: string, hash: string): string {
  return join(dataDir, 'files', hash.slice(0, 2), hash);
}

export interface KeptContent {
  hash: string;
  bytes: number;
  /** The first bytes, by which the format is told. */
  head: Buffer;
}

/** Thrown when more bytes come than were allowed; what was written is gone. */
export class TooLarge extends Error {}

const headBytes = 4100;

/**
 * Writes a stream to the disk under the hash of its content, synced before it has its name. `check` sees the file while it has a temporary
 * name and throws to refuse it. Errors: TooLarge above `bytesMax`, data-folder faults explained.
 */
export async function keepContent(
  dataDir: string,
  chunks: AsyncIterable<Uint8Array>,
  how: { bytesMax: number; check(content: KeptContent & { path: string }): Promise<void> },
): Promise<KeptContent> {
  const folder = join(dataDir, 'files', 'coming');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${process.pid}-${randomBytes(9).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    const content = await writeChunks(file, chunks, how.bytesMax);
    await file.sync();
    await file.close();
    await how.check({ ...content, path });
    const target = contentPath(dataDir, content.hash);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(path, target);
    await syncFolder(dirname(target));
    return content;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw explainFileFault(error, dataDir) ?? error;
  }
}

async function writeChunks(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<KeptContent> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new TooLarge();
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
    hash.update(chunk);
    await file.write(chunk);
  }
  return { hash: hash.digest('hex'), bytes, head };
}

/** Content from `start` to `end`, both included; all of it without them. */
export function readContent(dataDir: string, hash: string, range?: { start: number; end: number }): Readable {
  return createReadStream(contentPath(dataDir, hash), range);
}

/** Removes content nobody names; young files stay, since their row may not be committed yet. Returns how many. */
export async function removeUnnamed(
  dataDir: string,
  isNamed: (hash: string) => boolean,
  nowMs: number,
): Promise<number> {
  let removed = 0;
  const root = join(dataDir, 'files');
  for (const folder of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, folder)).catch(() => [])) {
      if (folder !== 'coming' && contentName.test(name) && isNamed(name)) continue;
      const path = join(root, folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (nowMs - mtimeMs < youngMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
  }
  return removed;
}
