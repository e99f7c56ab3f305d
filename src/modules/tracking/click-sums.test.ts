import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayIn } from '#kernel/time.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createClickIds } from './click-id.ts';
import type { ClickRow } from './queries/store-clicks.ts';
import { buildStaleSums, checkClickSums, rebuildClickSums } from './rebuild-click-sums.ts';
import { mondayOf } from './rules/sum-clicks.ts';
import { storeClicks } from './store-clicks.ts';

const ids = createClickIds('the secret of the tests');
const links = ['lnk_1', 'lnk_2', 'lnk_3'] as const;
let core: TestCore;
let workspaceId: string;

beforeAll(async () => {
  core = await openTestCore();
  // What works by itself in the background would sum while it is compared.
  await core.core.infra.jobs.stop();
});
afterAll(() => core.close());

async function aWorkspace(timeZone: string): Promise<void> {
  workspaceId = await core.database.createWorkspace();
  await core.database.db.asSystem(async (tx) => {
    await sql`update workspace set time_zone = ${timeZone} where id = ${workspaceId}`.execute(tx);
    await sql`insert into campaign (workspace_id, id, name, model, state, starts_on, ends_on, currency, created_by)
      values (${workspaceId}, 'cmp_1', 'One', 'sponsored', 'live', '2026-05-01', '2026-06-30', 'EUR', 'test')`.execute(
      tx,
    );
    for (const [at, id] of links.entries())
      await sql`insert into link (workspace_id, id, slug, slug_skeleton, destination, target, campaign_id, created_by)
        values (${workspaceId}, ${`${workspaceId}${id}`}, ${`${workspaceId}${id}`}, ${`${workspaceId}${id}`}, 'https://shop.example/', 'https://shop.example/',
          ${at === 0 ? null : 'cmp_1'}, 'test')`.execute(tx);
  });
}

/** Hits around a change of week, month and clock hour; few visitors, so that they return, also late and out of order. */
const aHit = fc.record({
  link: fc.constantFrom(...links),
  minute: fc.integer({ min: 0, max: 4 * 24 * 60 }),
  visitor: fc.integer({ min: 1, max: 4 }),
  dropReason: fc.constantFrom(null, null, null, 'bot', 'preview'),
  country: fc.constantFrom('IE', 'DE', null),
  device: fc.constantFrom('mobile', 'desktop'),
  channel: fc.constantFrom('Organic Social', 'Direct', 'Email'),
});

function toRow(hit: typeof aHit extends fc.Arbitrary<infer Hit> ? Hit : never, timeZone: string): ClickRow {
  const at = new Date(Date.parse('2026-05-30T18:00:00Z') + hit.minute * 60_000);
  const linkId = `${workspaceId}${hit.link}`;
  return {
    workspaceId,
    linkId,
    clickId: ids.make(linkId, at.getTime()),
    day: at.toISOString().slice(0, 10),
    localDay: dayIn(timeZone, at),
    clickedAt: at,
    dropReason: hit.dropReason,
    visitorHash: createHash('md5').update(`v${hit.visitor}`).digest('hex'),
    country: hit.country,
    device: hit.device,
    browser: 'Safari',
    referrerHost: null,
    os: 'iOS',
    channel: hit.channel,
    isQr: false,
    consent: 'unasked',
    route: null,
  };
}

const clean = [
  expect.objectContaining({ table: 'click_daily', differing: 0 }),
  expect.objectContaining({ table: 'click_weekly', differing: 0 }),
  expect.objectContaining({ table: 'click_facet', differing: 0 }),
  expect.objectContaining({ table: 'click_hour', differing: 0 }),
];

it('sums that moved with the clicks equal, row by row, those made anew from the hits: late, repeated and dropped ones, in any batches and time zone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aHit, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Auckland'),
      async (hits, batch, timeZone) => {
        await aWorkspace(timeZone);
        const rows = hits.map((hit) => toRow(hit, timeZone));
        for (let at = 0; at < rows.length; at += batch) {
          const some = rows.slice(Math.max(0, at - 3), at + batch);
          await core.database.db.asSystem((tx) => storeClicks(tx, some));
        }
        expect(await checkClickSums(core.core.infra, workspaceId)).toEqual(clean);
        expect(await rebuildClickSums(core.core.infra, workspaceId)).toEqual(clean);
        expect(await checkClickSums(core.core.infra, workspaceId)).toEqual(clean);
        const { rows: totals } = await core.database.db.asSystem((tx) =>
          sql<{ facet: string; clicks: number; dropped: number }>`
            select facet, sum(clicks)::int as clicks, sum(dropped)::int as dropped from click_facet
            where workspace_id = ${workspaceId} and campaign_id = '' and facet <> 'reason' group by facet order by facet`.execute(
            tx,
          ),
        );
        const dropped = totals[0]?.dropped ?? 0;
        expect(totals.map(({ clicks }) => clicks + dropped)).toEqual(totals.map(() => rows.length));
      },
    ),
    { numRuns: 12 },
  );
});

it('a difference is told and mended, and a workspace that moved to another time zone gets the days of that one', async () => {
  await aWorkspace('UTC');
  const rows = Array.from({ length: 30 }, (_, at) =>
    toRow(
      {
        link: 'lnk_2',
        minute: at * 190,
        visitor: (at % 4) + 1,
        dropReason: null,
        country: 'IE',
        device: 'mobile',
        channel: 'Direct',
      },
      'UTC',
    ),
  );
  await core.database.db.asSystem((tx) => storeClicks(tx, rows));
  await buildStaleSums(core.core.infra);
  await core.database.db.asSystem((tx) =>
    sql`update click_facet set clicks = clicks + 1 where workspace_id = ${workspaceId} and facet = 'country'`.execute(
      tx,
    ),
  );
  const told = await checkClickSums(core.core.infra, workspaceId);
  expect(told.find((row) => row.table === 'click_facet')?.differing).toBeGreaterThan(0);
  expect(told.find((row) => row.table === 'click_daily')?.differing).toBe(0);
  await rebuildClickSums(core.core.infra, workspaceId);
  expect(await checkClickSums(core.core.infra, workspaceId)).toEqual(clean);

  await core.database.db.asSystem((tx) =>
    sql`update workspace set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`.execute(tx),
  );
  await buildStaleSums(core.core.infra);
  const { rows: days } = await core.database.db.asSystem((tx) =>
    sql<{
      day: string;
      clicks: number;
    }>`select day, clicks::int from click_daily where workspace_id = ${workspaceId} order by day`.execute(tx),
  );
  const expected = Map.groupBy(rows, (row) => dayIn('Asia/Kolkata', row.clickedAt));
  expect(days).toEqual([...expected].map(([day, group]) => ({ day, clicks: group.length })));
});

it('weeks begin on Monday', () => {
  expect(['2026-05-31', '2026-06-01', '2026-06-07', '2026-01-01'].map(mondayOf)).toEqual([
    '2026-05-25',
    '2026-06-01',
    '2026-06-01',
    '2025-12-29',
  ]);
});
