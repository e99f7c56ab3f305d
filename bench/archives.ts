import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createApiApp } from '#app/api.ts';
import { type Core, openCore } from '#app/core.ts';
import { type Client, createClient } from '#client/client.ts';
import { readConfig } from '#infra/config.ts';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { newId } from '#kernel/id.ts';
import {
  getArchive,
  getArchiveImport,
  startArchive,
  startArchiveImport,
  uploadArchive,
} from '#modules/archives/api.ts';
import type { Bench, BenchOptions, BenchResult } from './bench.ts';
import { watchMemory } from './watch-memory.ts';

const defaultSize = 1_000_000;
const insertedAtOnce = 50_000;
const lookMs = 200;

/**
 * A workspace of creators, posts and comments written as an archive, uploaded and made a workspace again, first with a tenth of the rows: memory is
 * flat when both grow alike. Each once; the embedded database is another process and not counted.
 */
export const archivesBench: Bench = { name: 'archives', run: (options) => runArchivesBench(options) };

async function runArchivesBench({ size, tell }: BenchOptions): Promise<BenchResult> {
  const rows = size ?? defaultSize;
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-archives-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  try {
    const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' });
    const secret = randomBytes(32).toString('hex');
    const core = await openCore({ config, adminUrl: server.adminUrl, secret, log, isWorker: false });
    try {
      const tenth = await carry(core, { slug: 'tenth', rows: Math.ceil(rows / 10), tell });
      const whole = await carry(core, { slug: 'whole', rows, tell });
      return {
        params: { rows, database: 'embedded, durable', rounds: 1 },
        figures: {
          ...Object.fromEntries(Object.entries(whole).map(([key, value]) => [`${key}_once`, value])),
          ...Object.fromEntries(Object.entries(tenth).map(([key, value]) => [`tenth_${key}_once`, value])),
        },
      };
    } finally {
      await core.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function carry(
  core: Core,
  of: { slug: string; rows: number; tell(line: string): void },
): Promise<Record<string, number>> {
  const { slug, rows, tell } = of;
  await fill(core, { slug, rows });
  tell(`${slug}: ${rows} rows are there`);
  const app = createApiApp(core);
  const client = createClient({
    baseUrl: core.infra.config.publicUrl,
    fetch: async (request) => app.fetch(request),
    apiKey: core.infra.localToken,
    workspace: () => slug,
  });
  const written = await measured(() => writeOne(client));
  tell(`${slug}: written in ${Math.round(written.seconds)} s, memory +${Math.round(written.growthMb)} MB`);
  const path = join(core.infra.config.dataDir, 'archives', `${written.value}.tar`);
  const uploaded = await measured(() => uploadOne(client, path));
  const taken = await measured(() => takeIn(client, uploaded.value));
  tell(`${slug}: taken in in ${Math.round(taken.seconds)} s, memory +${Math.round(taken.growthMb)} MB`);
  return {
    archive_mb: Math.round((await stat(path)).size / 1e6),
    export_rows_per_s: Math.round(rows / written.seconds),
    export_rss_growth_mb: Math.round(written.growthMb),
    check_s: Math.round(uploaded.seconds * 10) / 10,
    check_rss_growth_mb: Math.round(uploaded.growthMb),
    import_rows_per_s: Math.round(rows / taken.seconds),
    import_rss_growth_mb: Math.round(taken.growthMb),
  };
}

async function measured<Value>(
  work: () => Promise<Value>,
): Promise<{ value: Value; seconds: number; growthMb: number }> {
  const memory = watchMemory();
  const began = performance.now();
  try {
    const value = await work();
    const seconds = (performance.now() - began) / 1000;
    return { value, seconds, growthMb: memory.stop() };
  } catch (error) {
    memory.stop();
    throw error;
  }
}

async function writeOne(client: Client): Promise<string> {
  const { id } = await client.call(startArchive, {});
  await untilIs('ready', () => client.call(getArchive, { archiveId: id }));
  return id;
}

async function uploadOne(client: Client, path: string): Promise<string> {
  const handle = await open(path);
  try {
    const body = handle.readableWebStream() as ReadableStream<Uint8Array>;
    return (await client.upload(uploadArchive, {}, { body, fileName: 'archive.tar' })).id;
  } finally {
    await handle.close();
  }
}

async function takeIn(client: Client, archiveImportId: string): Promise<void> {
  await client.call(startArchiveImport, { archiveImportId });
  await untilIs('done', () => client.call(getArchiveImport, { archiveImportId }));
}

async function untilIs(state: string, look: () => Promise<{ state: string; error: string | null }>): Promise<void> {
  for (;;) {
    const run = await look();
    if (run.state === state) return;
    if (run.state !== 'running') throw new Error(`The run ended as ${run.state}: ${run.error}`);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/** Invented creators, each with about 24 posts and as many comments. */
async function fill(core: Core, { slug, rows }: { slug: string; rows: number }): Promise<void> {
  const { db } = core.infra;
  const workspaceId = newId('workspace');
  await db.asSystem((tx) => tx.insertInto('workspace').values({ id: workspaceId, slug, name: slug }).execute());
  const creators = Math.ceil(rows / 50);
  const posts = Math.floor((rows - 2 * creators) / 2);
  const comments = rows - 2 * creators - posts;
  const insert = async (total: number, statement: (from: number, to: number) => ReturnType<typeof sql>) => {
    for (let from = 0; from < total; from += insertedAtOnce)
      await db.asSystem((tx) => statement(from, Math.min(from + insertedAtOnce, total) - 1).execute(tx));
  };
  await insert(
    creators,
    (from, to) => sql`
      insert into person (workspace_id, id, name, emails) select ${workspaceId}, 'per_' || at, 'Creator ' || at, array['hello' || at || '@example.com']
      from generate_series(${from}::int, ${to}::int) at`,
  );
  await insert(
    creators,
    (from, to) => sql`
      insert into profile (workspace_id, id, person_id, platform, handle, handle_key, source)
      select ${workspaceId}, 'prf_' || at, 'per_' || at, 'instagram', 'creator_' || at, 'creator_' || at, 'bench' from generate_series(${from}::int, ${to}::int) at`,
  );
  await insert(
    posts,
    (from, to) => sql`
      insert into post (workspace_id, id, profile_id, external_id, caption, hashtags, likes, comments, posted_at, observed_at, source)
      select ${workspaceId}, 'post_' || at, 'prf_' || at % ${creators}::int, at::text, 'A slow morning, number ' || md5(at::text) || repeat(' with cocoa', 10),
        array['cocoa', 'slow' || at % 90], at % 4000, at % 90, '2026-01-01'::timestamptz + at * interval '7 seconds', '2026-05-01', 'bench'
      from generate_series(${from}::int, ${to}::int) at`,
  );
  await insert(
    comments,
    (from, to) => sql`
      insert into comment (workspace_id, id, post_id, external_id, author_handle, text, commented_at, source)
      select ${workspaceId}, 'cmt_' || at, 'post_' || at % ${posts}::int, at::text, 'reader_' || at % 5000, 'Where is it from? ' || md5(at::text), '2026-02-01', 'bench'
      from generate_series(${from}::int, ${to}::int) at`,
  );
  await refreshStatistics(db, ['person', 'profile', 'post', 'comment']);
}
