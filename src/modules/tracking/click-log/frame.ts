import { crc32 } from 'node:zlib';

/** Each record: length of the payload, its CRC-32, the payload in UTF-8; numbers are little-endian. */
export const headBytes = 8;
export const payloadBytesMax = 64 * 1024;

/** Writes framed payloads one behind the other. */
export function frame(payloads: readonly string[]): Buffer {
  let size = 0;
  for (const payload of payloads) size += headBytes + Buffer.byteLength(payload);
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  for (const payload of payloads) {
    const bytes = buffer.write(payload, at + headBytes);
    buffer.writeUInt32LE(bytes, at);
    buffer.writeUInt32LE(crc32(buffer.subarray(at + headBytes, at + headBytes + bytes)), at + 4);
    at += headBytes + bytes;
  }
  return buffer;
}

export interface Unframed {
  payloads: string[];
  /** Bytes read: the place where the first record that is not whole begins. */
  bytes: number;
  /** True when a record there is cut off or damaged, false when the bytes simply end. */
  isTorn: boolean;
}

/** Reads whole records from the start of the bytes, at most `recordsMax`. */
export function unframe(bytes: Buffer, recordsMax: number): Unframed {
  const payloads: string[] = [];
  let at = 0;
  while (payloads.length < recordsMax && at + headBytes <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + headBytes + length;
    if (length === 0 || length > payloadBytesMax) return { payloads, bytes: at, isTorn: true };
    if (end > bytes.length) break;
    const payload = bytes.subarray(at + headBytes, end);
    if (crc32(payload) !== bytes.readUInt32LE(at + 4)) return { payloads, bytes: at, isTorn: true };
    payloads.push(payload.toString('utf8'));
    at = end;
  }
  return { payloads, bytes: at, isTorn: payloads.length < recordsMax && at < bytes.length };
}
