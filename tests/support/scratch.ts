import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const inMemory = '/dev/shm';
const roomMinBytes = 6 * 1024 ** 3;
const prefix = 'rapport-tests-';

/**
 * One folder for all that a run writes (clusters, data folders, downloads), which goes with it. It lies in memory where there is plenty: a test
 * kills processes, it never cuts the power, so that what is asked of the disk is the same and none of the waiting is.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const isRoomy = await hasRoom(inMemory);
  if (isRoomy) await removeLeftOvers();
  const folder = await mkdtemp(join(isRoomy ? inMemory : tmpdir(), `${prefix}${process.pid}-`));
  // The account that PostgreSQL runs as passes through.
  await chmod(folder, 0o711);
  process.env.TMPDIR = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function hasRoom(path: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize > roomMinBytes && freemem() > roomMinBytes;
  } catch {
    return false;
  }
}

/** What runs that were killed could not remove: memory, until the machine starts anew. */
async function removeLeftOvers(): Promise<void> {
  for (const name of await readdir(inMemory)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? 0);
    if (pid === 0 || isAlive(pid)) continue;
    // A server of that run that is still about to end writes in it: it is left to the next run.
    await rm(join(inMemory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
