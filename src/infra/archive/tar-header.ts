/** A file in the archive, in the ustar format that every system can open. */
export interface TarEntry {
  path: string;
  bytes: number;
  /** Whole seconds since 1970. */
  modifiedAt: number;
}

export const blockBytes = 512;
const pathBytesMax = 100;
const octalMax = 0o77777777777;

/** How many zero bytes follow a file of that length, so that the next header begins at a whole block. */
export function paddingOf(bytes: number): number {
  return (blockBytes - (bytes % blockBytes)) % blockBytes;
}

/** The 512 bytes before a file. Sizes of 8 GiB and more are written in base 256, as GNU and BSD tar read them. */
export function encodeHeader(entry: TarEntry): Buffer {
  const header = Buffer.alloc(blockBytes);
  if (Buffer.byteLength(entry.path) > pathBytesMax) throw new Error(`Path too long for the archive: ${entry.path}`);
  header.write(entry.path, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  if (entry.bytes <= octalMax) header.write(`${octal(entry.bytes, 11)}\0`, 124);
  else {
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(entry.bytes), 128);
  }
  header.write(`${octal(entry.modifiedAt, 11)}\0`, 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

/** Reads a header that `encodeHeader` wrote; null when a single byte of it differs from what it would write. */
export function decodeHeader(header: Buffer): TarEntry | null {
  const end = header.indexOf(0);
  const path = header.toString('utf8', 0, Math.min(end === -1 ? pathBytesMax : end, pathBytesMax));
  const bytes =
    header[124] === 0x80
      ? Number(header.readBigUInt64BE(128))
      : Number.parseInt(header.toString('latin1', 124, 135), 8);
  const modifiedAt = Number.parseInt(header.toString('latin1', 136, 147), 8);
  if (path === '' || !Number.isSafeInteger(bytes) || bytes < 0 || !Number.isSafeInteger(modifiedAt)) return null;
  const entry = { path, bytes, modifiedAt };
  if (Buffer.byteLength(path) > pathBytesMax) return null;
  return encodeHeader(entry).equals(header) ? entry : null;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
