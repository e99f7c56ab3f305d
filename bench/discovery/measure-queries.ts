import pg from 'pg';
import { defaultTiers, searchCreators } from '../../src/modules/discovery/api.ts';
import { median, quantile } from '../bench.ts';
import { benchModel } from './model.ts';
import { type BenchQuery, pageLimit, searchQueryOf } from './queries.ts';
import { sqlOf } from './sql-queries.ts';
import type { IndexProcess } from './start-index-process.ts';

/** Questions of one kind in a round; the first round warms both sides and is not counted. */
export const queriesPerRound = 10;
const sqlPerRound = 1;
const kinds = ['narrow', 'wide', 'text', 'semantic_filtered', 'semantic_all'] as const;

export interface Asked {
  index: IndexProcess;
  adminUrl: string;
  workspaceId: string;
  workspace: string;
  token: string;
  port: number;
  queries: readonly BenchQuery[];
  rounds: number;
  tell(line: string): void;
}

/** Milliseconds of each kind at the middle and at 95 %, and how many times longer PostgreSQL takes, each round one after the other. */
export async function measureQueries(asked: Asked): Promise<Record<string, number>> {
  const sql = new pg.Client({ connectionString: asked.adminUrl });
  await sql.connect();
  await sql.query(`set work_mem = '128MB'`);
  const own = new Map<string, number[]>();
  const ratios: number[] = [];
  for (let round = 0; round <= asked.rounds; round += 1) {
    const said: string[] = [];
    for (const kind of kinds) {
      const queries = ofRound(asked.queries, kind, round, queriesPerRound);
      const ours = await timeOwn(asked, queries);
      const theirs = kind.startsWith('semantic') ? [] : await timeSql(sql, queries.slice(0, sqlPerRound));
      said.push(
        `${kind} ${median(ours).toFixed(1)}${theirs.length === 0 ? '' : ` (SQL ${median(theirs).toFixed(0)})`}`,
      );
      if (round === 0) continue;
      own.set(kind, [...(own.get(kind) ?? []), ...ours]);
      if (theirs.length > 0) ratios.push(median(theirs) / median(ours));
    }
    asked.tell(`${round === 0 ? 'Warming' : `Round ${round} of ${asked.rounds}`}, ms: ${said.join(', ')}`);
  }
  await sql.end();
  const figures: Record<string, number> = { postgres_ratio: rounded(median(ratios)) };
  for (const [kind, times] of own) {
    figures[`${kind}_p50_ms`] = rounded(median(times));
    figures[`${kind}_p95_ms`] = rounded(quantile(times, 0.95));
  }
  return figures;
}

function ofRound(queries: readonly BenchQuery[], kind: BenchQuery['kind'], round: number, count: number): BenchQuery[] {
  return queries.filter((query) => query.kind === kind).slice(round * count, (round + 1) * count);
}

async function timeOwn(asked: Asked, queries: readonly BenchQuery[]): Promise<number[]> {
  const times: number[] = [];
  for (const query of queries) times.push((await askIndex(asked, query)).ms);
  return times;
}

/** Asks the thread that holds the index, as a request would; timed in the process that holds it. */
async function askIndex({ index, workspaceId }: Asked, query: BenchQuery): Promise<{ ms: number }> {
  if (query.vector === null)
    return index.run({ kind: 'search', workspaceId, query: searchQueryOf(query), tiers: defaultTiers });
  const vector = { model: benchModel, scale: 1 / 127, values: query.vector };
  const nearest = { vector, limit: pageLimit, filters: query.filters };
  return index.run({ kind: 'nearest', workspaceId, query: nearest, tiers: defaultTiers });
}

async function timeSql(sql: pg.Client, queries: readonly BenchQuery[]): Promise<number[]> {
  const times: number[] = [];
  for (const query of queries) {
    const statement = sqlOf(query);
    const startedMs = performance.now();
    await sql.query(statement);
    times.push(performance.now() - startedMs);
  }
  return times;
}

/** Milliseconds that HTTP, sign-in and reading the answer add to the same questions, at the middle. */
export async function measureHttp(asked: Asked): Promise<number> {
  const queries = asked.queries.filter((query) => query.kind === 'narrow' || query.kind === 'text').slice(0, 60);
  const added: number[] = [];
  for (const [at, query] of queries.entries()) {
    const direct = (await askIndex(asked, query)).ms;
    const startedMs = performance.now();
    await askHttp(asked, query);
    if (at >= 5) added.push(performance.now() - startedMs - direct);
  }
  return rounded(median(added));
}

/** Questions of all kinds answered in a second to two clients that ask without pause; those with words and filters come over HTTP. */
export async function measureThroughput(asked: Asked, seconds: number): Promise<number> {
  let answered = 0;
  let next = 0;
  const untilMs = performance.now() + seconds * 1000;
  const client = async () => {
    while (performance.now() < untilMs) {
      const query = asked.queries[next % asked.queries.length];
      next += 1;
      if (query === undefined) return;
      await (query.vector === null ? askHttp(asked, query) : askIndex(asked, query));
      answered += 1;
    }
  };
  const startedMs = performance.now();
  await Promise.all([client(), client()]);
  return rounded((answered / (performance.now() - startedMs)) * 1000);
}

async function askHttp({ port, token, workspace }: Asked, query: BenchQuery): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${searchCreators.path}`, {
    method: searchCreators.method,
    headers: { authorization: `Bearer ${token}`, 'rapport-workspace': workspace, 'content-type': 'application/json' },
    body: JSON.stringify(searchQueryOf(query)),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The search over HTTP failed: ${response.status} ${text.slice(0, 300)}`);
  JSON.parse(text);
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
