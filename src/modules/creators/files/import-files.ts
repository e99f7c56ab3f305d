import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { creatorsError } from '../errors.ts';
import { badFile, fileBytesMax } from './file-error.ts';

/** Where the uploaded files of imports lie, one a run, until the run is done. */
export function importFilePath(dataDir: string, importId: string): string {
  return join(dataDir, 'imports', importId);
}

export interface StoredFile {
  bytes: number;
  hash: Buffer;
}

/** Streams an upload to the data folder. Errors: bad_file when it is empty or beyond the bound; nothing is left then. */
export async function storeUpload(body: ReadableStream<Uint8Array> | null, path: string): Promise<StoredFile> {
  if (body === null) throw badFile('No file came with the request. Send its content as the body.');
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > fileBytesMax) done(badFile(`The file is larger than ${fileBytesMax / 1e9} GB. Split it.`));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]),
      counted,
      createWriteStream(path, { mode: 0o600 }),
    );
  } catch (error) {
    await rm(path, { force: true });
    if ((error as { kind?: string }).kind === 'invalid') throw error;
    throw badFile(
      `The upload ended before the file was whole (${error instanceof Error ? error.message : 'connection lost'}). Upload it again.`,
    );
  }
  if (bytes === 0) {
    await rm(path, { force: true });
    throw badFile('The file is empty. Choose a file with a header line and at least one row.');
  }
  return { bytes, hash: hash.digest() };
}

/** Throws creators.file_gone when the file of a run was cleaned away. */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw creatorsError('file_gone', 'The uploaded file is not kept any more. Upload it again.');
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Removes the files in a folder of uploads whose runs do not need them any more. */
export async function cleanFiles(folder: string, needed: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (needed.has(name)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    // An upload that is still coming in has no run yet.
    if (Date.now() - mtimeMs > 24 * 3_600_000) await removeFile(path);
  }
}

/** The name an uploaded file came with, without its folder. */
export function fileNameOf(request: Request): string {
  const header = request.headers.get('rapport-file-name') ?? '';
  let name = header;
  try {
    name = decodeURIComponent(header);
  } catch {
    // Sent as it is by other programs.
  }
  const clean = basename(name.replaceAll('\\', '/'))
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 200);
  return clean === '' ? 'upload' : clean;
}
