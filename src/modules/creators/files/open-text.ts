import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { analyse } from 'chardet';
import { badFile, inflatedBytesMax } from './file-error.ts';

const headBytes = 256 * 1024;
const chunkBytes = 256 * 1024;

/** How many bytes of the file were taken so far, for a progress bar. */
export interface ReadProgress {
  bytesRead(): number;
}

export interface FileHead {
  /** First bytes of the content, unpacked. */
  bytes: Buffer;
  isGzip: boolean;
  isWhole: boolean;
}

/** The beginning of a file, unpacked when it is gzip. Errors: bad_file when it is empty or the gzip is broken. */
export async function readHead(path: string): Promise<FileHead> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw badFile('The file is empty. Choose a file with a header line and at least one row.');
    const magic = Buffer.alloc(2);
    await handle.read(magic, 0, 2, 0);
    const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
    const parts: Buffer[] = [];
    let bytes = 0;
    let isWhole = true;
    for await (const chunk of openBytes(path, isGzip)) {
      parts.push(chunk);
      bytes += chunk.length;
      if (bytes >= headBytes) {
        isWhole = false;
        break;
      }
    }
    if (bytes === 0) throw badFile('The file is empty inside its gzip wrapping.');
    return { bytes: Buffer.concat(parts), isGzip, isWhole };
  } finally {
    await handle.close();
  }
}

/** The content of a file as bytes, unpacked when it is gzip, with a bound on what comes out. Error: bad_file for a damaged gzip. */
export async function* openBytes(path: string, isGzip: boolean, progress?: ReadProgress): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: chunkBytes });
  if (progress !== undefined) progress.bytesRead = () => raw.bytesRead;
  const content: Readable = isGzip ? pipeline(raw, createGunzip({ chunkSize: chunkBytes }), () => undefined) : raw;
  let bytes = 0;
  try {
    for await (const chunk of content) {
      bytes += (chunk as Buffer).length;
      if (bytes > inflatedBytesMax)
        throw badFile(`The file unpacks to more than ${inflatedBytesMax / 1e9} GB. Split it.`);
      yield chunk as Buffer;
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_') !== true) throw error;
    throw badFile('The gzip wrapping is damaged: the file ends early or was changed. Upload it again.');
  }
}

/** The name of the encoding by byte order mark, by being valid UTF-8, or by the letters' statistics. Error: bad_file for binary content. */
export function detectEncoding(head: FileHead): string {
  const { bytes } = head;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const nulsAt = [0, 0];
  let controls = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) nulsAt[at & 1] = (nulsAt[at & 1] ?? 0) + 1;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls += 1;
  }
  const [even = 0, odd = 0] = nulsAt;
  const half = bytes.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be';
  if (even + odd > 0)
    throw badFile(
      'The file holds NUL bytes, so it is not a text file (a picture, a program or a damaged file?). Save it as CSV, XLSX or JSON.',
    );
  if (controls > bytes.length * 0.02)
    throw badFile('The file is not text (a picture, a PDF or a program?). Save it as CSV, XLSX or JSON.');
  if (isUtf8(bytes)) return 'utf-8';
  const guesses = analyse(bytes).map((guess) => guess.name.toLowerCase());
  const best = guesses.find((name) => name !== 'utf-8' && canDecode(name));
  // Of single-byte encodings of western Europe, Windows-1252 holds all of ISO-8859-1.
  return best === undefined || best.startsWith('iso-8859-1') || best === 'iso-8859-15' || best === 'iso-8859-2'
    ? 'windows-1252'
    : best;
}

function canDecode(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

function isUtf8(bytes: Buffer): boolean {
  try {
    // Stream mode: a letter cut off at the end of the head is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

export function decodeHead(head: FileHead, encoding: string): string {
  return new TextDecoder(encoding).decode(head.bytes, { stream: !head.isWhole });
}

/** The content of a file as text in pieces, without a byte order mark. */
export async function* openText(
  path: string,
  how: { isGzip: boolean; encoding: string },
  progress?: ReadProgress,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(how.encoding);
  for await (const chunk of openBytes(path, how.isGzip, progress)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
