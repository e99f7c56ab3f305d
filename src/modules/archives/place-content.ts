import type { Archive } from '#infra/archive/read-archive.ts';
import type { Tx } from '#infra/db/database.ts';
import { keepContent } from '#infra/files/content-store.ts';
import { storePicture } from '#modules/creators/index.ts';
import { archivesError } from './errors.ts';
import { namedContent } from './queries/arrive.ts';
import type { Watch } from './write-part.ts';
import { filePath, mediaPath } from './write-workspace.ts';

const pictureBytesMax = 50_000_000;

/**
 * Puts the content that the new rows name where they are read from, on disk before the rows are committed. What a run that fails leaves behind is
 * named by no row, and goes with the nightly collection. Error: damaged when content is missing or is not what its name says.
 */
export async function placeContent(
  tx: Tx,
  of: { dataDir: string; archive: Archive; workspaceId: string; missing: ReadonlySet<string>; watch: Watch },
): Promise<number> {
  const named = await namedContent(tx, of.workspaceId);
  let placed = 0;
  for (const hash of named.files) {
    if (!requireContent(of, hash, filePath(hash))) continue;
    await keepContent(of.dataDir, of.archive.read(filePath(hash)), {
      bytesMax: Number.MAX_SAFE_INTEGER,
      check: async (content) => requireSame(content.hash, hash),
    });
    placed += 1;
    of.watch.onRows(0);
  }
  for (const hash of named.media) {
    if (!requireContent(of, hash, mediaPath(hash))) continue;
    requireSame(await storePicture(of.dataDir, await readPicture(of.archive, mediaPath(hash))), hash);
    placed += 1;
    of.watch.onRows(0);
  }
  return placed;
}

function requireContent(of: { archive: Archive; missing: ReadonlySet<string> }, hash: string, path: string): boolean {
  if (of.archive.has(path)) return true;
  if (of.missing.has(hash)) return false;
  throw archivesError(
    'damaged',
    `The archive is damaged: a row names the file ${hash.slice(0, 12)}…, which is not in it. Nothing was written.`,
  );
}

function requireSame(found: string, hash: string): void {
  if (found === hash) return;
  throw archivesError(
    'damaged',
    `The archive is damaged: the file ${hash.slice(0, 12)}… has other content than its name says. Nothing was written.`,
  );
}

async function readPicture(archive: Archive, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of archive.read(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > pictureBytesMax)
      throw archivesError(
        'damaged',
        `The archive is damaged: ${path} is larger than any picture. Nothing was written.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
