import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemErrorCode } from '#infra/data-folder/errors.ts';
import { createFile, replaceFile } from '#infra/data-folder/write-file.ts';
import { sharedPlace } from './binaries.ts';
import { postgresError } from './errors.ts';
import { pickPort } from './port.ts';
import type { ServerUser } from './server-user.ts';
import { canEnter } from './server-user.ts';

export const superuser = 'rapport_admin';

const placeSchema = z.object({
  /** Folder that holds the cluster and its log; below the data folder unless the server's account cannot get there. */
  home: z.string(),
  port: z.int().min(1).max(65535),
  password: z.string().min(20),
});

/** What the data folder remembers of its server, in postgres.json (0600). */
export type Place = z.infer<typeof placeSchema>;

export const clusterOf = (place: Place): string => join(place.home, 'cluster');
export const logFileOf = (place: Place): string => join(place.home, 'server.log');
export const adminUrlOf = (place: Place): string =>
  `postgres://${superuser}:${place.password}@127.0.0.1:${place.port}/postgres`;
const fileOf = (dataDir: string): string => join(dataDir, 'postgres.json');

/** Reads postgres.json; null when the data folder has no server yet. Throws `postgres.damaged` when it is unreadable. */
export async function findPlace(dataDir: string): Promise<Place | null> {
  let text: string;
  try {
    text = await readFile(fileOf(dataDir), 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    return placeSchema.parse(JSON.parse(text));
  } catch {
    throw postgresError(
      'damaged',
      `${fileOf(dataDir)} is damaged; it holds the database's password. Put it back from a copy of the data folder, or restore a backup into an empty one.`,
    );
  }
}

/** Superuser address of the data folder's own server, whether or not it runs; null when there is none yet. */
export async function findAdminUrl(dataDir: string): Promise<string | null> {
  const place = await findPlace(dataDir);
  return place === null ? null : adminUrlOf(place);
}

/** Decides once where the cluster is to lie, and remembers it. Of two starts at once both get the same answer. */
export async function choosePlace(
  dataDir: string,
  user: ServerUser | null,
  onMoved: (to: string) => void,
): Promise<Place> {
  const inside = join(realpathSync(dataDir), 'postgres');
  if (user !== null) openOwnFolder(dataDir);
  const reachable = user === null || canEnter(dataDir, user);
  const home = reachable ? inside : join(sharedPlace, createHash('sha256').update(inside).digest('hex').slice(0, 16));
  if (existsSync(join(home, 'cluster'))) {
    // A second start at the same moment may have made both since we looked.
    const made = await findPlace(dataDir);
    if (made !== null) return made;
    throw postgresError(
      'damaged',
      `${join(home, 'cluster')} holds a database, but ${fileOf(dataDir)} with its password is missing. Put that file back from a copy of the data folder, or move the database away to begin with an empty one.`,
    );
  }
  if (!reachable) onMoved(home);
  const place = { home, port: await pickPort(), password: randomBytes(24).toString('base64url') };
  await createFile(fileOf(dataDir), `${JSON.stringify(place, null, 2)}\n`);
  return (await findPlace(dataDir)) ?? place;
}

/** Remembers another port, after the one kept was taken by somebody else. */
export async function savePort(dataDir: string, place: Place, port: number): Promise<Place> {
  const moved = { ...place, port };
  await replaceFile(fileOf(dataDir), `${JSON.stringify(moved, null, 2)}\n`);
  return moved;
}

/** Makes the folder around the cluster, owned by the server's account and closed to others. */
export function makeHome(place: Place, user: ServerUser | null): void {
  if (place.home.startsWith(sharedPlace)) {
    mkdirSync(sharedPlace, { recursive: true, mode: 0o755 });
    chmodSync(sharedPlace, 0o755);
  }
  mkdirSync(place.home, { recursive: true, mode: 0o700 });
  if (user !== null) chownSync(place.home, user.uid, user.gid);
}

/** Removes a throw-away cluster that lies outside of its data folder, where the caller would not find it. */
export function removeOutside(place: Place, dataDir: string): void {
  if (place.home.startsWith(sharedPlace) && !dataDir.startsWith(sharedPlace)) {
    rmSync(place.home, { recursive: true, force: true });
  }
}

const ownNames = /^(postgres|postgres\.json|secrets\.json|server\.json|rapport\.lock)(\..*)?$/;

/**
 * Lets the server's account pass through (not list) a data folder that is new or holds only our own files.
 * A folder with anything else in it, such as a home folder, is left as it is.
 */
function openOwnFolder(dataDir: string): void {
  const mode = statSync(dataDir).mode & 0o777;
  if ((mode & 0o001) !== 0 || !readdirSync(dataDir).every((name) => ownNames.test(name))) return;
  chmodSync(dataDir, mode | 0o011);
}
