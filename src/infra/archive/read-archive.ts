import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { AppError } from '#kernel/errors.ts';
import { systemErrorCode } from '../data-folder/errors.ts';
import { blockBytes, decodeHeader, paddingOf } from './tar-header.ts';
import { sumsPath } from './write-archive.ts';

export interface Archive {
  /** Paths in the order they were written. */
  paths: readonly string[];
  has(path: string): boolean;
  read(path: string): Readable;
  text(path: string): Promise<string>;
}

interface Member {
  path: string;
  at: number;
  bytes: number;
}

/** What an archive is for: told by its first member, so that one kind is never taken for another. */
export interface ArchiveKind {
  firstPath: string;
  /** `what` ends the sentence about the file, such as `it ends early, after 5 bytes`. */
  faults: {
    missing(file: string, what: string): AppError;
    other(file: string, what: string): AppError;
    damaged(file: string, what: string): AppError;
  };
}

/**
 * Opens an archive after every byte of it was found to be as it was written: headers, padding, length and the hash of
 * each member. Errors: those of the kind; nothing is written anywhere.
 */
export async function openArchive(file: string, kind: ArchiveKind): Promise<Archive> {
  const { damaged } = kind.faults;
  const members = await listMembers(file, kind);
  const byPath = new Map(members.map((member) => [member.path, member]));
  if (byPath.size !== members.length) throw damaged(file, 'a name stands in it twice');
  const read = (path: string) => {
    const member = byPath.get(path);
    if (member === undefined) throw damaged(file, `${path} is missing in it`);
    if (member.bytes === 0) return Readable.from([]);
    return createReadStream(file, { start: member.at, end: member.at + member.bytes - 1 });
  };
  const archive: Archive = {
    paths: members.map((member) => member.path),
    has: (path) => byPath.has(path),
    read,
    text: async (path) => Buffer.concat(await read(path).toArray()).toString('utf8'),
  };
  await checkSums(archive, file, kind);
  return archive;
}

async function listMembers(path: string, kind: ArchiveKind): Promise<Member[]> {
  const file = await open(path, 'r').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw kind.faults.missing(path, systemErrorCode(error) === 'ENOENT' ? 'there is no such file' : why);
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw kind.faults.other(path, 'is not a file');
    return await walk(file, path, { kind, size: found.size });
  } finally {
    await file.close();
  }
}

async function walk(file: FileHandle, path: string, of: { kind: ArchiveKind; size: number }): Promise<Member[]> {
  const { kind, size } = of;
  const { damaged } = kind.faults;
  const members: Member[] = [];
  let at = 0;
  for (;;) {
    const block = await bytesAt(file, at, blockBytes);
    if (members.length === 0 && !startsLike(block, kind.firstPath)) throw kind.faults.other(path, '');
    if (block.length < blockBytes) throw damaged(path, `it ends early, after ${size} bytes`);
    if (isZero(block)) break;
    const header = decodeHeader(block);
    if (header === null) throw damaged(path, `there is no whole header at byte ${at}`);
    const end = at + blockBytes + header.bytes;
    const padding = paddingOf(header.bytes);
    if (end + padding > size) throw damaged(path, `it ends early, within ${header.path}`);
    if (!isZero(await bytesAt(file, end, padding))) throw damaged(path, `bytes behind ${header.path} were changed`);
    members.push({ path: header.path, at: at + blockBytes, bytes: header.bytes });
    at = end + padding;
  }
  const tail = await bytesAt(file, at, 2 * blockBytes + 1);
  if (tail.length !== 2 * blockBytes || !isZero(tail)) throw damaged(path, 'it does not end where it should');
  return members;
}

function startsLike(block: Buffer, firstPath: string): boolean {
  return block.toString('latin1', 0, firstPath.length + 1) === `${firstPath}\0`;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function checkSums(archive: Archive, file: string, kind: ArchiveKind): Promise<void> {
  const { damaged } = kind.faults;
  const hashed = archive.paths.slice(0, -1);
  if (archive.paths.at(-1) !== sumsPath) throw damaged(file, `its last member is not ${sumsPath}`);
  const told = (await archive.text(sumsPath)).split('\n');
  if (told.length !== hashed.length + 1 || told.at(-1) !== '')
    throw damaged(file, `${sumsPath} does not name each member`);
  for (const [index, path] of hashed.entries()) {
    if (told[index] !== `${await hashOf(archive.read(path))}  ${path}`) {
      throw damaged(file, `${path} is not what it was when the file was made`);
    }
  }
}

async function hashOf(content: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
