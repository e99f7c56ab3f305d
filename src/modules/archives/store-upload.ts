import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#kernel/errors.ts';
import { archivesError } from './errors.ts';

/** Of one upload; more is moved by a backup of the installation. */
const archiveBytesMax = 200e9;

/** Streams an upload to the disk; it has its name when it is whole. Returns its length. Errors: empty, too_large, damaged; nothing is left then. */
export async function storeUpload(body: ReadableStream<Uint8Array> | null, path: string): Promise<number> {
  if (body === null) throw archivesError('empty', 'No file came with the request. Send its content as the body.');
  const partial = `${path}.partial`;
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes <= archiveBytesMax) done(null, chunk);
      else
        done(
          archivesError(
            'too_large',
            `The file is larger than ${archiveBytesMax / 1e9} GB. Move the installation by a backup.`,
          ),
        );
    },
  });
  try {
    const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(source, counted, createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof AppError) throw error;
    const what = error instanceof Error ? error.message : 'connection lost';
    throw archivesError('damaged', `The upload ended before the file was whole (${what}). Upload it again.`);
  }
  if (bytes === 0) throw archivesError('empty', 'The file is empty. Choose an archive of a workspace.');
  return bytes;
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
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return plain === '' ? 'archive' : plain.slice(0, 200);
}
