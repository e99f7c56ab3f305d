import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createApiApp } from '#app/api.ts';
import { type Core, openCore } from '#app/core.ts';
import { createClient } from '#client/client.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { newId } from '#kernel/id.ts';
import { getImport, type ImportRun, startImport, uploadImport } from '#modules/creators/api.ts';
import { type Bench, type BenchOptions, type BenchResult, median } from './bench.ts';
import { watchMemory } from './watch-memory.ts';

const rounds = 5;
const defaultSize = 100_000;

/**
 * Rows a second that a CSV of new creators comes in at, by the way a user's file goes (upload, background run, all rules, history, outbox,
 * durable commits), and the same file again. Timed from the start of the background run to its end. Each round is a new workspace.
 */
export const importBench: Bench = { name: 'import', run: (options) => runImportBench(options) };

async function runImportBench({ size, tell }: BenchOptions): Promise<BenchResult> {
  const rows = size ?? defaultSize;
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-import-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  const file = join(dataDir, 'creators.csv');
  try {
    await writeCreatorsCsv(file, rows);
    const core = await openCore({
      config: readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' }),
      adminUrl: server.adminUrl,
      secret: randomBytes(32).toString('hex'),
      log,
    });
    try {
      return await measure(core, { file, rows, tell });
    } finally {
      await core.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(
  core: Core,
  what: { file: string; rows: number; tell(line: string): void },
): Promise<BenchResult> {
  const created: number[] = [];
  const unchanged: number[] = [];
  let growthMb = 0;
  for (let round = 0; round < rounds; round += 1) {
    const slug = `bench-${round}`;
    await core.infra.db.asSystem((tx) =>
      tx
        .insertInto('workspace')
        .values({ id: newId('workspace'), slug, name: slug })
        .execute(),
    );
    const memory = watchMemory();
    const first = await importOnce(core, slug, what.file);
    growthMb = Math.max(growthMb, memory.stop());
    const again = await importOnce(core, slug, what.file);
    if (first.counts.created !== what.rows || again.counts.unchanged !== what.rows)
      throw new Error(`Not all rows came in: ${JSON.stringify([first.counts, again.counts])}`);
    created.push(rate(first));
    unchanged.push(rate(again));
    what.tell(
      `Round ${round + 1} of ${rounds}: ${Math.round(rate(first))} new and ${Math.round(rate(again))} unchanged rows a second, memory +${Math.round(growthMb)} MB`,
    );
  }
  return {
    params: { rows: what.rows, rounds, columns: csvHeader.split(',').length, database: 'embedded, durable' },
    figures: {
      rows_per_s: Math.round(median(created)),
      unchanged_per_s: Math.round(median(unchanged)),
      rss_growth_mb: Math.round(growthMb),
    },
  };
}

function rate(run: ImportRun): number {
  const ms = Date.parse(run.finishedAt ?? '') - Date.parse(run.startedAt ?? '');
  return (run.counts.read / ms) * 1000;
}

async function importOnce(core: Core, workspace: string, path: string): Promise<ImportRun> {
  const app = createApiApp(core);
  const client = createClient({
    baseUrl: core.infra.config.publicUrl,
    fetch: async (request) => app.fetch(request),
    apiKey: core.infra.localToken,
    workspace: () => workspace,
  });
  const handle = await open(path);
  const body = handle.readableWebStream() as ReadableStream<Uint8Array>;
  const { importId } = await client.upload(uploadImport, {}, { body, fileName: 'creators.csv' });
  await handle.close();
  await client.call(startImport, { importId });
  for (;;) {
    const run = await client.call(getImport, { importId });
    if (run.state === 'done') return run;
    if (run.state !== 'running') throw new Error(`The import ended as ${run.state}: ${run.error}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const csvHeader = 'handle,name,category,country,email,followers,following,posts,engagement rate,bio';
const categories = ['food', 'fashion', 'travel', 'fitness', 'beauty', 'pets', 'interior', 'family'];
const countries = ['Germany', 'France', 'US', 'United Kingdom', 'Ireland', 'Spain', 'IT', 'Netherlands'];

/** Invented creators with the dirt of real sheets: "12.5K", percent signs, names of countries, missing cells. */
async function writeCreatorsCsv(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${csvHeader}\n`);
  for (let at = 0; at < rows; at += 1) {
    const followers = 1000 + ((at * 7919) % 90_000);
    const shown = at % 3 === 0 ? `${(followers / 1000).toFixed(1)}K` : String(followers);
    const email = at % 2 === 0 ? `hello@creator${at}.example` : '';
    const line = `@Creator_${at},Creator Number ${at},${categories[at % 8]},${countries[(at >> 3) % 8]},${email},${shown},${at % 2000},${at % 1500},${(at % 90) / 10} %,"Cooks, bakes and travels, number ${at}"\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}
