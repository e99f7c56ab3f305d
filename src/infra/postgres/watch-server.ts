import type { EmbeddedLog } from './embedded-log.ts';
import { clusterOf } from './place.ts';
import { readPostmasterFile, servesCluster } from './postmaster.ts';
import type { Server } from './run-server.ts';
import { startServer } from './run-server.ts';

const lookEveryMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Starts the server again when it dies under us (out of memory, a stray kill), on the same port, so that connections
 * made after it find it. Tries again after 1, 2, 4 ... 60 s. The function returned ends the watch.
 */
export function watchServer(server: Server, log: EmbeddedLog): () => Promise<void> {
  let ended = false;
  let pauseMs = lookEveryMs;
  let restart: Promise<void> | null = null;
  let timer = setTimeout(look, lookEveryMs);
  timer.unref();

  function look(): void {
    if (ended) return;
    const pid = readPostmasterFile(clusterOf(server.place))?.pid;
    if (pid !== undefined && servesCluster(pid, clusterOf(server.place))) {
      pauseMs = lookEveryMs;
      lookAgain(lookEveryMs);
      return;
    }
    log.warn('PostgreSQL ended unexpectedly; starting it again.');
    restart = bringBack().finally(() => {
      restart = null;
      lookAgain(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  }

  function lookAgain(afterMs: number): void {
    if (ended) return;
    timer = setTimeout(look, afterMs);
    timer.unref();
  }

  async function bringBack(): Promise<void> {
    try {
      const outcome = await startServer(server);
      if (outcome.kind === 'ready') log.warn('PostgreSQL runs again.');
      else log.warn(`PostgreSQL did not start again: ${outcome.log.split('\n').at(-1)}`);
    } catch (error) {
      log.warn(`PostgreSQL did not start again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return async () => {
    ended = true;
    clearTimeout(timer);
    await restart;
  };
}
