import { open } from 'node:fs/promises';
import { headBytes, payloadBytesMax, type Unframed, unframe } from './frame.ts';

const chunkBytes = 4 * 1024 * 1024 + headBytes + payloadBytesMax;

/**
 * Reads whole records from a segment. `untilBytes` is where the safely written part ends, null for a segment nobody
 * writes any more. Throws ENOENT when the segment was drained away already.
 */
export async function readSegment(
  path: string,
  fromBytes: number,
  limits: { untilBytes: number | null; recordsMax: number },
): Promise<Unframed & { isEnd: boolean }> {
  const file = await open(path, 'r');
  try {
    const end = limits.untilBytes ?? (await file.stat()).size;
    const wanted = Math.min(chunkBytes, Math.max(0, end - fromBytes));
    const buffer = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await file.read(buffer, filled, wanted - filled, fromBytes + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const read = unframe(buffer.subarray(0, filled), limits.recordsMax);
    const isEnd = fromBytes + filled >= end;
    // Within the file the last record of a chunk is merely cut by the chunk.
    return { ...read, isTorn: read.isTorn && (isEnd || read.bytes + headBytes + payloadBytesMax < filled), isEnd };
  } finally {
    await file.close();
  }
}
