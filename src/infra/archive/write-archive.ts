import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { blockBytes, encodeHeader, paddingOf } from './tar-header.ts';

export const sumsPath = 'SHA256SUMS';

export interface ArchiveWriter {
  /** Adds a file from a stream whose length need not be known; memory stays at the stream's buffers. */
  add(path: string, content: Readable): Promise<{ bytes: number }>;
  addText(path: string, text: string): Promise<void>;
  /** Writes the list of hashes and the end mark, and waits until the disk has all. Returns the length of the archive. */
  finish(): Promise<number>;
}

/** Writes a tar archive into an open, empty file. The hash of every member stands in its last one, SHA256SUMS. */
export function createArchiveWriter(file: FileHandle, modifiedAt: number): ArchiveWriter {
  let end = 0;
  const sums: string[] = [];

  const add = async (path: string, content: Readable) => {
    const start = end + blockBytes;
    const hash = createHash('sha256');
    let at = start;
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        hash.update(chunk);
        writeAll(file, chunk, at).then(() => {
          at += chunk.length;
          done();
        }, done);
      },
    });
    await pipeline(content, sink);
    const bytes = at - start;
    // The header comes last: only now the length is known.
    await writeAll(file, encodeHeader({ path, bytes, modifiedAt }), end);
    await writeAll(file, Buffer.alloc(paddingOf(bytes)), at);
    end = at + paddingOf(bytes);
    sums.push(`${hash.digest('hex')}  ${path}\n`);
    return { bytes };
  };
  const addText = async (path: string, text: string) => void (await add(path, Readable.from([Buffer.from(text)])));

  return {
    add,
    addText,
    finish: async () => {
      await addText(sumsPath, sums.join(''));
      await writeAll(file, Buffer.alloc(2 * blockBytes), end);
      await file.sync();
      return end + 2 * blockBytes;
    },
  };
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
