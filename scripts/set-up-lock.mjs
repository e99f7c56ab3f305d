import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pollMs = 500;
const waitMs = 30 * 60_000;

/**
 * Lets one set-up at a time work on a checkout; another waits for it. `work` gets a function that names a child process:
 * the lock holds as long as either lives, so that an npm that outlives a killed set-up is waited for.
 */
export async function withSetUpLock(name, say, work) {
  const path = join(tmpdir(), `rapport-set-up-${createHash('sha256').update(name).digest('hex').slice(0, 16)}.lock`);
  await takeLock(path, say);
  try {
    return await work((childPid) => writeFileSync(path, `${process.pid} ${childPid}`));
  } finally {
    rmSync(path, { force: true });
  }
}

async function takeLock(path, say) {
  const untilMs = Date.now() + waitMs;
  let told = false;
  while (Date.now() < untilMs) {
    try {
      writeFileSync(path, `${process.pid}`, { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holders = readHolders(path);
    if (holders.length > 0 && !holders.some(isAlive)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told)
      say(
        `Another set-up of this checkout is at work${holders.length === 0 ? '' : ` (process ${holders.join(', ')})`}; waiting for it.`,
      );
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(
    `Another set-up did not end within ${waitMs / 60_000} minutes. Stop it, remove ${path} and start again.`,
  );
}

/** Process ids in the lock; none when it has just gone or is being written. */
function readHolders(path) {
  try {
    return readFileSync(path, 'utf8')
      .split(' ')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
