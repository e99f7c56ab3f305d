import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiApp } from '#app/api.ts';
import { openCore } from '#app/core.ts';
import { sampleSlug } from '#app/sample/load-sample.ts';
import { createClient } from '#client/client.ts';
import { openArchive } from '#infra/archive/read-archive.ts';
import { readConfig } from '#infra/config.ts';
import { openDataFolder } from '#infra/data-folder/open-data-folder.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { getOverview, type Overview } from '#modules/reports/api.ts';
import { createApiKey, listApiKeys } from '#modules/workspaces/api.ts';
import { startClickWriter } from '#tests/support/click-writer.ts';
import { testSecret } from '#tests/support/constants.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { createBackup } from './backup/create-backup.ts';
import { backupArchive } from './backup/errors.ts';
import { readManifest } from './backup/manifest.ts';
import { createBackupHere, restoreBackupHere } from './backup-here.ts';

/** The sample, and a cluster that is made, filled and started twice, on a machine with other work to do. */
const slowMs = 120_000;
/** Clicks as fast as the disk takes them would be as many as it is fast, all to be drained. */
const pauseMs = 20;

let dir: string;
let story: TestCore;
let key: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'rapport-backup-here-'));
  // As root the server runs as another account, which has to pass through to the folder of the new installation.
  chmodSync(dir, 0o711);
  story = await openTestCore({ withSample: true });
  ({ key } = await story.client(sampleSlug).call(createApiKey, { name: 'Shop', scopes: ['all'] }));
  writeFileSync(join(dataDirOf(story), 'secrets.json'), JSON.stringify({ installSecret: testSecret }));
}, slowMs);
afterAll(async () => {
  await story.close();
  rmSync(dir, { recursive: true, force: true });
});

const dataDirOf = (core: TestCore) => core.core.infra.config.dataDir;
const envOf = (core: TestCore) => ({ RAPPORT_DATA: dataDirOf(core), DATABASE_URL: core.database.adminUrl });
const tablesOf = async (file: string) => (await readManifest(await openArchive(file, backupArchive), file)).tables;

/** Spend, orders, revenue and returns of all campaigns; without the clicks, which go on coming in. */
function figuresOf({ rows, totals }: Overview) {
  return { rows: rows.map(({ clicks, goals, ...figures }) => figures), totals };
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test(
  'everything of an installation comes back on a new machine: tables to the byte, keys, reports and unstored clicks',
  async () => {
    const [link] = (await ask(
      story.database.adminUrl,
      'select workspace_id as "workspaceId", id as "linkId" from link order by id limit 1',
    )) as { workspaceId: string; linkId: string }[];
    if (link === undefined) throw new Error('The sample has no link');
    const writer = await startClickWriter(join(dataDirOf(story), 'clicks'), { ...link, secret: testSecret, pauseMs });
    const before = {
      keys: await story.client(sampleSlug).call(listApiKeys, {}),
      figures: figuresOf(await story.client(sampleSlug).call(getOverview, {})),
    };
    await writer.kill();
    const promised = writer.acknowledged;
    expect(promised.length).toBeGreaterThan(0);
    const file = join(dir, 'story.tar');
    const made = await createBackupHere(envOf(story), { file, force: false });
    expect(made.rows).toBeGreaterThan(100_000);

    const dataDir = join(dir, 'new');
    const restored = await restoreBackupHere({ RAPPORT_DATA: dataDir }, { file });
    expect(restored).toMatchObject({ tables: made.tables, rows: made.rows });
    const server = await openEmbeddedPostgres({ dataDir, log: createLogger('error') });
    try {
      const again = join(dir, 'again.tar');
      const installSecret = { secret: testSecret, keptIn: 'data_folder' } as const;
      await createBackup({ adminUrl: server.adminUrl, dataDir, installSecret, file: again, force: false });
      expect(await tablesOf(again)).toEqual(await tablesOf(file));

      const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' });
      const { installSecret: secret } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
      const core = await openCore({ config, adminUrl: server.adminUrl, secret, log: createLogger('error') });
      try {
        const app = createApiApp(core);
        const client = createClient({
          baseUrl: config.publicUrl,
          fetch: (request) => Promise.resolve(app.fetch(request)),
          apiKey: key,
          workspace: () => null,
        });
        expect((await client.call(listApiKeys, {})).rows.map(({ lastUsedAt, ...rest }) => rest)).toEqual(
          before.keys.rows.map(({ lastUsedAt, ...rest }) => rest),
        );
        await core.modules.tracking.settleClicks();
        const clicks = (await ask(
          server.adminUrl,
          `select click_id as id from click where link_id = '${link.linkId}'`,
        )) as {
          id: string;
        }[];
        const ids = clicks.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(promised.filter((id) => !ids.includes(id))).toEqual([]);
        expect(figuresOf(await client.call(getOverview, {}))).toEqual(before.figures);
      } finally {
        await core.stop();
      }
    } finally {
      await server.stop();
    }
  },
  slowMs,
);

test('no acknowledged click is missing when they are drained away while the backup runs, and none counts twice', async () => {
  const small = await openTestCore();
  try {
    const workspaceId = await small.database.createWorkspace();
    await ask(
      small.database.adminUrl,
      `insert into link (workspace_id, id, slug, slug_skeleton, destination, target, created_by)
       values ('${workspaceId}', 'lnk_1', 'one', 'one', 'https://shop.example/', 'https://shop.example/', 'test')`,
    );
    const root = join(dataDirOf(small), 'clicks');
    const writers = [];
    for (let i = 0; i < 3; i += 1)
      writers.push(await startClickWriter(root, { workspaceId, linkId: 'lnk_1', secret: testSecret, pauseMs }));
    await wait(150);
    for (const writer of writers) await writer.kill();
    const promised = writers.flatMap((writer) => writer.acknowledged);
    const drained = small.core.modules.tracking.settleClicks();
    const file = join(dir, 'drained.tar');
    const installSecret = { secret: testSecret, keptIn: 'data_folder' } as const;
    await createBackup({
      adminUrl: small.database.adminUrl,
      dataDir: dataDirOf(small),
      installSecret,
      file,
      force: false,
    });
    await drained;
    const totals = 'select sum(clicks)::int as clicks, sum(dropped)::int as dropped from click_daily';
    const expected = await ask(small.database.adminUrl, totals);

    const target = await openEmptyDatabase(small);
    const env = { RAPPORT_DATA: join(dir, 'drained'), DATABASE_URL: target };
    await restoreBackupHere(env, { file });
    const config = readConfig({ ...env, RAPPORT_LOG: 'error' });
    const core = await openCore({ config, adminUrl: target, secret: testSecret, log: createLogger('error') });
    try {
      await core.modules.tracking.settleClicks();
      const ids = new Set(
        ((await ask(target, 'select click_id as id from click')) as { id: string }[]).map((row) => row.id),
      );
      expect(promised.filter((id) => !ids.has(id))).toEqual([]);
      expect(await ask(target, totals)).toEqual(expected);
    } finally {
      await core.stop();
    }
    await ask(small.database.adminUrl, `drop database ${new URL(target).pathname.slice(1)} with (force)`);
  } finally {
    await small.close();
  }
});

async function openEmptyDatabase(beside: TestCore): Promise<string> {
  const url = new URL(beside.database.adminUrl);
  url.pathname = `${url.pathname}_restored`;
  await ask(beside.database.adminUrl, `create database ${url.pathname.slice(1)}`);
  return url.toString();
}

test('a backup that is killed leaves no file of that name, and the next one clears away what it left', async () => {
  const file = join(dir, 'killed.tar');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/app/rapport.ts', 'backup', 'create', file, '--json'],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env.PATH, ...envOf(story) },
      stdio: 'ignore',
    },
  );
  const ended = once(child, 'exit');
  const leftovers = () => readdirSync(dir).filter((name) => name.startsWith('killed.tar.'));
  while (leftovers().length === 0 && child.exitCode === null) await wait(2);
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(leftovers()).toHaveLength(1);
  expect(existsSync(file)).toBe(false);

  await createBackupHere(envOf(story), { file, force: false });
  expect(leftovers()).toEqual([]);
  expect((await tablesOf(file)).length).toBeGreaterThan(50);
});

/** The backup of an installation that was made a moment ago. */
async function backUpEmpty(name: string): Promise<string> {
  const database = await openTestDatabase();
  try {
    const env = { RAPPORT_DATA: dataDirOf(story), DATABASE_URL: database.adminUrl };
    return (await createBackupHere(env, { file: join(dir, name), force: false })).file;
  } finally {
    await database.drop();
  }
}

test('a damaged backup is refused before so much as a folder is made', async () => {
  const file = await backUpEmpty('damaged.tar');
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const dataDir = join(dir, 'untouched');
  await expect(restoreBackupHere({ RAPPORT_DATA: dataDir }, { file })).rejects.toMatchObject({
    code: 'backup.damaged',
  });
  expect(existsSync(dataDir)).toBe(false);
});

test('a restore into the folder of a running server is refused, naming its process', async () => {
  const file = await backUpEmpty('small.tar');
  const dataDir = join(dir, 'running');
  const folder = await openDataFolder(dataDir);
  try {
    await expect(restoreBackupHere({ RAPPORT_DATA: dataDir }, { file })).rejects.toThrow(`process ${process.pid}`);
  } finally {
    await folder.close();
  }
});

test('the folder of another installation, or none, is told', async () => {
  const env = { RAPPORT_DATA: join(dir, 'nothing'), DATABASE_URL: story.database.adminUrl };
  const wanted = { file: join(dir, 'never.tar'), force: false };
  await expect(createBackupHere(env, wanted)).rejects.toMatchObject({ code: 'backup.no_secret' });
  await expect(createBackupHere({ RAPPORT_DATA: env.RAPPORT_DATA }, wanted)).rejects.toMatchObject({
    code: 'backup.no_data',
  });
  expect(existsSync(env.RAPPORT_DATA)).toBe(false);
});
