import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Core, openCore } from '#app/core.ts';
import { openFrontDoor } from '#app/serve.ts';
import { type Client, createClient } from '#client/client.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { sumCredit } from '#modules/attribution/index.ts';
import { getTrafficFlow } from '#modules/reports/api.ts';
import { buildStaleSums } from '../src/modules/tracking/rebuild-click-sums.ts';
import { type Bench, type BenchOptions, type BenchResult, median, quantile } from './bench.ts';
import { takeIndexes } from './take-indexes.ts';

const clicksDefault = 10_000_000;
const clicksPerOrder = 100;
const creators = 5000;
const campaigns = 50;
const days = 365;
const rounds = 8;
const workspaceId = 'ws_bench';
const now = new Date('2026-06-01T09:30:00Z');

/**
 * The report from click to money over HTTP, of 30 days and of 12 months: the whole workspace by sales and by clicks, campaigns, and creators from the one with most
 * clicks down. A year of clicks and orders of 5,000 creators on 50 campaigns; `--size` is the number of clicks, an order for each hundred.
 */
export const reportBench: Bench = { name: 'report', run: (options) => runReportBench(options) };

async function runReportBench(options: BenchOptions): Promise<BenchResult> {
  const clicks = options.size ?? clicksDefault;
  const orders = Math.floor(clicks / clicksPerOrder);
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-report-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  try {
    const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' });
    const secret = randomBytes(32).toString('hex');
    const core = await openCore({ config, adminUrl: server.adminUrl, secret, log, clock: { now: () => now } });
    const door = await openFrontDoor('127.0.0.1', 0);
    try {
      await core.infra.jobs.stop();
      const filledMs = performance.now();
      options.tell(`Making ${clicks} clicks and ${orders} orders`);
      await fill(server.adminUrl, { clicks, orders });
      options.tell(`Made in ${Math.round((performance.now() - filledMs) / 1000)} s; summing them`);
      const sumsMs = performance.now();
      await buildStaleSums(core.infra);
      await sumCredit(core.infra);
      const sumsS = Math.round((performance.now() - sumsMs) / 100) / 10;
      await vacuum(server.adminUrl, [
        'click_daily',
        'click_weekly',
        'click_facet',
        'click_hour',
        'credit_daily',
        'credit_day',
        'credit_day_due',
      ]);
      door.open(core, dataDir);
      const client = createClient({
        baseUrl: `http://127.0.0.1:${door.port}`,
        fetch: globalThis.fetch,
        apiKey: core.infra.localToken,
        workspace: () => 'bench',
      });
      const figures = await measure(client, { core, orders, tell: options.tell });
      return {
        params: { clicks, orders, creators, campaigns, rounds, postgres: server.version },
        figures: { ...figures, sums_s: sumsS },
      };
    } finally {
      await door.close(1000);
      await core.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Question {
  name: string;
  input: { campaignId?: string; personId?: string; sort?: 'net' | 'clicks' };
}

/** Questions of one round; other campaigns and creators each time. */
function questionsOf(round: number): Question[] {
  const creator = [1, 2, 10, 100, 500, 1000, 2500, 4900][round % 8] ?? 1;
  return [
    { name: 'all', input: {} },
    { name: 'clicks', input: { sort: 'clicks' } },
    { name: 'campaign', input: { campaignId: `cmp_${(round * 7) % campaigns}` } },
    { name: 'creator', input: { personId: `per_${creator}` } },
    { name: 'creator-on-campaign', input: { personId: `per_${creator}`, campaignId: `cmp_${creator % campaigns}` } },
  ];
}

async function measure(
  client: Client,
  of: { core: Core; orders: number; tell: BenchOptions['tell'] },
): Promise<Record<string, number>> {
  const whole = await client.call(getTrafficFlow, { days });
  const total = whole.totals.orders + whole.totals.cancelledOrders + whole.totals.refundedOrders;
  if (total !== of.orders) throw new Error(`The report has ${total} of ${of.orders} orders.`);
  const figures: Record<string, number> = {};
  for (const [key, span] of [
    ['d30', 30],
    ['m12', days],
  ] as const) {
    const times = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, input } of questionsOf(round)) {
        const startedMs = performance.now();
        await client.call(getTrafficFlow, { ...input, days: span });
        times.set(name, [...(times.get(name) ?? []), performance.now() - startedMs]);
      }
    }
    const tenth = (ms: number) => Math.round(ms * 10) / 10;
    for (const [name, all] of times)
      of.tell(`${span} days, ${name}: ${tenth(median(all))} ms, at most ${tenth(Math.max(...all))} ms`);
    const all = [...times.values()].flat();
    figures[`${key}_p95_ms`] = tenth(quantile(all, 0.95));
    figures[`${key}_p50_ms`] = tenth(median(all));
  }
  return figures;
}

async function vacuum(adminUrl: string, tables: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`vacuum analyze ${tables.join(', ')}`);
  } finally {
    await client.end();
  }
}

/** Fills a new workspace by statements in the database; rows as the click drain and attribution leave them, in the order of time. */
async function fill(adminUrl: string, of: { clicks: number; orders: number }): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const run = (text: string) => client.query(text.replaceAll(':ws', `'${workspaceId}'`));
  try {
    await run(
      `insert into workspace (id, slug, name, currency, time_zone) values (:ws, 'bench', 'Bench', 'EUR', 'UTC')`,
    );
    await run(
      `insert into order_source (workspace_id, id, name, kind, created_by) values (:ws, 'src_bench', 'Bench', 'api', 'bench')`,
    );
    await run(
      `insert into person (workspace_id, id, name) select :ws, 'per_' || n, 'Creator ' || n from generate_series(1, ${creators}) n`,
    );
    await run(`insert into campaign (workspace_id, id, name, model, state, starts_on, ends_on, currency, created_by)
      select :ws, 'cmp_' || n, 'Campaign ' || n, 'sponsored', 'live', '2025-06-01', '2026-06-30', 'EUR', 'bench' from generate_series(0, ${campaigns - 1}) n`);
    await run(`insert into link (workspace_id, id, slug, slug_skeleton, destination, target, person_id, campaign_id, created_by)
      select :ws, 'lnk_' || n, 'bench-' || n, 'bench-' || n, 'https://shop.example/', 'https://shop.example/', 'per_' || n, 'cmp_' || (n % ${campaigns}), 'bench'
      from generate_series(1, ${creators}) n`);
    await run(
      `do $$ begin for m in 0..12 loop perform ensure_click_month((date '2025-06-01' + make_interval(months => m))::date); end loop; end $$`,
    );
    await run(`create function pg_temp.time_of(n bigint) returns timestamptz language sql immutable as $$
      select timestamptz '2025-06-02 00:00+00' + (${days * 86_400 - 60_000}::float8 * n / ${of.clicks}) * interval '1 second' $$`);
    await run(`create function pg_temp.click_of(n bigint) returns text language sql immutable as $$
      select translate(encode(int2send(((pg_temp.time_of(n) at time zone 'UTC')::date - date '1970-01-01')::int2) || decode(substr(md5(n::text) || md5('x' || n), 1, 44), 'hex'), 'base64'), '+/', '-_') $$`);
    // A creator's audience is skewed: few creators have most clicks.
    await run(`create function pg_temp.link_of(n bigint) returns int language sql immutable as $$
      select (1 + floor(${creators} * power((hashint8(n + 7) & 1048575) / 1048576.0, 2)))::int $$`);
    const indexed = await takeIndexes(client, 'click');
    await run(`
      insert into click (workspace_id, day, click_id, link_id, clicked_at, counted, is_first, drop_reason, visitor_hash, country, device, browser, channel)
      select :ws, (at at time zone 'UTC')::date, pg_temp.click_of(n), 'lnk_' || pg_temp.link_of(n), at, h % 10 <> 0, h % 10 > 1,
        case when h % 10 = 0 then (array['bot', 'duplicate', 'preview'])[1 + h % 3] end, decode(md5('v' || n), 'hex'),
        (array['IE', 'GB', 'DE', 'FR', 'US', 'CA', 'ES', 'IT', 'NL', 'AU', 'IN', 'BR'])[1 + floor(12 * power((h % 997) / 997.0, 2))::int],
        (array['mobile', 'mobile', 'mobile', 'desktop', 'tablet'])[1 + h % 5], 'Safari',
        (array['Organic Social', 'Organic Social', 'Organic Video', 'Direct', 'Referral', 'Email', 'Affiliates'])[1 + h % 7]
      from (select n, pg_temp.time_of(n) as at, hashint8(n * 31) & 1048575 as h from generate_series(1::bigint, ${of.clicks}) n) c`);
    for (const statement of indexed) await client.query(statement);
    await run(`
      insert into click_daily (workspace_id, link_id, day, clicks, visitors, dropped)
      select workspace_id, link_id, (clicked_at at time zone 'UTC')::date, count(*) filter (where counted), count(*) filter (where counted and is_first),
        count(*) filter (where not counted) from click where workspace_id = :ws group by 1, 2, 3`);
    await run(`
      insert into conversion (workspace_id, id, source_id, external_id, ordered_at, amount_minor, refunded_minor, currency, state)
      select :ws, 'cnv_' || lpad(n::text, 9, '0'), 'src_bench', n::text, pg_temp.time_of(n * ${clicksPerOrder}) + interval '1 hour', 1000 + (hashint8(n) & 8191),
        case when n % 20 = 0 then 500 else 0 end, 'EUR', case when n % 50 = 0 then 'cancelled' else 'paid' end from generate_series(1::bigint, ${of.orders}) n`);
    await run(`
      insert into credit (workspace_id, conversion_id, model, campaign_id, person_id, click_id, rule, reason, window_days, touched_at, gross_minor, credited_minor, is_counted,
        currency, ordered_at)
      select :ws, c.id, 'paid', 'cmp_' || (pg_temp.link_of(n) % ${campaigns}), 'per_' || pg_temp.link_of(n), case when n % 400 <> 0 then pg_temp.click_of(n) end,
        case when n % 400 = 0 then 'code' else 'link' end, 'Last click within 30 days: an hour before the order; no code was used.', 30, pg_temp.time_of(n), c.amount_minor,
        case when c.state = 'paid' then c.amount_minor - c.refunded_minor else 0 end, c.state = 'paid', 'EUR', c.ordered_at
      from (select *, external_id::bigint * ${clicksPerOrder} as n from conversion where workspace_id = :ws) c`);
    await run('vacuum analyze click, conversion, credit, link, person, campaign');
  } finally {
    await client.end();
  }
}
