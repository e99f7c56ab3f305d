import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openArchive } from '#infra/archive/read-archive.ts';
import { migrate, migrationsDir } from '#infra/db/migrate.ts';
import { installKeyOf, prepareRoles } from '#infra/db/roles.ts';
import { testSecret } from '#tests/support/constants.ts';
import { withAdmin } from './connect.ts';
import { type CreatedBackup, createBackup } from './create-backup.ts';
import { backupArchive } from './errors.ts';
import { loadTables } from './load-tables.ts';
import { readManifest } from './manifest.ts';
import { checkBackup, restoreBackup } from './restore-backup.ts';

let dir: string;
/** An installation with awkward rows, and its backup; tests only read both. */
let source: Installation;
let backup: CreatedBackup;
const picture = `media/ab/${'ab'.repeat(32)}.webp`;
const databases: string[] = [];
const roles: string[] = [];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-backup-'));
  source = await newInstallation('all');
  await fill(source);
  mkdirSync(join(source.dataDir, 'imports'));
  writeFileSync(join(source.dataDir, 'imports', 'imp_1'), 'handle,followers\n');
  mkdirSync(join(source.dataDir, 'media', 'ab'), { recursive: true });
  writeFileSync(join(source.dataDir, picture), 'a picture');
  writeFileSync(join(source.dataDir, 'media', 'ab', 'half.new'), 'not whole');
  backup = await backUp(source, 'shared.tar');
});
afterAll(async () => {
  for (const name of databases) await ask(inject('adminUrl'), `drop database if exists ${name} with (force)`);
  for (const name of roles) await ask(inject('adminUrl'), `drop role if exists ${name}`);
  rmSync(dir, { recursive: true, force: true });
});

async function ask(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** An empty database, or a migrated one; with the folder of its installation. */
async function newInstallation(migrations: 'none' | 'all' | ((name: string) => boolean)) {
  const name = `backup_${randomBytes(6).toString('hex')}`;
  // As in tests/support/database.ts: copying needs the template free of sessions.
  const copy = migrations === 'all' ? ' template rapport_template' : '';
  await ask(inject('adminUrl'), 'select pg_advisory_lock(727002)', `create database ${name}${copy}`);
  databases.push(name);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  const adminUrl = url.toString();
  const key = installKeyOf(adminUrl);
  roles.push(`rapport_app_${key}`, `rapport_system_${key}`);
  const dataDir = join(dir, name);
  mkdirSync(dataDir);
  if (typeof migrations === 'function') {
    await prepareRoles({ adminUrl, installKey: key, secret: testSecret });
    const some = mkdtempSync(join(dir, 'migrations-'));
    for (const file of readdirSync(migrationsDir)) {
      if (migrations(file)) copyFileSync(join(migrationsDir, file), join(some, file));
    }
    await migrate(adminUrl, some);
  }
  return { adminUrl, dataDir, environmentSecret: null };
}

type Installation = Awaited<ReturnType<typeof newInstallation>>;

const installSecret = { secret: testSecret, keptIn: 'data_folder' } as const;
const backUp = (from: Installation, name: string, more: { force?: boolean } = {}) =>
  createBackup({ ...from, installSecret, file: join(dir, name), force: more.force ?? false });
const manifestOf = async (path: string) => readManifest(await openArchive(path, backupArchive), path);

const awkward = [
  ['plain', 'plain'],
  ['quotes', 'say "no", then \\. and \\N\r\n\tend'],
  ['nothing', ''],
  ['letters', 'ÉÖЖ 漢字 😀 \u2028'],
] as const;

async function fill({ adminUrl }: Installation): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  for (const [slug, text] of awkward) {
    await client.query('insert into workspace (id, slug, name, settings) values ($1, $2, $3, $4)', [
      `wsp_${slug}`,
      slug,
      text === '' ? ' ' : text,
      JSON.stringify({ text, nothing: null, list: [1.5, 1e300] }),
    ]);
    await client.query(
      `insert into api_key (workspace_id, id, name, prefix, secret_hash, scopes, created_by, created_at)
       values ($1, 'key', 'K', $2, $3, $4, '', '2026-02-28T23:59:59.123456+05:30')`,
      [`wsp_${slug}`, slug, Buffer.from([0, 255, 10, 92]), ['all', text]],
    );
  }
  await client.query(
    "insert into click (workspace_id, day, click_id, link_id, clicked_at, counted) values ('wsp_plain', '2026-05-03', 'c', 'l', now(), true)",
  );
  await client.query("select ensure_click_month('2026-05-01')");
  await client.end();
}

test('values of every awkward kind come back as they were, rows of partitions in their partitions', async () => {
  expect(backup.rows).toBe(9);
  const target = await newInstallation('none');
  const restored = await restoreBackup(await checkBackup(backup.file, null), target);
  expect(restored).toMatchObject({ tables: backup.tables, rows: 9, migrated: [] });
  const again = await backUp(target, 'awkward-again.tar');
  expect((await manifestOf(again.file)).tables).toEqual((await manifestOf(backup.file)).tables);
  const rows = await ask(target.adminUrl, 'select click_id from click_2026_05');
  expect(rows).toEqual([{ click_id: 'c' }]);
  expect(JSON.parse(readFileSync(join(target.dataDir, 'secrets.json'), 'utf8'))).toEqual({ installSecret: testSecret });
});

test('a backup carries all that the schema can hold: there are no sequences, which COPY would not bring along', async () => {
  const rows = await ask(source.adminUrl, "select sequencename from pg_sequences where schemaname = 'public'");
  expect(rows).toEqual([]);
});

test('a backup of an older version is restored and brought up to this one', async () => {
  const later = '0010_password-resets';
  const older = await newInstallation((file) => file !== `${later}.sql`);
  await fill(older);
  const { file } = await backUp(older, 'older.tar');
  const target = await newInstallation('none');
  const restored = await restoreBackup(await checkBackup(file, null), target);
  expect(restored).toMatchObject({ rows: 9, migrated: [later] });
  const rows = await ask(target.adminUrl, 'select count(*)::int as resets from password_reset');
  expect(rows).toEqual([{ resets: 0 }]);
});

test('a backup of a newer version is refused by the migration it has', async () => {
  const newer = await newInstallation('all');
  await ask(newer.adminUrl, "insert into schema_migration (name, timestamp) values ('9999_from-the-future', '2099')");
  const { file } = await backUp(newer, 'newer.tar');
  await expect(checkBackup(file, null)).rejects.toThrow(/newer Rapport .*9999_from-the-future/);
});

test('an installation with data is refused and left as it is; so is one whose folder holds clicks', async () => {
  const { file } = backup;
  await expect(restoreBackup(await checkBackup(file, null), source)).rejects.toThrow(
    /rows in click, workspace, api_key/,
  );
  expect(existsSync(join(source.dataDir, 'secrets.json'))).toBe(false);

  const target = await newInstallation('none');
  mkdirSync(join(target.dataDir, 'clicks', 'other'), { recursive: true });
  writeFileSync(join(target.dataDir, 'clicks', 'other', '00000001.log'), 'a click');
  await expect(restoreBackup(await checkBackup(file, null), target)).rejects.toMatchObject({
    code: 'backup.not_empty',
  });
  const rows = await ask(target.adminUrl, "select count(*)::int as tables from pg_tables where schemaname = 'public'");
  expect(rows).toEqual([{ tables: 0 }]);
});

test('a restore that fails leaves no rows, and the next one succeeds', async () => {
  const { file } = backup;
  const target = await newInstallation('all');
  // Stands for a disk that fills up or a row that a constraint refuses: the last table cannot be written.
  const last = (await manifestOf(file)).tables.at(-1)?.name;
  await ask(
    target.adminUrl,
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
    create trigger refuse before insert on ${last} for each statement execute function refuse()`,
  );
  await expect(restoreBackup(await checkBackup(file, null), target)).rejects.toThrow(
    `${last} could not be written: no room`,
  );
  const rows = await ask(target.adminUrl, 'select count(*)::int as workspaces from workspace');
  expect(rows).toEqual([{ workspaces: 0 }]);
  expect(existsSync(join(target.dataDir, 'imports', 'imp_1'))).toBe(false);

  await ask(target.adminUrl, `drop trigger refuse on ${last}; drop function refuse()`);
  // What a restore killed before its commit leaves behind does not stand in the way.
  mkdirSync(join(target.dataDir, 'imports'), { recursive: true });
  writeFileSync(join(target.dataDir, 'imports', 'imp_1'), 'hand');
  expect(await restoreBackup(await checkBackup(file, null), target)).toMatchObject({ rows: 9 });
  expect(readFileSync(join(target.dataDir, 'imports', 'imp_1'), 'utf8')).toBe('handle,followers\n');
  expect(readFileSync(join(target.dataDir, picture), 'utf8')).toBe('a picture');
  expect(readdirSync(join(target.dataDir, 'media', 'ab'))).toHaveLength(1);
});

test('an existing file is kept, unless replacing it was asked for', async () => {
  const file = join(dir, 'kept.tar');
  writeFileSync(file, 'mine');
  await expect(backUp(source, 'kept.tar')).rejects.toMatchObject({ code: 'backup.file_exists' });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  await backUp(source, 'kept.tar', { force: true });
  expect((await manifestOf(file)).format).toBe('rapport-backup');
  expect(readdirSync(dir).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('a database user without sight of all rows is refused with the right to give', async () => {
  const role = `limited_${randomBytes(4).toString('hex')}`;
  roles.push(role);
  await ask(inject('adminUrl'), `create role ${role} login password 'long enough'; grant rapport_owner to ${role}`);
  const url = new URL(source.adminUrl);
  url.username = role;
  url.password = 'long enough';
  const limited = { ...source, adminUrl: url.toString() };
  await expect(backUp(limited, 'limited.tar')).rejects.toThrow(`alter role "${role}" bypassrls`);
  expect(existsSync(join(dir, 'limited.tar'))).toBe(false);
  await ask(inject('adminUrl'), `alter role ${role} bypassrls`);
  expect(await backUp(limited, 'limited.tar')).toMatchObject({ rows: 9 });
});

test('a secret kept in the environment stays out of the file and must be the same for the restore', async () => {
  const file = join(dir, 'environment.tar');
  const secret = 'a secret that several machines share, told to each';
  await createBackup({ ...source, installSecret: { secret, keptIn: 'environment' }, file, force: false });
  expect(readFileSync(file).includes(secret)).toBe(false);
  await expect(checkBackup(file, null)).rejects.toMatchObject({ code: 'backup.no_secret' });
  await expect(checkBackup(file, `${secret}.`)).rejects.toMatchObject({ code: 'backup.other_secret' });
  expect((await checkBackup(file, secret)).secret).toBe(secret);
});

test('a folder that is not there, and a database without Rapport, are told', async () => {
  await expect(backUp(source, 'none/a.tar')).rejects.toMatchObject({ code: 'backup.cannot_write' });
  const empty = await newInstallation('none');
  await expect(backUp(empty, 'empty.tar')).rejects.toMatchObject({ code: 'backup.no_data' });
  expect(existsSync(join(dir, 'empty.tar'))).toBe(false);
});

/** Lets the run come as far as the table `link`, then ends its connection as a stopping server would. */
async function cutOff(adminUrl: string, run: () => Promise<unknown>): Promise<unknown> {
  const holder = new pg.Client({ connectionString: adminUrl });
  await holder.connect();
  await holder.query('begin; lock table link in access exclusive mode');
  const outcome = run().catch((error: unknown) => error);
  const cut =
    "select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database() and application_name = 'rapport-backup' and wait_event_type = 'Lock'";
  try {
    await vi.waitFor(async () => expect(await ask(adminUrl, cut)).toEqual([{ cut: true }]), { timeout: 20_000 });
  } finally {
    await holder.end();
  }
  return outcome;
}

test('a connection that breaks in the middle ends a backup with an error and no file', async () => {
  const outcome = await cutOff(source.adminUrl, () => backUp(source, 'broken.tar'));
  expect(outcome).toMatchObject({ code: 'backup.unreachable' });
  expect(readdirSync(dir).filter((name) => name.startsWith('broken.tar'))).toEqual([]);
});

test('a connection that breaks in the middle of a restore leaves no rows', async () => {
  const target = await newInstallation('all');
  const outcome = await cutOff(target.adminUrl, async () =>
    // The look for rows would wait for the lock as well, hence only the writing part.
    withAdmin(target.adminUrl, async (client) => {
      const { archive, manifest } = await checkBackup(backup.file, null);
      return loadTables(client, archive, manifest);
    }),
  );
  expect(outcome).toMatchObject({ code: 'backup.load_failed' });
  expect(await ask(target.adminUrl, 'select count(*)::int as workspaces from workspace')).toEqual([{ workspaces: 0 }]);
});
