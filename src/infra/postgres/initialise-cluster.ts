import { spawn } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '#infra/data-folder/errors.ts';
import { processExists } from '#infra/data-folder/process-identity.ts';
import { syncFolder } from '#infra/data-folder/write-file.ts';
import type { PostgresBinaries } from './binaries.ts';
import { endWithUs } from './end-with-us.ts';
import { postgresError } from './errors.ts';
import type { Place } from './place.ts';
import { clusterOf, superuser } from './place.ts';
import type { ServerUser } from './server-user.ts';
import { asUser } from './server-user.ts';

// A new cluster takes 23 MB and 16 MB of log; the rest is room for migrations and the sample workspace.
const freeBytesNeeded = 200 * 1024 * 1024;

// Systems differ in what they call a UTF-8 locale. The sort order is PostgreSQL's own C.UTF-8 with every one of them.
const localeNames = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'UTF-8'];

interface Initialise {
  binaries: PostgresBinaries;
  place: Place;
  user: ServerUser | null;
  durable: boolean;
}

/** True when the folder holds a finished cluster; throws `postgres.damaged` when it holds something else. */
export function hasCluster(place: Place): boolean {
  const cluster = clusterOf(place);
  if (!existsSync(cluster)) return false;
  if (existsSync(join(cluster, 'PG_VERSION'))) return true;
  if (readdirSync(cluster).length === 0) return false;
  throw postgresError(
    'damaged',
    `${cluster} is not a PostgreSQL cluster: PG_VERSION is missing. Put it back from a copy, or move the folder away and restore a backup.`,
  );
}

/** Throws `postgres.wrong_version` unless the cluster was made by the same major version as the server. */
export function checkMajorVersion(place: Place, binaries: PostgresBinaries): void {
  const made = readFileSync(join(clusterOf(place), 'PG_VERSION'), 'utf8').trim();
  if (Number(made) === binaries.major) return;
  throw postgresError(
    'wrong_version',
    `The database in ${clusterOf(place)} was made by PostgreSQL ${made}; this Rapport brings ${binaries.version} and cannot open it. Start the Rapport that made it, run \`rapport backup create FILE\`, then \`rapport backup restore FILE\` with this one into an empty RAPPORT_DATA.`,
  );
}

/**
 * Makes the cluster under another name and renames it when it is whole and on disk, so that a start killed
 * in the middle leaves nothing that looks like a database. Takes 1 to 3 s.
 */
export async function initialiseCluster(options: Initialise): Promise<void> {
  const { place, user } = options;
  await removeAbandoned(place);
  await checkFreeSpace(place);
  const temporary = join(place.home, `init-${process.pid}-${Date.now()}`);
  const passwordFile = `${temporary}.password`;
  writeFileSync(passwordFile, place.password, { mode: 0o600, flag: 'wx' });
  try {
    if (user !== null) chownSync(passwordFile, user.uid, user.gid);
    await runInitdb(options, temporary, passwordFile);
    appendFileSync(join(temporary, 'postgresql.conf'), "\ninclude_if_exists = 'rapport.conf'\n");
    await rename(temporary, clusterOf(place));
    await syncFolder(place.home);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // A second start on the same folder was faster: its cluster has the same password.
    if (systemErrorCode(error) !== 'ENOTEMPTY' && systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function removeAbandoned(place: Place): Promise<void> {
  for (const name of readdirSync(place.home)) {
    const pid = /^init-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || processExists(Number(pid))) continue;
    // An initdb that outlived its parent may still write there; what it leaves goes next time.
    await rm(join(place.home, name), { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
  }
}

async function checkFreeSpace(place: Place): Promise<void> {
  const disk = await statfs(place.home);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes >= freeBytesNeeded) return;
  throw postgresError(
    'disk_full',
    `${place.home} has ${Math.floor(freeBytes / 1024 / 1024)} MB free; a new database needs 200 MB. Free some space, or name a folder on another disk in RAPPORT_DATA.`,
  );
}

async function runInitdb(options: Initialise, folder: string, passwordFile: string): Promise<void> {
  let output = '';
  for (const locale of localeNames) {
    const result = await runOnce(options, [
      `--pgdata=${folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      `--locale=${locale}`,
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--lc-messages=C',
      '--no-instructions',
      ...(options.durable ? [] : ['--no-sync']),
    ]);
    if (result.code === 0) return;
    output = result.output;
    if (!/invalid locale (name|settings)/.test(output)) break;
  }
  if (/No space left on device/.test(output)) {
    throw postgresError(
      'disk_full',
      `The disk of ${options.place.home} filled up while the database was made. Free some space and start again.`,
    );
  }
  throw postgresError(
    'init_failed',
    `PostgreSQL could not make a database in ${options.place.home}: ${output.trim().split('\n').slice(-5).join(' | ')}. Mend that and start again, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

function runOnce(options: Initialise, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.binaries.initdb, args, {
      cwd: options.place.home,
      env: { PATH: process.env.PATH ?? '', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...asUser(options.user),
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    const letGo = endWithUs(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', (code) => {
      letGo();
      resolve({ code, output });
    });
  });
}
