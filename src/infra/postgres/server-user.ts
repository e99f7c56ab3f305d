import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { postgresError } from './errors.ts';

/** The account PostgreSQL runs as, when it is not our own. It refuses to run as root. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** The spawn options that make a child run as that user; none when it is our own account. */
export function asUser(user: ServerUser | null): { uid: number; gid: number } | Record<never, never> {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

/**
 * The account for the server: null (our own) unless we are root; then the owner of an existing cluster,
 * else `postgres`, else `rapport` (created when the system lets us), else `nobody`.
 */
export function chooseServerUser(existingCluster: string | null): ServerUser | null {
  const uid = process.getuid?.();
  if (existingCluster !== null) {
    const owner = statSync(existingCluster);
    if (uid === 0 && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
    if (uid !== undefined && owner.uid !== uid) {
      throw postgresError(
        'wrong_owner',
        `The database in ${existingCluster} belongs to user ${owner.uid}, but this is user ${uid}. Start Rapport as that user or as root, or change the owner of the whole data folder (chown -R).`,
      );
    }
  }
  if (uid !== 0) return null;
  const user = findUser('postgres') ?? findUser('rapport') ?? createUser('rapport') ?? findUser('nobody');
  if (user === null) {
    throw postgresError(
      'no_user',
      'PostgreSQL refuses to run as root and this system has no account to run it as. Create one with `useradd --system rapport`, or start Rapport as an ordinary user.',
    );
  }
  return user;
}

function idOf(name: string, flag: '-u' | '-g'): number | null {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
  const id = Number(answer.stdout?.trim() || 'NaN');
  return answer.status === 0 && Number.isInteger(id) && id > 0 ? id : null;
}

function findUser(name: string): ServerUser | null {
  const uid = idOf(name, '-u');
  const gid = idOf(name, '-g');
  return uid === null || gid === null ? null : { name, uid, gid };
}

function createUser(name: string): ServerUser | null {
  // The first is Debian's and Red Hat's, the second Alpine's.
  const commands: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]],
  ];
  for (const [command, args] of commands) {
    if (spawnSync(command, args).status === 0) return findUser(name);
  }
  return null;
}

/** True when that user can enter the folder, which takes the x bit on every folder above it. */
export function canEnter(folder: string, user: ServerUser | null): boolean {
  return spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', ...asUser(user) }).status === 0;
}
