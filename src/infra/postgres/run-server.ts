import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.ts';
import { endWithUs } from './end-with-us.ts';
import { postgresError } from './errors.ts';
import type { Place } from './place.ts';
import { clusterOf, logFileOf } from './place.ts';
import { readPostmasterFile, servesCluster } from './postmaster.ts';
import type { ServerUser } from './server-user.ts';
import { asUser } from './server-user.ts';
import { settingsText } from './settings.ts';

const pollMs = 10;
// Replaying the log after a crash may take minutes; a start without one takes a fifth of a second.
const startTimeoutMs = 10 * 60_000;
const progressAfterMs = 3_000;
const logRotateBytes = 16 * 1024 * 1024;
const stopTimeoutSeconds = 60;

export interface Server {
  binaries: PostgresBinaries;
  place: Place;
  user: ServerUser | null;
  durable: boolean;
  onProgress: (message: string) => void;
}

/** `port_taken`, `occupied` (the lock file or its memory is still held) may pass when tried again; `failed` does not. */
export type StartOutcome =
  | { kind: 'ready'; port: number }
  | { kind: 'port_taken' | 'occupied' | 'failed'; log: string };

/** True when a server of this cluster runs already, after a kill -9 of ours. One that is just stopping is waited for. */
export async function findRunning(server: Server): Promise<{ pid: number; port: number } | null> {
  const cluster = clusterOf(server.place);
  const untilMs = Date.now() + startTimeoutMs;
  while (Date.now() < untilMs) {
    const found = readPostmasterFile(cluster);
    if (found === null) return null;
    if (!servesCluster(found.pid, cluster)) {
      removeForeignLock(found.pid, cluster);
      return null;
    }
    if (found.state === 'ready' && found.port > 0) return { pid: found.pid, port: found.port };
    await sleep(pollMs);
  }
  throw timedOut(server);
}

/**
 * PostgreSQL takes over the lock file of a dead process by itself, checking that no child of it is left. It refuses
 * only when the id belongs to another program of the same account by now; then the file is known to be stale.
 */
function removeForeignLock(pid: number, cluster: string): void {
  try {
    process.kill(pid, 0);
  } catch {
    return;
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Starts the server in a session of its own, so that a Ctrl-C at our terminal does not reach it before we are done. */
export async function startServer(server: Server): Promise<StartOutcome> {
  const { binaries, place, user } = server;
  const cluster = clusterOf(place);
  writeSettings(server);
  const logFd = openLog(server);
  const logFrom = fstatSync(logFd).size;
  let exited = false;
  let letGo: () => void = () => undefined;
  try {
    const child = spawn(binaries.postgres, ['-D', cluster, '-p', `${place.port}`], {
      cwd: place.home,
      env: { PATH: process.env.PATH ?? '', TZ: 'UTC' },
      stdio: ['ignore', logFd, logFd],
      detached: true,
      windowsHide: true,
      ...asUser(user),
    });
    const onEnd = () => {
      exited = true;
    };
    child.once('error', onEnd).once('exit', onEnd).unref();
    letGo = endWithUs(() => child.kill('SIGINT'));
    const began = Date.now();
    let told = false;
    while (Date.now() - began < startTimeoutMs) {
      await sleep(pollMs);
      if (exited) return classify(readLog(place, logFrom));
      const file = readPostmasterFile(cluster);
      if (file?.pid === child.pid && file?.state === 'ready') return { kind: 'ready', port: file.port };
      if (!told && Date.now() - began > progressAfterMs) {
        told = true;
        server.onProgress('The database was not stopped cleanly; it is reading its log. This may take a few minutes.');
      }
    }
    throw timedOut(server);
  } finally {
    letGo();
    closeSync(logFd);
  }
}

/** Asks the server to stop and does not wait: all that can be done while this process exits. */
export function interruptServer(server: Server): void {
  const cluster = clusterOf(server.place);
  const pid = readPostmasterFile(cluster)?.pid;
  if (pid !== undefined && servesCluster(pid, cluster)) process.kill(pid, 'SIGINT');
}

/** Ends all sessions, writes a checkpoint and waits until the server is gone (at most a minute). */
export async function stopServer(server: Server): Promise<void> {
  const { place } = server;
  const cluster = clusterOf(place);
  const pid = readPostmasterFile(cluster)?.pid;
  if (pid === undefined || !servesCluster(pid, cluster)) return;
  const output = await runPgCtl(server, [
    'stop',
    '-D',
    cluster,
    '-m',
    'fast',
    '-w',
    '-t',
    `${stopTimeoutSeconds}`,
    '-s',
  ]);
  if (output === null || !servesCluster(pid, cluster)) return;
  throw postgresError(
    'stop_failed',
    `PostgreSQL (process ${pid}) did not stop within ${stopTimeoutSeconds} s: ${output}. Its log is ${logFileOf(place)}; the next start adopts it.`,
  );
}

/** What pg_ctl said when it failed, null when it did not. */
function runPgCtl(server: Server, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(server.binaries.pgCtl, args, {
      cwd: server.place.home,
      // The same Ctrl-C must not interrupt the stopping either.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
      ...asUser(server.user),
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? null : output.trim()));
  });
}

function writeSettings(server: Server): void {
  const path = join(clusterOf(server.place), 'rapport.conf');
  writeFileSync(path, settingsText(server.durable), { mode: 0o600 });
  if (server.user !== null) chownSync(path, server.user.uid, server.user.gid);
}

function openLog(server: Server): number {
  const path = logFileOf(server.place);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logRotateBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function readLog(place: Place, fromByte: number): string {
  return readFileSync(logFileOf(place)).subarray(fromByte).toString('utf8').trim();
}

function classify(log: string): StartOutcome {
  if (/Address already in use|could not create any TCP\/IP sockets/.test(log)) return { kind: 'port_taken', log };
  if (/lock file .* already exists|pre-existing shared memory block/.test(log)) return { kind: 'occupied', log };
  return { kind: 'failed', log };
}

function timedOut(server: Server) {
  return postgresError(
    'start_failed',
    `PostgreSQL in ${clusterOf(server.place)} was not ready after ${startTimeoutMs / 60_000} minutes. Its log is ${logFileOf(server.place)}.`,
  );
}
