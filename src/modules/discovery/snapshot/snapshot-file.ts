import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { systemErrorCode } from '#infra/data-folder/errors.ts';
import { syncFolder } from '#infra/data-folder/write-file.ts';
import { joinTree, packTexts, type SavedValue, type Section, splitTree } from './saved-tree.ts';

// Layout, all numbers little-endian: head (magic, format), sections at multiples of 8, outline as JSON, foot (where the outline is, its
// length and CRC-32, magic). The foot is written last, so a file that ends anywhere else is told from a whole one.
const magic = Buffer.from('RPT-INDX');
export const snapshotFormat = 1;
const headBytes = 16;
const footBytes = 32;
/** Between two steps of so many bytes questions are answered. */
const stepBytes = 4 * 1024 * 1024;
const textsPerStep = 20_000;
const outlineBytesMax = 256 * 1024 * 1024;

const sectionSchema = z.object({ at: z.number(), bytes: z.number(), crc: z.number() });
const manifestSchema = z.object({
  about: z.unknown(),
  parts: z.array(z.object({ outline: z.unknown(), sections: z.array(sectionSchema) })),
});
type Placed = z.infer<typeof sectionSchema>;

/** What came of reading; `absent` is no fault. */
export type SnapshotOutcome =
  | { kind: 'read'; about: unknown }
  | { kind: 'absent' }
  | { kind: 'unusable'; reason: string };

/**
 * Writes values ("parts") beside the path and puts the file in place when it is whole and on disk: a reader sees the old one or the new one.
 * `about` says what is in it and is read without the rest. Gives way to other work of the thread between steps. Returns the bytes written.
 */
export async function writeSnapshot(path: string, about: SavedValue, parts: readonly SavedValue[]): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    const bytes = await writeAll(file, about, parts);
    await file.sync();
    await file.close();
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return bytes;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeAll(file: FileHandle, about: SavedValue, parts: readonly SavedValue[]): Promise<number> {
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head.writeUInt32LE(snapshotFormat, 8);
  await writeWhole(file, head, 0);
  let at = headBytes;
  const written: { outline: unknown; sections: Placed[] }[] = [];
  for (const part of parts) {
    const { outline, sections } = splitTree(part);
    const placed: Placed[] = [];
    for (const section of sections) {
      const { bytes, crc } = await writeSection(file, section, at);
      placed.push({ at, bytes, crc });
      at += Math.ceil(bytes / 8) * 8;
    }
    written.push({ outline, sections: placed });
  }
  const manifest = Buffer.from(JSON.stringify({ about, parts: written }));
  await writeWhole(file, manifest, at);
  const foot = Buffer.alloc(footBytes);
  foot.writeBigUInt64LE(BigInt(at), 0);
  foot.writeUInt32LE(manifest.length, 8);
  foot.writeUInt32LE(crc32(manifest), 12);
  foot.writeUInt32LE(snapshotFormat, 16);
  foot.writeUInt32LE(crc32(foot.subarray(0, 20)), 20);
  magic.copy(foot, 24);
  await writeWhole(file, foot, at + manifest.length);
  return at + manifest.length + footBytes;
}

async function writeSection(file: FileHandle, section: Section, at: number): Promise<{ bytes: number; crc: number }> {
  let crc = 0;
  let bytes = 0;
  for (const step of stepsOf(section)) {
    crc = crc32(step, crc);
    await writeWhole(file, step, at + bytes);
    bytes += step.byteLength;
    await nextTurn();
  }
  return { bytes, crc };
}

function* stepsOf(section: Section): Generator<Uint8Array> {
  if (section.kind === 'texts') {
    for (let from = 0; from < section.texts.length; from += textsPerStep)
      yield packTexts(section.texts, from, Math.min(section.texts.length, from + textsPerStep));
    return;
  }
  const { buffer, byteOffset, byteLength } = section.column;
  for (let from = 0; from < byteLength; from += stepBytes)
    yield new Uint8Array(buffer, byteOffset + from, Math.min(stepBytes, byteLength - from));
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, at + done);
    done += bytesWritten;
  }
}

/**
 * Reads a snapshot part by part, checking every byte before `take` gets it. `isWanted` sees what the file says of itself before the rest is
 * read and returns why it is not to be used, or null. A file that is absent, cut short, damaged or of another format is an outcome, never a
 * throw; what `take` got of it by then is to be forgotten.
 */
export async function readSnapshot(
  path: string,
  isWanted: (about: unknown) => string | null,
  take: (part: SavedValue, index: number) => void,
): Promise<SnapshotOutcome> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { kind: 'absent' };
    return { kind: 'unusable', reason: `it cannot be opened: ${String(error)}` };
  }
  try {
    return await readAll(file, isWanted, take);
  } catch (error) {
    if (error instanceof DamagedError) return { kind: 'unusable', reason: error.message };
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      return { kind: 'unusable', reason: 'its outline is damaged' };
    throw error;
  } finally {
    await file.close();
  }
}

class DamagedError extends Error {}

async function readAll(
  file: FileHandle,
  isWanted: (about: unknown) => string | null,
  take: (part: SavedValue, index: number) => void,
): Promise<SnapshotOutcome> {
  const { at: end, manifest } = await readManifest(file);
  const reason = isWanted(manifest.about);
  if (reason !== null) return { kind: 'unusable', reason };
  for (const [index, { outline, sections }] of manifest.parts.entries()) {
    const buffers: SharedArrayBuffer[] = [];
    for (const section of sections) {
      if (section.at + section.bytes > end) throw new DamagedError(`part ${index} lies outside of it`);
      const { buffer, crc } = await readChecked(file, section.at, section.bytes);
      if (crc !== section.crc) throw new DamagedError(`part ${index} has another checksum than was written`);
      buffers.push(buffer);
    }
    take(
      joinTree(outline, (at) => bufferAt(buffers, at)),
      index,
    );
  }
  return { kind: 'read', about: manifest.about };
}

async function readManifest(file: FileHandle): Promise<{ at: number; manifest: z.infer<typeof manifestSchema> }> {
  const { size } = await file.stat();
  if (size < headBytes + footBytes) throw new DamagedError('it is cut short');
  const foot = Buffer.from((await readChecked(file, size - footBytes, footBytes)).buffer);
  if (!foot.subarray(24).equals(magic)) throw new DamagedError('it is cut short or no snapshot');
  if (crc32(foot.subarray(0, 20)) !== foot.readUInt32LE(20)) throw new DamagedError('its end is damaged');
  const format = foot.readUInt32LE(16);
  if (format !== snapshotFormat)
    throw new DamagedError(`it has format ${format}, this version reads ${snapshotFormat}`);
  const at = Number(foot.readBigUInt64LE(0));
  const bytes = foot.readUInt32LE(8);
  if (bytes > outlineBytesMax || at + bytes + footBytes !== size) throw new DamagedError('its outline is damaged');
  const { buffer, crc } = await readChecked(file, at, bytes);
  if (crc !== foot.readUInt32LE(12)) throw new DamagedError('its outline is damaged');
  return { at, manifest: manifestSchema.parse(JSON.parse(Buffer.from(buffer).toString('utf8'))) };
}

function bufferAt(buffers: readonly SharedArrayBuffer[], index: number): SharedArrayBuffer {
  const buffer = buffers[index];
  if (buffer === undefined) throw new DamagedError('its outline is damaged');
  return buffer;
}

/** Into memory that other threads can be given, since large columns are. */
async function readChecked(
  file: FileHandle,
  at: number,
  bytes: number,
): Promise<{ buffer: SharedArrayBuffer; crc: number }> {
  const buffer = new SharedArrayBuffer(bytes);
  const target = new Uint8Array(buffer);
  let crc = 0;
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await file.read(target, done, Math.min(stepBytes, bytes - done), at + done);
    if (bytesRead === 0) throw new DamagedError('it is cut short');
    crc = crc32(target.subarray(done, done + bytesRead), crc);
    done += bytesRead;
  }
  return { buffer, crc };
}
