import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { type Archive, openArchive } from '#infra/archive/read-archive.ts';
import { replaceFile } from '#infra/data-folder/write-file.ts';
import { migrate, migrationsDir, readMigrations } from '#infra/db/migrate.ts';
import { readAppliedMigrations, readTables } from '#infra/db/read-tables.ts';
import { installKeyOf, prepareRoles } from '#infra/db/roles.ts';
import { quoteName, withAdmin } from './connect.ts';
import { listClickSegments, listImportFiles } from './data-files.ts';
import { backupArchive, backupError } from './errors.ts';
import { analyzeTables, loadTables } from './load-tables.ts';
import { fingerprintOf, type Manifest, parseJson, readManifest, secretsPath } from './manifest.ts';
import { dataPathsOf, placeFiles, removePlaced } from './place-files.ts';

/** A backup of which every byte was checked, with the secret that its data depend on. */
export interface CheckedBackup {
  file: string;
  archive: Archive;
  manifest: Manifest;
  secret: string;
  /** Migrations of this version that the backup has not seen. */
  laterMigrations: string[];
}

export interface RestoredBackup {
  file: string;
  /** When the snapshot was taken, ISO 8601. */
  createdAt: string;
  tables: number;
  rows: number;
  /** Migrations applied after the data were in, because the backup is of an older version. */
  migrated: string[];
  tookMs: number;
}

/**
 * Reads the whole backup and writes nothing. `environmentSecret` is RAPPORT_SECRET, null when it is not set.
 * Errors: backup.file_missing, .not_a_backup, .damaged, .newer, .no_secret, .other_secret.
 */
export async function checkBackup(file: string, environmentSecret: string | null): Promise<CheckedBackup> {
  const archive = await openArchive(file, backupArchive);
  const manifest = await readManifest(archive, file);
  const shipped = Object.keys(await readMigrations());
  const unknown = manifest.migrations.filter((name) => !shipped.includes(name));
  if (unknown.length > 0) {
    throw backupError(
      'newer',
      `${file} was made by a newer Rapport (${manifest.rapportVersion}): it has the migrations ${unknown.join(', ')}, which this version does not know. Restore it with that version or a newer one.`,
    );
  }
  const secret = await chooseSecret({ archive, manifest, file }, environmentSecret);
  const laterMigrations = shipped.filter((name) => !manifest.migrations.includes(name));
  return { file, archive, manifest, secret, laterMigrations };
}

async function chooseSecret(
  { archive, manifest, file }: Pick<CheckedBackup, 'archive' | 'manifest' | 'file'>,
  environmentSecret: string | null,
): Promise<string> {
  let secret = environmentSecret;
  if (secret === null) {
    if (manifest.secret.keptIn === 'environment') {
      throw backupError(
        'no_secret',
        `${file} comes from an installation whose secret stands in RAPPORT_SECRET. Set it to the same value and restore again.`,
      );
    }
    const secrets = z
      .object({ installSecret: z.string().min(32) })
      .safeParse(parseJson(await archive.text(secretsPath)));
    secret = secrets.success ? secrets.data.installSecret : '';
  }
  if (fingerprintOf(secret) === manifest.secret.fingerprint) return secret;
  throw backupError(
    'other_secret',
    environmentSecret === null
      ? `${file} holds another secret than its data were made with. Nothing was written.`
      : `RAPPORT_SECRET is not the secret that the data of ${file} were made with: nobody's key or session would work. ${manifest.secret.keptIn === 'environment' ? 'Set it to the value of that installation.' : 'Unset it; the backup brings its own.'}`,
  );
}

export interface RestoreTarget {
  /** Held by this process. */
  dataDir: string;
  adminUrl: string;
  environmentSecret: string | null;
}

/**
 * Writes a checked backup into an installation without data, which holds either all of it afterwards or none.
 * Errors: backup.not_empty, .missing_right, .unreachable, .other_columns, .load_failed, db.*.
 */
export async function restoreBackup(
  backup: CheckedBackup,
  target: RestoreTarget,
): Promise<Omit<RestoredBackup, 'tookMs'>> {
  const { archive, manifest, secret, laterMigrations } = backup;
  const { adminUrl, dataDir } = target;
  await withAdmin(adminUrl, (client) => requireEmpty(client, backup, dataDir));
  // First of all: the roles' passwords and whatever is hashed or sealed depend on it.
  if (target.environmentSecret === null) {
    await replaceFile(join(dataDir, 'secrets.json'), `${JSON.stringify({ installSecret: secret }, null, 2)}\n`);
  }
  await prepareRoles({ adminUrl, installKey: installKeyOf(adminUrl), secret });
  await migrateAsInBackup(adminUrl, manifest);
  try {
    await placeFiles(archive, dataDir);
    // The commit of the tables is the last step: until then the installation is empty and can be restored again.
    const rows = await withAdmin(adminUrl, (client) => loadTables(client, archive, manifest));
    const migrated = laterMigrations.length === 0 ? [] : await migrate(adminUrl);
    await withAdmin(adminUrl, (client) => analyzeTables(client, manifest));
    return { file: backup.file, createdAt: manifest.createdAt, tables: manifest.tables.length, rows, migrated };
  } catch (error) {
    const isEmpty = await withAdmin(adminUrl, hasNoRows).catch(() => false);
    if (isEmpty) await removePlaced(archive, dataDir);
    throw error;
  }
}

async function requireEmpty(client: pg.Client, backup: CheckedBackup, dataDir: string): Promise<void> {
  const filled = await filledTables(client);
  if (filled.length > 0) {
    throw notEmpty(
      `its database has rows in ${filled.slice(0, 5).join(', ')}${filled.length > 5 ? ' and others' : ''}`,
    );
  }
  const { rows: sessions } = await client.query(
    "select 1 from pg_stat_activity where datname = current_database() and usename ~ '^rapport_(app|system)_' limit 1",
  );
  if (sessions.length > 0) throw notEmpty('a server is connected to its database');
  const own = new Set(dataPathsOf(backup.archive));
  const present = [...(await listClickSegments(dataDir)), ...(await listImportFiles(dataDir))];
  // A restore that was killed may have put its own files there already.
  const strange = present.filter((path) => !own.has(path) && !own.has(path.replace(/\.partial$/, '')));
  if (strange.length > 0) throw notEmpty(`its data folder holds ${strange[0]}`);
  const applied = (await readAppliedMigrations(client)) ?? [];
  const later = applied.filter((name) => !backup.manifest.migrations.includes(name));
  if (later.length > 0) {
    throw notEmpty(`its database has the tables of later migrations than the backup (${later.join(', ')})`);
  }
}

function notEmpty(what: string) {
  return backupError(
    'not_empty',
    `A backup is restored only into an installation without data, but ${what}. Nothing was written. Name a new folder in RAPPORT_DATA, or an empty database in DATABASE_URL.`,
  );
}

async function filledTables(client: pg.Client): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of await readTables(client)) {
    const { rows } = await client.query(`select 1 from public.${quoteName(name)} limit 1`);
    if (rows.length > 0) filled.push(name);
  }
  return filled;
}

async function hasNoRows(client: pg.Client): Promise<boolean> {
  return (await filledTables(client)).length === 0;
}

/** Makes the tables as they were when the backup was made; later migrations run on the data, as at any update. */
async function migrateAsInBackup(adminUrl: string, manifest: Manifest): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'rapport-restore-'));
  try {
    for (const name of manifest.migrations)
      await copyFile(join(migrationsDir, `${name}.sql`), join(dir, `${name}.sql`));
    await migrate(adminUrl, dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
