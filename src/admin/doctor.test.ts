import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#infra/config.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { runDoctor } from './doctor.ts';

let dataDir: string;
let database: TestDatabase;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-doctor-'));
  database = await openTestDatabase();
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await database.drop();
});

const log = { info: () => undefined, warn: () => undefined };
const config = (env: Record<string, string> = {}) =>
  readConfig({ RAPPORT_DATA: dataDir, PORT: '0', DATABASE_URL: database.adminUrl, ...env });

async function finding(check: string, env: Record<string, string> = {}) {
  const findings = await runDoctor(config(env), log);
  return findings.find((one) => one.check === check);
}

test('a machine that can run Rapport gets no complaint', async () => {
  const findings = await runDoctor(config(), log);
  expect(findings.filter((one) => one.ok === false)).toEqual([]);
  expect(findings.map((one) => one.check)).toEqual(expect.arrayContaining(['node', 'disk', 'encoding', 'migrations']));
});

test('a database that does not answer is told without its password', async () => {
  const [found] = (await runDoctor(config({ DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/none' }), log)).filter(
    (one) => one.ok === false,
  );
  expect(found?.message).toContain('127.0.0.1:1/none');
  expect(JSON.stringify(found)).not.toContain('hush');
});

test('a database of a newer version is told by the migration it has', async () => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query("insert into schema_migration (name, timestamp) values ('9999_from-the-future', '2099')");
  expect(await finding('migrations')).toMatchObject({
    ok: false,
    message: expect.stringContaining('9999_from-the-future'),
  });
  await client.query("delete from schema_migration where name = '9999_from-the-future'");
  await client.query("delete from schema_migration where name like '0002%'");
  expect(await finding('migrations')).toMatchObject({ ok: 'warn', message: expect.stringMatching(/^1 wait: 0002/) });
  await client.end();
});

test('a port of another program is told with the way out', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await finding('port', { PORT: `${port}` })).toMatchObject({
    ok: false,
    fix: expect.stringContaining('PORT='),
  });
  server.close();
});

test('secrets that others can read are told by name', async () => {
  writeFileSync(join(dataDir, 'secrets.json'), '{}', { mode: 0o644 });
  expect(await finding('data folder')).toMatchObject({ ok: false, fix: `chmod 600 ${join(dataDir, 'secrets.json')}` });
  rmSync(join(dataDir, 'secrets.json'));
});

test('without a database the doctor makes none, and with one it starts and stops it for the look', async () => {
  const env = { DATABASE_URL: '' };
  expect(await finding('database', env)).toMatchObject({ ok: 'warn', fix: 'npm start makes it.' });
  expect(readdirSync(dataDir)).toEqual([]);
  await (await openEmbeddedPostgres({ dataDir, log })).stop();
  expect(await finding('database', env)).toMatchObject({ ok: true, message: expect.stringMatching(/^PostgreSQL 18/) });
  expect(await finding('migrations', env)).toMatchObject({ ok: 'warn' });
  expect(readdirSync(join(dataDir, 'postgres', 'cluster'))).not.toContain('postmaster.pid');
});
