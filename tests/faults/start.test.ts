import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  databasePid,
  databaseUrl,
  isAlive,
  killServerProcessAfter,
  removeDataFolder,
  startServerProcess,
} from '#tests/support/server-process.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-faults-'));
});
afterEach(() => removeDataFolder(dataDir));

const start = () => startServerProcess({ dataDir, args: ['--empty'] });

async function ask(sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

test('after kill -9 of the server the next start adopts the database that still runs', async () => {
  const first = await start();
  await ask('create table kept as select 7 as answer');
  const database = databasePid(dataDir);
  await first.kill();
  expect(isAlive(database)).toBe(true);

  const second = await start();
  expect(databasePid(dataDir)).toBe(database);
  expect(await ask('select answer from kept')).toBe(7);
  expect(await second.interrupt()).toBe(0);
  expect(isAlive(database)).toBe(false);
});

test('after kill -9 of server and database at once nothing committed is lost', async () => {
  const first = await start();
  await ask('create table kept as select 7 as answer');
  const database = databasePid(dataDir);
  process.kill(database, 'SIGKILL');
  await first.kill();

  const second = await start();
  expect(databasePid(dataDir)).not.toBe(database);
  expect(await ask('select answer from kept')).toBe(7);
  await second.interrupt();
});

test('when the database alone is killed, the server brings it back and serves again', async () => {
  const server = await start();
  process.kill(databasePid(dataDir), 'SIGKILL');
  await vi.waitFor(async () => expect((await fetch(new URL('/readyz', server.address))).status).toBe(200), {
    timeout: 20_000,
    interval: 200,
  });
  expect(await ask('select 1 as answer')).toBe(1);
  await server.interrupt();
});

// From before initdb through it, the first start of the server, roles and migrations.
for (const afterMs of [150, 300, 500, 700, 900, 1200, 1600]) {
  test(`a first start killed after ${afterMs} ms is made good by the next`, async () => {
    await killServerProcessAfter({ dataDir, args: ['--empty'] }, afterMs);
    const server = await start();
    expect((await fetch(new URL('/readyz', server.address))).status).toBe(200);
    await server.interrupt();
    expect(databasePid(dataDir)).toBe(0);
  });
}
