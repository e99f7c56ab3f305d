import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '#kernel/errors.ts';
import { explainFileFault } from './errors.ts';
import { lockFolder } from './lock.ts';
import type { Secrets } from './secrets.ts';
import { loadSecrets } from './secrets.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';

export interface DataFolder {
  /** Absolute. */
  path: string;
  secrets: Secrets;
  /** What commands of this machine show to this process; new at every start. */
  token: string;
  /** Tells commands where this process serves (server.json); call it when ready. */
  announce(address: string): Promise<{ token: string }>;
  /** Removes server.json and gives the folder free. Call it last, after the database has stopped. */
  close(): Promise<void>;
}

/**
 * Opens the data folder for this process alone: creates it, checks that it can be written, locks it and loads the
 * install's secrets. Throws `data_folder.not_writable`, `.not_a_folder`, `.disk_full`, `.damaged`, or `.locked`
 * naming the copy that runs.
 */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const path = resolve(dataDir);
  try {
    // As root, PostgreSQL runs as another account that must pass through; each file in it is 0600.
    await mkdir(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await checkWritable(path);
    const lock = await lockFolder(path);
    try {
      return dataFolder(path, await loadSecrets(path), lock.release);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw explainFileFault(error, path) ?? error;
  }
}

function dataFolder(path: string, secrets: Secrets, release: () => Promise<void>): DataFolder {
  const token = randomBytes(32).toString('base64url');
  return {
    path,
    secrets,
    token,
    announce: async (address) => {
      await writeServerFile(path, { address, token });
      return { token };
    },
    close: async () => {
      await removeServerFile(path);
      await release();
    },
  };
}

async function checkWritable(path: string): Promise<void> {
  const probe = join(path, `rapport.lock.probe-${process.pid}`);
  await writeFile(probe, 'written to see whether this folder can be written\n', { mode: 0o600 });
  await rm(probe, { force: true });
}
