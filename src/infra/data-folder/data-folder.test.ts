import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder } from './open-data-folder.ts';
import { processIdentity } from './process-identity.ts';
import { readServerFile } from './server-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-folder-'));
});
afterEach(() => {
  chmodSync(dir, 0o700);
  rmSync(dir, { recursive: true, force: true });
});

/** Another program with an id and a life of its own. */
async function aProcess(): Promise<{ pid: number; kill: () => Promise<void> }> {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const lockOf = (pid: number, identity: string) =>
  writeFileSync(join(dir, 'rapport.lock'), JSON.stringify({ pid, identity }));

test('a new data folder is made, with secrets that only its owner reads and that stay the same', async () => {
  const first = await openDataFolder(join(dir, 'deep', 'data'));
  await first.close();
  const second = await openDataFolder(join(dir, 'deep', 'data'));
  await second.close();
  expect(second.secrets).toEqual(first.secrets);
  expect(statSync(join(first.path, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(first.path, 'rapport.lock'))).toBe(false);
});

test('a second copy is refused, with the process and the address of the first', async () => {
  const first = await openDataFolder(dir);
  await first.announce('http://127.0.0.1:4600');
  await expect(openDataFolder(dir)).rejects.toThrow(
    new RegExp(`process ${process.pid} at http://127\\.0\\.0\\.1:4600.*RAPPORT_DATA`),
  );
  await first.close();
});

test('a lock whose process was killed is taken over at once', async () => {
  const other = await aProcess();
  lockOf(other.pid, processIdentity(other.pid) ?? '');
  await expect(openDataFolder(dir)).rejects.toThrow(`process ${other.pid}`);
  await other.kill();
  const folder = await openDataFolder(dir);
  await folder.close();
});

test('a lock whose process id belongs to another program by now is taken over', async () => {
  const other = await aProcess();
  lockOf(other.pid, `${other.pid} 1 of-an-earlier-boot`);
  const folder = await openDataFolder(dir);
  await folder.close();
  await other.kill();
});

test('of many copies that find the same stale lock exactly one gets the folder', async () => {
  lockOf(999_999_999, 'gone');
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => openDataFolder(dir)));
  const opened = results.filter((result) => result.status === 'fulfilled');
  expect(opened).toHaveLength(1);
  for (const result of opened) await result.value.close();
});

test('server.json tells of a running server only, and only to its owner', async () => {
  const folder = await openDataFolder(dir);
  expect(await readServerFile(dir)).toBeNull();
  const { token } = await folder.announce('http://127.0.0.1:4600');
  expect(await readServerFile(dir)).toMatchObject({ address: 'http://127.0.0.1:4600', pid: process.pid, token });
  expect(statSync(join(dir, 'server.json')).mode & 0o777).toBe(0o600);
  await folder.close();
  expect(await readServerFile(dir)).toBeNull();
  writeFileSync(join(dir, 'server.json'), JSON.stringify({ address: 'x', pid: 1, token: 't', identity: 'gone' }));
  expect(await readServerFile(dir)).toBeNull();
});

test('damaged secrets are refused and left as they are', async () => {
  writeFileSync(join(dir, 'secrets.json'), '{"installSecret": "sho');
  await expect(openDataFolder(dir)).rejects.toThrow('secrets.json is damaged');
  rmSync(join(dir, 'secrets.json'));
  await (await openDataFolder(dir)).close();
});

test('a data folder that is a file is refused with the name of the setting', async () => {
  const path = join(dir, 'file');
  writeFileSync(path, '');
  await expect(openDataFolder(path)).rejects.toThrow(/is a file, not a folder.*RAPPORT_DATA/);
});

test.skipIf(process.getuid?.() === 0)('a data folder that cannot be written is refused with what to do', async () => {
  chmodSync(dir, 0o500);
  await expect(openDataFolder(dir)).rejects.toThrow(/permission denied.*chown/);
});
