import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  databasePid,
  databaseUrl,
  isAlive,
  removeDataFolder,
  runServerProcess,
  type ServerProcess,
  startServerProcess,
} from '#tests/support/server-process.ts';

const startTimeoutMs = 240_000;
const unprivileged = 65_534;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-start-'));
});
afterEach(() => removeDataFolder(dataDir));

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

async function status(server: ServerProcess, path: string): Promise<number> {
  return (await fetch(new URL(path, server.address))).status;
}

describe('one copy', { timeout: startTimeoutMs }, () => {
  test('a first start serves, Ctrl-C stops all of it, and a second start finds what was written', async () => {
    const first = await startServerProcess({ dataDir, args: ['--empty'] });
    expect([await status(first, '/healthz'), await status(first, '/readyz')]).toEqual([200, 200]);
    expect(statSync(join(dataDir, 'server.json')).mode & 0o777).toBe(0o600);
    await ask(databaseUrl(dataDir), 'create table kept as select 7 as answer');
    const database = databasePid(dataDir);
    expect(isAlive(database)).toBe(true);

    expect(await first.interrupt()).toBe(0);
    expect(isAlive(database)).toBe(false);
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false);

    const second = await startServerProcess({ dataDir, args: ['--empty'] });
    expect(await ask(databaseUrl(dataDir), 'select answer from kept')).toBe(7);
    await second.interrupt();
  });

  test('--empty leaves the database without a workspace', async () => {
    const server = await startServerProcess({ dataDir, args: ['--empty'] });
    expect(await ask(databaseUrl(dataDir), 'select count(*)::int as answer from workspace')).toBe(0);
    await server.interrupt();
  });
});

describe('what cannot work is refused with what to do', { timeout: startTimeoutMs }, () => {
  test('a second copy on the same data folder', async () => {
    const first = await startServerProcess({ dataDir, args: ['--empty'] });
    const second = await runServerProcess({ dataDir });
    expect(second.code).toBe(1);
    expect(second.output).toContain(`process ${first.pid} at ${first.address}`);
    expect(second.output).toContain('RAPPORT_DATA');
    expect(await status(first, '/readyz')).toBe(200);
    await first.interrupt();
  });

  test('a port that another program uses, and the data folder is free again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = await runServerProcess({ dataDir, env: { PORT: `${port}` } });
    other.close();
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use.*PORT=`));
    expect(existsSync(join(dataDir, 'rapport.lock'))).toBe(false);
    expect(databasePid(dataDir)).toBe(0);
  });

  test('a data folder that is a file', async () => {
    const path = join(dataDir, 'file');
    writeFileSync(path, '');
    const refused = await runServerProcess({ dataDir: path });
    expect([refused.code, refused.output]).toEqual([1, expect.stringMatching(/is a file, not a folder.*RAPPORT_DATA/)]);
  });

  test('a data folder that this user may not write', async () => {
    const root = process.getuid?.() === 0;
    chmodSync(dataDir, root ? 0o755 : 0o555);
    const refused = await runServerProcess({ dataDir, ...(root ? { uid: unprivileged } : {}) });
    chmodSync(dataDir, 0o700);
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/Cannot write to .*permission denied.*(chown|RAPPORT_DATA)/);
  });

  test('a database that a newer version made, with nothing changed in it', async () => {
    const server = await startServerProcess({ dataDir, args: ['--empty'] });
    await ask(
      databaseUrl(dataDir),
      "insert into schema_migration (name, timestamp) values ('9999_from-the-future', '2099-01-01T00:00:00Z')",
    );
    await server.interrupt();
    const refused = await runServerProcess({ dataDir });
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/newer Rapport.*9999_from-the-future/);
    expect(databasePid(dataDir)).toBe(0);
  });

  test('a database that does not answer', async () => {
    const refused = await runServerProcess({ dataDir, env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } });
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('127.0.0.1:1');
  });
});

test('with DATABASE_URL the given database is used and none is started', { timeout: startTimeoutMs }, async () => {
  const name = `external_${randomBytes(4).toString('hex')}`;
  await ask(inject('adminUrl'), `create database ${name}`);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  const server = await startServerProcess({ dataDir, args: ['--empty'], env: { DATABASE_URL: url.toString() } });
  expect(await status(server, '/readyz')).toBe(200);
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  expect(await ask(url.toString(), 'select count(*)::int > 0 as answer from schema_migration')).toBe(true);
  expect(await server.interrupt()).toBe(0);
  await ask(inject('adminUrl'), `drop database ${name} with (force)`);
});
