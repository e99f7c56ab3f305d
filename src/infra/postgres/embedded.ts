import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { explainFileFault } from '#infra/data-folder/errors.ts';
import { AppError } from '#kernel/errors.ts';
import { findBinaries } from './binaries.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { endWithUs } from './end-with-us.ts';
import { postgresError } from './errors.ts';
import { checkMajorVersion, hasCluster, initialiseCluster } from './initialise-cluster.ts';
import type { Place } from './place.ts';
import {
  adminUrlOf,
  choosePlace,
  clusterOf,
  findPlace,
  logFileOf,
  makeHome,
  removeOutside,
  savePort,
} from './place.ts';
import { isPortFree, pickPort } from './port.ts';
import type { Server } from './run-server.ts';
import { findRunning, interruptServer, startServer, stopServer } from './run-server.ts';
import { chooseServerUser } from './server-user.ts';
import { watchServer } from './watch-server.ts';

const startAttempts = 10;
const occupiedWaitMs = 300;

export interface EmbeddedPostgresOptions {
  /** Absolute path; created when missing. One server per data folder. */
  dataDir: string;
  log: EmbeddedLog;
  /** One line for a person who waits, such as "Creating the database". */
  onProgress?: (message: string) => void;
  /** False for tests only: no fsync, smaller buffers, no restart, and a cluster placed outside of dataDir goes with stop(). */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  /** postgres://rapport_admin:...@127.0.0.1:PORT/postgres, a superuser: for roles and databases, not for requests. */
  adminUrl: string;
  /** Such as "18.4". */
  version: string;
  /** True when a server left over from a killed process was found running and taken over. */
  adopted: boolean;
  /** Ends all sessions and waits until the server is gone. Harmless when called twice. */
  stop(): Promise<void>;
}

/**
 * Makes sure that the PostgreSQL of this data folder runs, creating it the first time (about 2 s) and adopting one
 * that a killed process left behind; one that dies later is started again. It runs in a session of its own: a Ctrl-C
 * does not reach it, `stop()` does.
 * Throws AppErrors (`postgres.*`, `data_folder.*`) whose message says what to do. Safe for many folders at once.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const { server, adopted } = await bringUp(options);
    const adminUrl = adminUrlOf(server.place);
    let stopping: Promise<void> | null = null;
    const endWatch = server.durable ? watchServer(server, options.log) : null;
    const stopAll = async () => {
      await endWatch?.();
      await stopServer(server);
      if (!server.durable) removeOutside(server.place, options.dataDir);
    };
    const stop = () => {
      stopping ??= stopAll();
      return stopping;
    };
    const letGo = endWithUs(() => interruptServer(server));
    try {
      await checkServer(adminUrl, server.place);
    } catch (error) {
      await stop();
      throw error;
    } finally {
      letGo();
    }
    return { adminUrl, version: server.binaries.version, adopted, stop };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw explainFileFault(error, options.dataDir) ?? error;
  }
}

async function bringUp(options: EmbeddedPostgresOptions): Promise<{ server: Server; adopted: boolean }> {
  const { dataDir, log, onProgress = () => undefined, durable = true } = options;
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const onMoved = (what: string) => (to: string) =>
    log.warn(`The account that PostgreSQL runs as cannot reach ${what}, so it is placed in ${to}.`);

  const known = await findPlace(dataDir);
  const cluster = known === null ? null : clusterOf(known);
  const user = chooseServerUser(cluster !== null && existsSync(cluster) ? cluster : null);
  const binaries = findBinaries(user, onMoved('the server program in node_modules'));
  const place = known ?? (await choosePlace(dataDir, user, onMoved(`the data folder ${dataDir}`)));
  const server = { binaries, place, user, durable, onProgress };

  makeHome(place, user);
  if (!hasCluster(place)) {
    onProgress('Creating the database (only the first time)');
    await initialiseCluster(server);
  }
  checkMajorVersion(place, binaries);
  return runUntilReady(server, options);
}

async function runUntilReady(
  first: Server,
  options: EmbeddedPostgresOptions,
): Promise<{ server: Server; adopted: boolean }> {
  let server = first;
  let lastLog = '';
  for (let attempt = 0; attempt < startAttempts; attempt += 1) {
    const running = await findRunning(server);
    if (running !== null) {
      options.log.info(`Adopted the PostgreSQL that was still running (process ${running.pid}, port ${running.port}).`);
      return { server: withPort(server, await remember(options.dataDir, server.place, running.port)), adopted: true };
    }
    if (!(await isPortFree(server.place.port))) {
      server = withPort(server, await savePort(options.dataDir, server.place, await pickPort()));
    }
    const outcome = await startServer(server);
    if (outcome.kind === 'ready') {
      options.log.info(`PostgreSQL ${server.binaries.version} runs on 127.0.0.1:${outcome.port}.`);
      return { server, adopted: false };
    }
    lastLog = outcome.log;
    if (outcome.kind === 'failed') break;
    if (outcome.kind === 'occupied') await sleep(occupiedWaitMs);
  }
  throw explainFailedStart(server, lastLog);
}

function withPort(server: Server, place: Place): Server {
  return { ...server, place };
}

async function remember(dataDir: string, place: Place, port: number): Promise<Place> {
  return place.port === port ? place : savePort(dataDir, place, port);
}

function explainFailedStart(server: Server, log: string): AppError {
  if (/No space left on device/.test(log)) {
    return postgresError(
      'disk_full',
      `PostgreSQL could not start: the disk of ${server.place.home} is full. Free some space and start again; nothing was lost.`,
    );
  }
  const tail = log.split('\n').slice(-4).join(' | ') || 'it left without a word';
  return postgresError(
    'start_failed',
    `PostgreSQL could not start: ${tail}. The whole log is ${logFileOf(server.place)}; \`rapport doctor\` names common causes.`,
  );
}

async function checkServer(adminUrl: string, place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string; encoding: string }>(
      'select datname, pg_encoding_to_char(encoding) as encoding from pg_database order by datname',
    );
    const other = rows.find((row) => row.encoding !== 'UTF8');
    if (other === undefined) return;
    throw postgresError(
      'wrong_encoding',
      `The database "${other.datname}" in ${clusterOf(place)} is encoded in ${other.encoding}, but Rapport needs UTF8. Restore a backup into an empty RAPPORT_DATA.`,
    );
  } finally {
    await client.end();
  }
}
