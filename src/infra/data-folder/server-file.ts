import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from './errors.ts';
import { processIdentity } from './process-identity.ts';
import { replaceFile } from './write-file.ts';

const serverFileSchema = z.object({
  /** Where the server answers, such as http://127.0.0.1:4600. */
  address: z.string(),
  pid: z.int().positive(),
  /** Lets commands of the same system account in; whoever reads this file may do all. */
  token: z.string(),
  identity: z.string(),
});

export type ServerFile = z.infer<typeof serverFileSchema>;

const pathOf = (dataDir: string): string => join(dataDir, 'server.json');

/** Tells commands where this process serves; to be written when it is ready. Mode 0600. */
export async function writeServerFile(dataDir: string, server: { address: string; token: string }): Promise<void> {
  const identity = processIdentity(process.pid) ?? `${process.pid}`;
  await replaceFile(pathOf(dataDir), `${JSON.stringify({ ...server, pid: process.pid, identity }, null, 2)}\n`);
}

/** The running server of this data folder; null when there is none, also when it was killed and left the file. */
export async function readServerFile(dataDir: string): Promise<ServerFile | null> {
  try {
    const server = serverFileSchema.parse(JSON.parse(await readFile(pathOf(dataDir), 'utf8')));
    return processIdentity(server.pid) === server.identity ? server : null;
  } catch (error) {
    if (systemErrorCode(error) === 'EACCES') throw error;
    return null;
  }
}

/** Removes the file when it is this process's own. */
export async function removeServerFile(dataDir: string): Promise<void> {
  const server = await readServerFile(dataDir);
  if (server?.pid === process.pid) await rm(pathOf(dataDir), { force: true });
}
