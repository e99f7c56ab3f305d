import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { testInstallKey, testSecret } from '#tests/support/constants.ts';
import { migrate } from './migrate.ts';
import { prepareRoles } from './roles.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${Date.now().toString(36)}`;
  const admin = inject('adminUrl');
  await query(admin, `create database ${name}`);
  undo.push(() => query(admin, `drop database ${name} with (force)`));
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}

async function migrationsOf(files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rapport-migrations-'));
  undo.push(() => rm(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, `${name}.sql`), text);
  return dir;
}

const forced = `create table thing (workspace_id text not null, size int not null, tier text);
  alter table thing enable row level security;
  alter table thing force row level security;`;

test('a migration that moves rows meets the rows of every workspace, and leaves them held as before', async () => {
  const url = await emptyDatabase();
  await prepareRoles({ adminUrl: url, installKey: testInstallKey, secret: testSecret });
  await migrate(url, await migrationsOf({ '0001_thing': forced }));
  await query(url, `insert into thing values ('ws_1', 10, null), ('ws_2', 20, null)`);

  const files = {
    '0001_thing': forced,
    '0002_tier': `update thing set tier = 'large' where size > 5`,
    '0003_more': 'select 1',
  };
  expect(await migrate(url, await migrationsOf(files))).toEqual(['0002_tier', '0003_more']);

  expect(await query(url, 'select tier from thing')).toEqual([{ tier: 'large' }, { tier: 'large' }]);
  expect(await query(url, `select relforcerowsecurity as forced from pg_class where relname = 'thing'`)).toEqual([
    { forced: true },
  ]);
});

test('one that fails leaves everything as it was, the hold on its owner too', async () => {
  const url = await emptyDatabase();
  await prepareRoles({ adminUrl: url, installKey: testInstallKey, secret: testSecret });
  await migrate(url, await migrationsOf({ '0001_thing': forced }));
  await query(url, `insert into thing values ('ws_1', 10, null)`);

  const files = { '0001_thing': forced, '0002_tier': `update thing set tier = 'large'`, '0003_wrong': 'select 1 / 0' };
  await expect(migrate(url, await migrationsOf(files))).rejects.toThrow(/0003_wrong/);

  expect(await query(url, 'select tier from thing')).toEqual([{ tier: null }]);
  expect(await query(url, `select relforcerowsecurity as forced from pg_class where relname = 'thing'`)).toEqual([
    { forced: true },
  ]);
});
