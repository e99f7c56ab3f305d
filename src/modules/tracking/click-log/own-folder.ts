import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from '#infra/data-folder/process-identity.ts';

const ownerSchema = z.object({ pid: z.int().positive(), identity: z.string() });
const segmentName = /^\d{8}\.log$/;

/** Makes a folder for the segments of this process, marked as its own before anybody can see it. Returns its name. */
export function makeOwnFolder(root: string, nowMs: number): string {
  const name = `${nowMs.toString(36)}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const hidden = join(root, `.${name}`);
  mkdirSync(hidden, { recursive: true, mode: 0o700 });
  const owner = { pid: process.pid, identity: processIdentity(process.pid) ?? `${process.pid}` };
  writeFileSync(join(hidden, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });
  renameSync(hidden, join(root, name));
  return name;
}

/** Folders whose process has ended, oldest first; their segments wait for somebody to drain them. */
export function listOrphanFolders(root: string, ownName: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== ownName)
    .map((entry) => entry.name)
    .filter((name) => !isOwned(join(root, name)))
    .sort();
}

/** Numbers of the segments in a folder, in the order they were written. */
export function listSegments(dir: string): number[] {
  return readdirSync(dir)
    .filter((name) => segmentName.test(name))
    .map((name) => Number(name.slice(0, 8)))
    .sort((a, b) => a - b);
}

export function removeFolder(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
}

function isOwned(dir: string): boolean {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(join(dir, 'owner.json'), 'utf8')));
    return processIdentity(owner.pid) === owner.identity;
  } catch {
    return false;
  }
}
