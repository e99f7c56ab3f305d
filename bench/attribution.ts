import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Core, openCore } from '#app/core.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { compareAllModels, lastTouch } from '#modules/attribution/index.ts';
import { type Bench, type BenchOptions, type BenchResult, median } from './bench.ts';
import { takeIndexes } from './take-indexes.ts';

const clicksDefault = 10_000_000;
/** As many orders for each click as the figure asks for: 400 k for 10 M. */
const clicksPerOrder = 25;
const links = 5000;
const rounds = 5;
const from = '2026-03-01';
const to = '2026-05-31';

/**
 * Credit decided over all clicks and orders of three months: by last touch in one statement, and by all models with Markov chains of order 1 to 3. Orders name one to
 * six of the clicks, a tenth used a code; `--size` is the number of clicks.
 */
export const attributionBench: Bench = { name: 'attribution', run: (options) => runAttributionBench(options) };

async function runAttributionBench(options: BenchOptions): Promise<BenchResult> {
  const clicks = options.size ?? clicksDefault;
  const orders = Math.floor(clicks / clicksPerOrder);
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-attribution-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  try {
    const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' });
    const core = await openCore({ config, adminUrl: server.adminUrl, secret: randomBytes(32).toString('hex'), log });
    try {
      options.tell(`Making ${clicks} clicks and ${orders} orders`);
      const workspaceId = await fill(server.adminUrl, { clicks, orders });
      const figures = await measure(core, { workspaceId, orders, tell: options.tell });
      return { params: { clicks, orders, links, rounds, allModelsRounds: 1, postgres: server.version }, figures };
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
  of: { workspaceId: string; orders: number; tell: BenchOptions['tell'] },
): Promise<Record<string, number>> {
  const request = { workspaceId: of.workspaceId, from, to, timeZone: 'UTC', by: 'creator' as const };
  const last: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    const sums = await lastTouch(core.infra, request);
    last.push((performance.now() - startedMs) / 1000);
    of.tell(`Last touch: ${last.at(-1)?.toFixed(2)} s`);
    const credited = sums.reduce((sum, row) => sum + Number(row.orders), 0);
    if (credited !== of.orders) throw new Error(`${credited} of ${of.orders} orders were credited.`);
  }
  const startedMs = performance.now();
  const computed = await compareAllModels(core.infra, request);
  const all = (performance.now() - startedMs) / 1000;
  of.tell(`All ${computed.sums.length} models: ${all.toFixed(2)} s`);
  return { last_touch_10m_s: median(last), all_models_10m_s: all };
}

/** Fills a new workspace by statements in the database; rows as the click drain and the order intake leave them. */
async function fill(adminUrl: string, of: { clicks: number; orders: number }): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const workspaceId = 'ws_bench';
  try {
    await client.query(
      `insert into workspace (id, slug, name, currency, time_zone) values ($1, 'bench', 'Bench', 'EUR', 'UTC')`,
      [workspaceId],
    );
    await client.query(
      `insert into order_source (workspace_id, id, name, kind, created_by) values ($1, 'src_bench', 'Bench', 'api', 'bench')`,
      [workspaceId],
    );
    await client.query(
      `insert into link (workspace_id, id, slug, slug_skeleton, destination, target, person_id, created_by)
       select $1, 'lnk_' || n, 'bench-' || n, 'bench-' || n, 'https://shop.example/', 'https://shop.example/', 'per_' || n, 'bench' from generate_series(1, ${links}) n`,
      [workspaceId],
    );
    await client.query(
      `insert into discount_code (workspace_id, id, code, code_key, person_id, kind, percent, created_by)
       select $1, 'cod_' || n, 'CODE' || n, 'CODE' || n, 'per_' || n, 'percent', 10, 'bench' from generate_series(1, ${links}) n`,
      [workspaceId],
    );
    for (const month of ['2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'])
      await client.query('select ensure_click_month($1::date)', [month]);
    await client.query(`create function pg_temp.click_of(n bigint) returns text language sql immutable as $$
      select translate(encode(int2send((date '2026-03-01' - date '1970-01-01' + (n % 88))::int2) || decode(substr(md5(n::text) || md5('x' || n), 1, 44), 'hex'), 'base64'), '+/', '-_') $$`);
    await client.query(`create function pg_temp.time_of(n bigint) returns timestamptz language sql immutable as $$
      select timestamptz '2026-03-01 00:00+00' + make_interval(days => (n % 88)::int, secs => (hashint8(n) & 65535)) $$`);
    const indexed = await takeIndexes(client, 'click');
    // A creator's audience is skewed: few creators have most clicks.
    await client.query(
      `insert into click (workspace_id, day, click_id, link_id, clicked_at, counted, visitor_hash, device, browser)
       select $1, pg_temp.time_of(n)::date, pg_temp.click_of(n), 'lnk_' || (1 + floor(${links} * power((hashint8(n + 7) & 1048575) / 1048576.0, 2)))::int, pg_temp.time_of(n), true,
         decode(md5('v' || n), 'hex'), 'mobile', 'Safari' from generate_series(1::bigint, ${of.clicks}) n`,
      [workspaceId],
    );
    for (const statement of indexed) await client.query(statement);
    await client.query(
      `insert into click_daily (workspace_id, link_id, day, clicks, visitors) select workspace_id, link_id, day, count(*), count(*) from click where workspace_id = $1 group by 1, 2, 3`,
      [workspaceId],
    );
    // Clicks n, n + 88 k, ... lie on the same day of the period; those a few numbers before lie the days before.
    await client.query(
      `insert into conversion (workspace_id, id, source_id, external_id, ordered_at, amount_minor, currency, state, code_keys, codes, click_ids)
       select $1, 'cnv_' || lpad(n::text, 9, '0'), 'src_bench', n::text, pg_temp.time_of(n * ${clicksPerOrder}) + interval '1 hour', 1000 + (hashint8(n) & 8191), 'EUR', 'paid',
         case when n % 10 = 0 then array['CODE' || (1 + n % ${links})] else '{}' end, case when n % 10 = 0 then array['CODE' || (1 + n % ${links})] else '{}' end,
         array(select pg_temp.click_of(n * ${clicksPerOrder} - back) from generate_series(0, (hashint8(n + 3) & 65535) % 6) back where n * ${clicksPerOrder} - back > 0)
       from generate_series(1::bigint, ${of.orders}) n`,
      [workspaceId],
    );
    await client.query('vacuum analyze click, conversion, link, discount_code, click_daily');
  } finally {
    await client.end();
  }
  return workspaceId;
}
