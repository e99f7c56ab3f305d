import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { newId } from '#kernel/id.ts';
import { type Bench, type BenchOptions, type BenchResult, median } from './bench.ts';
import { CreatorMaker, vectorDims } from './discovery/creators.ts';
import { loadPostgres } from './discovery/load-postgres.ts';
import {
  type Asked,
  measureHttp,
  measureQueries,
  measureThroughput,
  queriesPerRound,
  rounded,
} from './discovery/measure-queries.ts';
import { benchFacets, benchQueries } from './discovery/queries.ts';
import { type IndexProcess, startIndexProcess } from './discovery/start-index-process.ts';

const defaultSize = 1_000_000;
const rounds = 5;
const seed = 7;
/** Building anew is repeated only while there is time for it: the whole is to end within 10 minutes. */
const buildUntilMs = 5 * 60_000;
const defaultThroughputSeconds = 10;
const workspace = 'bench';

/**
 * The search over invented creators with vectors: the questions of a page, timed where a request would ask them, the same questions as SQL on a
 * table made for them, in turns; memory of the process that holds the index; time to build it from the database and to read its snapshot.
 */
export const discoveryBench: Bench = { name: 'discovery', run: (options) => runDiscoveryBench(options) };

interface Place {
  env: Record<string, string>;
  adminUrl: string;
  token: string;
  size: number;
  options: BenchOptions;
}

async function runDiscoveryBench(options: BenchOptions): Promise<BenchResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-discovery-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  const token = randomBytes(32).toString('hex');
  const env = {
    RAPPORT_DATA: dataDir,
    RAPPORT_LOG: 'warn',
    BENCH_ADMIN_URL: server.adminUrl,
    BENCH_SECRET: randomBytes(32).toString('hex'),
    BENCH_TOKEN: token,
  };
  try {
    const place = { env, adminUrl: server.adminUrl, token, size: options.size ?? defaultSize, options };
    return await measure(place, server.version);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(place: Place, postgres: string): Promise<BenchResult> {
  const { size, options } = place;
  const maker = new CreatorMaker(seed);
  const workspaceId = newId('workspace');
  // The first start makes the tables.
  let index = await startIndexProcess(place.env);
  try {
    await insertWorkspace(place.adminUrl, workspaceId);
    options.tell(`Inventing ${size} creators and copying them into PostgreSQL (not counted)`);
    const startedMs = performance.now();
    await loadPostgres(place.adminUrl, { workspaceId, maker, size, tell: options.tell });
    options.tell(`  done in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
    const builds = await measureBuilds(index, { workspaceId, size, tell: options.tell });
    await index.run({ kind: 'save' });
    const loads: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await index.stop();
      index = await startIndexProcess(place.env);
      const { ms, creators } = await index.run({ kind: 'open', workspaceId });
      if (creators !== size) throw new Error(`The snapshot holds ${creators} of ${size} creators`);
      loads.push(ms / 1000);
      options.tell(`Snapshot read in ${(ms / 1000).toFixed(2)} s`);
    }
    const asked = await askedOf(place, { index, workspaceId, maker });
    const queries = await measureQueries(asked);
    const http = await measureHttp(asked);
    const perSecond = await measureThroughput(asked, options.seconds ?? defaultThroughputSeconds);
    const { rssMb } = await index.run({ kind: 'rss' });
    return {
      params: {
        creators: size,
        postgres_creators: size,
        dims: vectorDims,
        seed,
        rounds,
        build_rounds: builds.length,
        queries_per_round: queriesPerRound,
        sql_per_round: 1,
        facets: benchFacets.join(' '),
        page: 50,
        postgres: `${postgres}, embedded, one flat table with typed columns, btree and GIN, warm`,
        throughput: 'two clients, all kinds in turn, words and filters over HTTP',
      },
      figures: {
        ...queries,
        http_overhead_p50_ms: http,
        rss_mb: Math.round(rssMb),
        build_per_s: Math.round(median(builds)),
        snapshot_load_s: rounded(median(loads)),
        queries_per_s: perSecond,
      },
    };
  } finally {
    await index.stop();
  }
}

/** Creators a second from PostgreSQL into an index that can be asked, each round from nothing. */
async function measureBuilds(
  index: IndexProcess,
  what: { workspaceId: string; size: number; tell(line: string): void },
): Promise<number[]> {
  const { workspaceId, size } = what;
  const rates: number[] = [];
  const startedMs = performance.now();
  while (rates.length < rounds) {
    await index.run({ kind: 'forget', workspaceId });
    const { ms, creators } = await index.run({ kind: 'open', workspaceId });
    if (creators !== size) throw new Error(`The index holds ${creators} of ${size} creators`);
    rates.push((size / ms) * 1000);
    what.tell(`Built from PostgreSQL with ${Math.round((size / ms) * 1000)} creators a second`);
    const perBuildMs = (performance.now() - startedMs) / rates.length;
    if (performance.now() - startedMs + perBuildMs > buildUntilMs / 2) break;
  }
  return rates;
}

async function askedOf(
  place: Place,
  what: { index: IndexProcess; workspaceId: string; maker: CreatorMaker },
): Promise<Asked> {
  const { port } = await what.index.run({ kind: 'rss' });
  return {
    index: what.index,
    adminUrl: place.adminUrl,
    workspaceId: what.workspaceId,
    workspace,
    token: place.token,
    port,
    queries: benchQueries(what.maker, (rounds + 1) * queriesPerRound, seed),
    rounds,
    tell: place.options.tell,
  };
}

async function insertWorkspace(adminUrl: string, id: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('insert into workspace (id, slug, name) values ($1, $2, $2)', [id, workspace]);
  await client.end();
}
