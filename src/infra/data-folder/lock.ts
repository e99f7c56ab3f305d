import { readFileSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dataFolderError, systemErrorCode } from './errors.ts';
import { processIdentity } from './process-identity.ts';
import { readServerFile } from './server-file.ts';
import { createFile } from './write-file.ts';

const holderSchema = z.object({ pid: z.int().positive(), identity: z.string() });
type Holder = z.infer<typeof holderSchema>;

// A stale lock is moved away and the lock tried again; more rounds mean that many copies start at the same moment.
const attempts = 20;

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process. Throws `data_folder.locked`, naming the other copy's process and address.
 * A lock whose process has ended, even by kill -9 and with its id used again, is taken over at once.
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const path = join(dataDir, 'rapport.lock');
  const own = `${JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) ?? `${process.pid}` })}\n`;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await createFile(path, own)) {
      return {
        release: async () => {
          if (readText(path) === own) await rm(path, { force: true });
        },
      };
    }
    const text = readText(path);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && processIdentity(holder.pid) === holder.identity) throw await lockedBy(dataDir, holder);
    await removeStale(path, text);
  }
  throw dataFolderError(
    'locked',
    `The lock ${path} changed hands ${attempts} times while this copy waited. See what starts Rapport again and again, then start it once.`,
  );
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    // Written whole or not at all, so this was damaged by somebody else and tells of no process.
    return null;
  }
}

/** Moves the lock aside before it goes: if another copy renewed it since we read it, it is put back. */
async function removeStale(path: string, staleText: string): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
    if (readText(aside) !== staleText) await link(aside, path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' && systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function lockedBy(dataDir: string, holder: Holder) {
  const server = await readServerFile(dataDir);
  const where =
    server !== null && server.pid === holder.pid ? ` at ${server.address}` : ' (still starting, or a command)';
  return dataFolderError(
    'locked',
    `Rapport already runs on the data folder ${dataDir}: process ${holder.pid}${where}. Use that one, stop it (kill ${holder.pid}), or start this copy with another folder in RAPPORT_DATA.`,
  );
}
