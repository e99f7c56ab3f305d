import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { removeDataFolder } from '#tests/support/server-process.ts';
import { type SavedLoad, savedLoadSchema } from '#tests/support/shop-load.ts';

/**
 * A long run of faults in parts that may be done on different days: the installation it is done to, and how far it came, lie beside each other until the
 * last part has passed. A run belongs to the sources it began with; with others it begins anew.
 */
const prefix = 'rapport-faults-';
const root = fileURLToPath(new URL('../../', import.meta.url));
const minutesMax = Number(process.env.RAPPORT_FAULTS_MINUTES ?? Number.POSITIVE_INFINITY);
const startedMs = Date.now();

const progressSchema = z.object({ kills: z.int().nonnegative(), load: savedLoadSchema });
type Progress = z.infer<typeof progressSchema>;

export interface LongRun {
  dataDir: string;
  /** Null before the first part. */
  progress(): Progress | null;
  save(kills: number, load: SavedLoad): void;
  /** Removes all of it: after the last part, or after one that failed. */
  end(): Promise<void>;
}

/** True when the minutes of RAPPORT_FAULTS_MINUTES are up: what is left is for the next run. */
export const isTimeUp = (): boolean => Date.now() - startedMs > minutesMax * 60_000;

export function openLongRun(name: string): LongRun {
  const home = join(tmpdir(), `${prefix}${hashOfSources()}`, name);
  const dataDir = join(home, 'data');
  const file = join(home, 'progress.json');
  mkdirSync(dataDir, { recursive: true });
  return {
    dataDir,
    progress: () => (existsSync(file) ? progressSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null),
    save: (kills, load) => {
      writeFileSync(`${file}.new`, JSON.stringify({ kills, load }));
      renameSync(`${file}.new`, file);
    },
    end: async () => {
      await removeDataFolder(dataDir);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Removes runs of other sources, which nobody will go on with. */
export async function removeOldRuns(): Promise<void> {
  const own = `${prefix}${hashOfSources()}`;
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix) && one !== own)) {
    const folder = join(tmpdir(), name);
    for (const run of readdirSync(folder)) await removeDataFolder(join(folder, run, 'data'));
    rmSync(folder, { recursive: true, force: true });
  }
}

let hash: string | undefined;

function hashOfSources(): string {
  if (hash !== undefined) return hash;
  const sum = createHash('sha256');
  for (const folder of ['src', 'db'])
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(root, folder, name);
      if (/\.test\.tsx?$/.test(name) || !statSync(path).isFile()) continue;
      sum.update(name).update(readFileSync(path));
    }
  hash = sum.digest('hex').slice(0, 16);
  return hash;
}
