import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type KilledArchives, openKilledArchives } from '#tests/support/killed-archives.ts';
import { downloadArchive } from './api.ts';

/** Of some 1.5 MB: the notes are being written. */
const inTheMiddleBytes = 300_000;
const soon = { timeout: 20_000, interval: 2 };

let archives: KilledArchives;
beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-killed-'));
  archives = await openKilledArchives({ dataDir, notes: 25_000 });
}, 60_000);
afterAll(() => archives?.close());

it('kill -9 in the middle of an export and of an import leaves both clearly unfinished, nothing of them there, and both can be begun again', async () => {
  const admin = new pg.Client({ connectionString: archives.test.database.adminUrl });
  await admin.connect();
  try {
    // Notes may be read and not written: the import waits there, with other parts written and the rest to come.
    await admin.query('begin');
    await admin.query('lock table creator_note in share mode');
    const killed = await archives.killAt(async ({ startImport, startExport }) => {
      await startImport();
      const held = `select from pg_locks where relation = 'creator_note'::regclass and not granted`;
      await vi.waitFor(async () => expect((await admin.query(held)).rowCount).toBe(1), soon);
      const partial = `${await startExport()}.partial`;
      await vi.waitFor(async () => expect((await stat(partial)).size).toBeGreaterThan(inTheMiddleBytes), soon);
    });
    await admin.query('rollback');
    expect(await archives.judge(killed)).toEqual({ archive: 'failed', arrival: 'failed' });
    await expect(
      archives.test.client('carried').open(downloadArchive, { archiveId: killed.archiveId }),
    ).rejects.toMatchObject({ code: 'archives.not_ready' });
    await archives.beginAgain(killed);
  } finally {
    await admin.end();
  }
}, 60_000);
