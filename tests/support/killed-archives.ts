import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, vi } from 'vitest';
import { type Client, createClient } from '#client/client.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import {
  getArchive,
  getArchiveImport,
  startArchive,
  startArchiveImport,
  uploadArchive,
} from '#modules/archives/api.ts';
import { archivePath } from '#modules/archives/archive-files.ts';
import { tidy } from '#modules/archives/jobs.ts';
import { exportWorkspace, readArchiveBytes } from './archives.ts';
import { testSecret } from './constants.ts';
import { openTestCore, type TestCore } from './core.ts';
import { removeDataFolder, type ServerProcess, startServerProcess } from './server-process.ts';

const slug = 'carried';
/** A run says each half second that it lives, for a minute. */
const pastLeaseMs = 120_000;
const endsWithinMs = 60_000;
const twoHoursSeconds = 7200;

interface Killed {
  archiveId: string;
  importId: string;
}

/** Begins each on the server that is to be killed. */
interface OnServer {
  startImport(): Promise<void>;
  /** Where the archive is written; it has that name when it is whole. */
  startExport(): Promise<string>;
}

export interface KilledArchives {
  /** The program in this process, on the database and in the data folder of the servers that are killed. */
  test: TestCore;
  /** Starts the real server, and kills it with -9 when `moment`, which begins both, resolves. */
  killAt(moment: (on: OnServer) => Promise<void>): Promise<Killed>;
  /** Each run once its lease is over: whole, or said to be unfinished with nothing of it there. Throws what is wrong. */
  judge(killed: Killed): Promise<{ archive: string; arrival: string }>;
  /** Begins both again, from the same upload, and sees that they come out whole. */
  beginAgain(killed: Killed): Promise<void>;
  close(): Promise<void>;
}

/** A workspace with so many notes, its archive, and servers to kill while they write and take in such an archive. */
export async function openKilledArchives(of: { dataDir: string; notes: number }): Promise<KilledArchives> {
  const { dataDir, notes } = of;
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const test = await openTestCore({ env: { RAPPORT_DATA: dataDir }, clock });
  const id = await test.database.createWorkspace(slug);
  await writeNotes(test, { workspaceId: id, notes });
  const { bytes } = await exportWorkspace(test, slug);
  const lines = (await readArchiveBytes(bytes)).parts.get('creator_note');
  const machine = test.client();
  const client = test.client(slug);

  const killAt = async (moment: (on: OnServer) => Promise<void>) => {
    aheadMs = 0;
    const env = { DATABASE_URL: test.database.adminUrl, RAPPORT_SECRET: testSecret };
    const server = await startServerProcess({ dataDir, args: ['--empty'], env });
    try {
      const body = new Uint8Array(bytes);
      const { id: importId } = await machine.upload(uploadArchive, {}, { body, fileName: 'carried.tar' });
      const outside = await clientOf(server, dataDir);
      let archiveId = '';
      await moment({
        startImport: async () => void (await outside.call(startArchiveImport, { archiveImportId: importId })),
        startExport: async () => {
          archiveId = (await outside.call(startArchive, {})).id;
          return archivePath(dataDir, archiveId);
        },
      });
      return { archiveId, importId };
    } finally {
      await server.kill();
    }
  };

  const judge = async ({ archiveId, importId }: Killed) => {
    aheadMs = pastLeaseMs;
    await makeOld(dataDir);
    await tidy(test.core.infra);
    const archive = await client.call(getArchive, { archiveId });
    if (archive.state !== 'ready')
      expect(archive).toMatchObject({ state: 'failed', error: expect.stringMatching(/Begin again/), bytes: null });
    const arrival = await machine.call(getArchiveImport, { archiveImportId: importId });
    if (arrival.state !== 'done')
      expect(arrival).toMatchObject({ state: 'failed', error: expect.stringMatching(/begin again/), result: null });
    // Every workspace there is has all of its notes, and each stands for an import that is done, or for the first.
    expect(new Set((await noteCounts(test)).map((one) => one.notes))).toEqual(new Set([notes]));
    const kept = [...(archive.state === 'ready' ? [archiveId] : []), ...(arrival.state === 'done' ? [] : [importId])];
    const files = await readdir(join(dataDir, 'archives'));
    expect(kept.filter((one) => !files.includes(`${one}.tar`))).toEqual([]);
    expect(files.filter((one) => one.endsWith('.partial') || one === `${archiveId}.tar`)).toEqual(
      archive.state === 'ready' ? [`${archiveId}.tar`] : [],
    );
    return { archive: archive.state, arrival: arrival.state };
  };

  const beginAgain = async ({ importId }: Killed) => {
    const before = (await noteCounts(test)).length;
    const again = await exportWorkspace(test, slug);
    expect((await readArchiveBytes(again.bytes)).parts.get('creator_note')).toEqual(lines);
    await machine.call(startArchiveImport, { archiveImportId: importId });
    const done = { state: 'done', error: null };
    await vi.waitFor(
      async () => expect(await machine.call(getArchiveImport, { archiveImportId: importId })).toMatchObject(done),
      { timeout: endsWithinMs, interval: 50 },
    );
    const counts = await noteCounts(test);
    expect(counts.map((one) => one.notes)).toEqual(Array(before + 1).fill(notes));
  };

  return {
    test,
    killAt,
    judge,
    beginAgain,
    close: async () => {
      await test.close();
      await removeDataFolder(dataDir);
    },
  };
}

async function writeNotes(test: TestCore, of: { workspaceId: string; notes: number }): Promise<void> {
  const { workspaceId, notes } = of;
  await test.core.infra.db.asSystem(async (tx) => {
    await sql`insert into person (workspace_id, id, name) values (${workspaceId}, 'per_a', 'Nell Baker')`.execute(tx);
    await sql`
      insert into creator_note (workspace_id, id, person_id, body, author_id, author_name, written_at)
      select ${workspaceId}, 'note_' || at, 'per_a', md5(at::text) || repeat(' a word', 20), '', 'Ann Oat', '2026-05-01'::timestamptz
      from generate_series(1, ${notes}::int) as at`.execute(tx);
  });
}

async function noteCounts(test: TestCore): Promise<{ id: string; notes: number }[]> {
  const { rows } = await test.core.infra.db.asSystem((tx) =>
    sql<{ id: string; notes: number }>`
      select w.id, (select count(*) from creator_note n where n.workspace_id = w.id)::int as notes from workspace w order by w.id`.execute(
      tx,
    ),
  );
  return rows;
}

async function clientOf(server: ServerProcess, dataDir: string): Promise<Client> {
  const token = (await readServerFile(dataDir))?.token ?? '';
  return createClient({ baseUrl: server.address, fetch, apiKey: token, workspace: () => slug });
}

/** What lies among the archives is older than what may still be written. */
async function makeOld(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'archives');
  const then = Date.now() / 1000 - twoHoursSeconds;
  for (const name of await readdir(folder)) await utimes(join(folder, name), then, then);
}
