import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EmbeddedPostgres } from './embedded.ts';
import { openEmbeddedPostgres } from './embedded.ts';
import { readPostmasterFile } from './postmaster.ts';

let dir: string;
let running: EmbeddedPostgres[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-postgres-'));
  // As root the server runs as another account, which has to pass through to folders below this one.
  chmodSync(dir, 0o711);
  running = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function open(dataDir = dir, lines: string[] = [], durable = false): Promise<EmbeddedPostgres> {
  const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
  const server = await openEmbeddedPostgres({ dataDir, log, durable });
  running.push(server);
  return server;
}

async function ask(server: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

const clusterIn = (dataDir: string) => join(dataDir, 'postgres', 'cluster');
const pidIn = (dataDir: string) => readPostmasterFile(clusterIn(dataDir))?.pid ?? 0;
const portIn = (dataDir: string): number => JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')).port;

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  // Its children see the end within a moment; a start right now would meet them, which is what the test wants.
  await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a new cluster is UTF-8, sorts by code point, knows letters of all scripts and listens on this machine only', async () => {
  const server = await open();
  expect(await ask(server, "select current_setting('server_encoding') as answer")).toBe('UTF8');
  expect(await ask(server, "select current_setting('listen_addresses') as answer")).toBe('127.0.0.1');
  expect(await ask(server, "select 'a' > 'B' and lower('ÉÖЖ') = 'éöж' as answer")).toBe(true);
});

test('what was written is there after a stop and a start, on the same port', async () => {
  const first = await open();
  await ask(first, 'create table kept as select 7 as answer');
  await first.stop();
  const second = await open();
  expect(await ask(second, 'select answer from kept')).toBe(7);
  expect(second.adminUrl).toBe(first.adminUrl);
});

test('a server left running by a killed process is adopted, not started twice', async () => {
  const first = await open();
  const second = await open();
  expect([first.adopted, second.adopted]).toEqual([false, true]);
  expect(await ask(second, 'select 1 as answer')).toBe(1);
});

test('a server that was itself killed recovers with the next start', async () => {
  const first = await open();
  await ask(first, 'create table kept as select 7 as answer');
  await killed(pidIn(dir));
  const second = await open();
  expect(second.adopted).toBe(false);
  expect(await ask(second, 'select answer from kept')).toBe(7);
});

test('a server that dies while it is in use is started again on the same port', async () => {
  const server = await open(dir, [], true);
  await ask(server, 'create table kept as select 7 as answer');
  const pid = pidIn(dir);
  await killed(pid);
  await vi.waitFor(async () => expect(await ask(server, 'select answer from kept')).toBe(7), { timeout: 10_000 });
  expect(pidIn(dir)).not.toBe(pid);
});

test('a lock file whose process id belongs to another program does not stop the start', async () => {
  const first = await open();
  await first.stop();
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(stranger, 'spawn');
  writeFileSync(
    join(clusterIn(dir), 'postmaster.pid'),
    `${stranger.pid}\n${clusterIn(dir)}\n1\n5432\n\n\n1 1\nready\n`,
  );
  const second = await open();
  expect(second.adopted).toBe(false);
  stranger.kill();
});

test('a cluster whose making was interrupted is made again', async () => {
  const first = await open();
  await first.stop();
  renameSync(clusterIn(dir), join(dir, 'postgres', 'init-999999999-1'));
  const second = await open();
  expect(await ask(second, 'select 1 as answer')).toBe(1);
});

test('a port taken by another program is left to it', async () => {
  const first = await open();
  await first.stop();
  const port = portIn(dir);
  const stranger = createServer().listen(port, '127.0.0.1');
  await once(stranger, 'listening');
  const second = await open();
  expect(portIn(dir)).not.toBe(port);
  expect(await ask(second, 'select 1 as answer')).toBe(1);
  stranger.close();
});

test('several clusters start at the same time', async () => {
  const servers = await Promise.all(['a', 'b', 'c'].map((name) => open(join(dir, name))));
  expect(new Set(servers.map((server) => server.adminUrl)).size).toBe(3);
});

test('two starts on the same new folder end in one cluster that both reach', async () => {
  const servers = await Promise.all([open(), open()]);
  expect(servers.map((server) => server.adminUrl)[0]).toBe(servers[1]?.adminUrl);
  for (const server of servers) expect(await ask(server, 'select 1 as answer')).toBe(1);
});

test('a cluster of another major version is refused with the way to move it', async () => {
  const first = await open();
  await first.stop();
  writeFileSync(join(clusterIn(dir), 'PG_VERSION'), '15\n');
  await expect(open()).rejects.toThrow(/made by PostgreSQL 15; this Rapport brings 18.*backup create/);
});

test('a database in another encoding is refused and the server stopped again', async () => {
  const first = await open();
  await ask(first, "create database old encoding 'SQL_ASCII' locale 'C' locale_provider libc template template0");
  await first.stop();
  await expect(open()).rejects.toThrow('"old"');
  expect(pidIn(dir)).toBe(0);
});

test('a folder that is not a cluster is left alone', async () => {
  const first = await open();
  await first.stop();
  rmSync(join(clusterIn(dir), 'PG_VERSION'));
  await expect(open()).rejects.toThrow('PG_VERSION is missing');
});

test.runIf(process.platform === 'linux')('a Ctrl-C at the terminal does not reach the server', async () => {
  await open();
  const stat = readFileSync(`/proc/${pidIn(dir)}/stat`, 'utf8');
  const session = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3];
  expect(Number(session)).toBe(pidIn(dir));
});

test.runIf(process.getuid?.() === 0)(
  'a data folder closed to the server account puts the cluster elsewhere and says so',
  async () => {
    const closed = join(dir, 'home');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);
    const lines: string[] = [];
    const server = await open(join(closed, 'data'), lines);
    const { home } = JSON.parse(readFileSync(join(closed, 'data', 'postgres.json'), 'utf8'));
    expect(lines.join()).toContain(home);
    await server.stop();
    expect(existsSync(home)).toBe(false);
  },
);
