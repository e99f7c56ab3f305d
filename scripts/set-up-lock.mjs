import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pollMs = 500;
const waitMs = 30 * 60_000;

/** Lets one set-up at a time work on a checkout; another waits for it. A lock whose process was killed counts for nothing. */
export async function withSetUpLock(name, say, work) {
  const path = join(tmpdir(), `rapport-set-up-${createHash('sha256').update(name).digest('hex').slice(0, 16)}.lock`);
  await takeLock(path, say);
  const release = () => rmSync(path, { force: true });
  const interrupted = () => undefined;
  // Ctrl-C reaches npm as well; the work ends by itself then and the lock goes with it.
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  try {
    return await work();
  } finally {
    release();
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
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
    const holder = readHolder(path);
    if (holder !== null && !isAlive(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told)
      say(
        `Another set-up of this checkout is at work${holder === null ? '' : ` (process ${holder})`}; waiting for it.`,
      );
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(
    `Another set-up did not end within ${waitMs / 60_000} minutes. Stop it, remove ${path} and start again.`,
  );
}

/** Process id in the lock; null when it has just gone or is being written. */
function readHolder(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || null;
  } catch {
    return null;
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
