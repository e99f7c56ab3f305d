import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignRows, campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import { type CampaignReport, exportCampaignCsv, exportCampaignPdf, getCampaignReport, getOverview } from './api.ts';

const hostile = ['=cmd|calc!A0', '#eval("1+1") ] $x$ *b* \\', '名前 🐢 ي'] as const;
let core: TestCore;
let rows: CampaignRows;
let workspaceId: string;
let golden: CampaignReport;

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date('2026-05-20T12:00:00Z') } });
  workspaceId = await core.database.createWorkspace('golden');
  rows = campaignRows(core.database, workspaceId);
  await core.database.createWorkspace('other');
  await goldenCampaign(rows);
  golden = await core.client('golden').call(getCampaignReport, { campaignId: 'cmp_gold' });
});
afterAll(() => core.close());

/** Two creators, a link of the campaign itself, refunds, a cancellation, a second currency and half-entered results: summed by hand below. */
async function goldenCampaign(of: CampaignRows): Promise<void> {
  const campaignId = 'cmp_gold';
  await of.campaign({ id: campaignId, name: '#Gold "] ', budgetMinor: 80_000n });
  await of.person({ id: 'per_a', name: hostile[0], handle: 'a.one' });
  await of.person({ id: 'per_b', name: hostile[1], handle: '+b' });
  await of.person({ id: 'per_c', name: hostile[2], handle: 'c' });
  await of.enrolment({ id: 'enr_a', campaignId, personId: 'per_a', feeMinor: 30_000n, productCostMinor: 2_000n });
  await of.enrolment({
    id: 'enr_b',
    campaignId,
    personId: 'per_b',
    stage: 'making',
    feeMinor: 20_000n,
    feePaidOn: '2026-05-03',
  });
  await of.enrolment({ id: 'enr_c', campaignId, personId: 'per_c', stage: 'short', feeMinor: 99_999n });
  await of.cost({ campaignId, amountMinor: 500n, enrolmentId: 'enr_a' });
  await of.cost({ campaignId, amountMinor: 5_000n, state: 'committed' });
  await of.link({ id: 'lnk_a', campaignId, enrolmentId: 'enr_a', personId: 'per_a' });
  await of.link({ id: 'lnk_b', campaignId, enrolmentId: 'enr_b', personId: 'per_b' });
  await of.link({ id: 'lnk_c', campaignId });
  await of.code({ code: 'NELL10', campaignId, enrolmentId: 'enr_a' });
  await of.clicksOfDay({ linkId: 'lnk_a', day: '2026-05-05', clicks: 100n, dropped: 7n });
  await of.clicksOfDay({ linkId: 'lnk_a', day: '2026-05-06', clicks: 50n, visitors: 45n });
  await of.clicksOfDay({ linkId: 'lnk_b', day: '2026-05-06', clicks: 40n });
  await of.clicksOfDay({ linkId: 'lnk_c', day: '2026-05-06', clicks: 10n });
  await of.orderSource('src_1');
  const order = { sourceId: 'src_1', campaignId, orderedAt: '2026-05-07T10:00:00Z' };
  const a = { ...order, enrolmentId: 'enr_a', personId: 'per_a' };
  for (let at = 0; at < 22; at += 1) await of.order({ ...a, amountMinor: 1_000n, rule: 'code' });
  for (let at = 0; at < 3; at += 1) await of.order({ ...a, amountMinor: 5_000n });
  await of.order({ ...a, amountMinor: 4_000n, refundedMinor: 1_000n, rule: 'code' });
  await of.order({ ...a, amountMinor: 9_000n, state: 'cancelled' });
  await of.order({ ...a, amountMinor: 2_000n, refundedMinor: 2_000n, rule: 'code' });
  const b = { ...order, enrolmentId: 'enr_b', personId: 'per_b', orderedAt: '2026-05-08T10:00:00Z' };
  for (let at = 0; at < 4; at += 1) await of.order({ ...b, amountMinor: 2_500n });
  await of.order({ ...b, amountMinor: 3_000n, currency: 'USD' });
  await of.order({ ...order, amountMinor: 1_500n });
  await of.deliverable({ id: 'dlv_1', enrolmentId: 'enr_a', liveAt: '2026-05-05T09:00:00Z' });
  await of.deliverable({ id: 'dlv_2', enrolmentId: 'enr_b', liveAt: '2026-05-06T09:00:00Z' });
  await of.deliverable({ id: 'dlv_3', enrolmentId: 'enr_b', state: 'planned' });
  await of.deliverable({ id: 'dlv_4', enrolmentId: 'enr_a', state: 'cancelled' });
  const first = { deliverableId: 'dlv_1' };
  await of.result({ ...first, metric: 'reach', value: 9_000n, observedAt: '2026-05-09T09:00:00Z' });
  await of.result({ ...first, metric: 'reach', value: 10_000n });
  await of.result({ ...first, metric: 'reach', value: 50_000n, isEstimate: true, observedAt: '2026-05-13T09:00:00Z' });
  await of.result({ ...first, metric: 'impressions', value: 12_000n });
  await of.result({ ...first, metric: 'likes', value: 400n });
  await of.result({ ...first, metric: 'comments', value: 50n });
  await of.result({ ...first, metric: 'saves', value: 50n });
  await of.result({ deliverableId: 'dlv_2', metric: 'reach', value: 8_000n, isEstimate: true });
  await of.result({ deliverableId: 'dlv_2', metric: 'likes', value: 300n });
  await of.result({ deliverableId: 'dlv_2', metric: 'comments', value: 20n });
  await of.goal({ campaignId, metric: 'orders', family: 'sales', target: '100', isMain: true });
  await of.goal({ campaignId, metric: 'revenue', family: 'sales', target: '50000' });
  await of.goal({ campaignId, metric: 'cpa', family: 'sales', target: '2000' });
  await of.goal({ campaignId, metric: 'reach', family: 'awareness', target: '20000' });
  await of.goal({
    campaignId,
    metric: 'clicks',
    family: 'traffic',
    target: '120',
    startsOn: '2026-05-06',
    dueOn: '2026-05-06',
  });
  await of.goal({ campaignId, metric: 'views', family: 'awareness', target: '5000' });
}

const eur = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency: 'EUR' });

test('costs are what is committed, due or paid; a fee that is only proposed is none', () => {
  const { cost } = golden;
  expect(cost.total.value).toEqual(eur(57_500));
  expect([cost.fees, cost.goods, cost.other]).toEqual([eur(50_000), eur(2_000), eur(5_500)]);
  expect([cost.committed, cost.due, cost.paid]).toEqual([eur(5_000), eur(30_000), eur(22_500)]);
  expect(cost.total.bound).toBe('exact');
});

test('revenue is net of refunds and cancelled orders, and another currency stands apart', () => {
  const { sales } = golden;
  expect(sales.revenue.value).toEqual(eur(51_500));
  expect(sales.revenue.bound).toBe('at_least');
  expect([sales.gross, sales.cancelled, sales.refunded]).toEqual([eur(63_500), eur(9_000), eur(3_000)]);
  expect(sales.orders.value).toBe(32);
  expect([sales.ordersByCode, sales.ordersByLink, sales.cancelledOrders, sales.refundedOrders]).toEqual([23, 9, 1, 1]);
  expect(sales.otherCurrencies).toEqual([
    {
      orders: 1,
      revenue: { amountMinor: '3000', currency: 'USD' },
      reason: expect.stringContaining('another currency'),
    },
  ]);
  // The workspace counts in dollars. No rate is known: the sum in them lacks the other orders, and says so.
  expect(sales.revenueRated).toMatchObject({
    value: { amountMinor: '3000', currency: 'USD' },
    bound: 'at_least',
    note: '31 orders without a rate not added',
    source: 'no rate is known',
  });
  expect(sales.held).toEqual([]);
});

test('returns and unit costs are exact quotients, and say when they are a bound', () => {
  const { returns } = golden;
  expect(returns.roas.value).toBe(0.895652);
  expect(returns.roas.bound).toBe('at_least');
  expect(returns.roi.value).toBe(-0.104348);
  expect(returns.cpa.value).toEqual(eur(1_797));
  expect(returns.cpc.value).toEqual(eur(288));
  expect(returns.cpe.value).toEqual(eur(70));
  expect(returns.cpm).toMatchObject({ value: eur(4_792), bound: 'at_most' });
  const interval = returns.roas.interval;
  expect(interval?.level).toBe(0.8);
  expect(interval?.low).toBeLessThan(0.8957);
  expect(interval?.high).toBeGreaterThan(0.8957);
});

test('half-entered results: measured and estimated stay apart, and a sum says of how many posts it is', () => {
  const { reach, engagements, engagementRate, views } = golden.content;
  expect(reach).toMatchObject({
    value: 10_000,
    bound: 'at_least',
    known: 1,
    live: 2,
    estimated: { value: 8_000, known: 1 },
  });
  expect(reach.estimateShare).toBeCloseTo(8 / 18, 10);
  expect(engagements).toMatchObject({ value: 820, bound: 'exact', known: 2, live: 2 });
  expect(engagementRate).toMatchObject({ value: 0.05, n: '1 of 2 live deliverables' });
  expect(views).toMatchObject({ value: null, reason: 'no result was entered for the 2 live deliverables' });
});

test('of the figures in a sum it is said how many were typed from a screenshot, and none of those stands before a measured one', async () => {
  const campaignId = 'cmp_typed';
  await rows.campaign({ id: campaignId });
  await rows.person({ id: 'per_typed', name: 'Typed' });
  await rows.enrolment({ id: 'enr_typed', campaignId, personId: 'per_typed' });
  for (const id of ['dlv_t1', 'dlv_t2', 'dlv_t3'])
    await rows.deliverable({ id, enrolmentId: 'enr_typed', liveAt: '2026-05-05T09:00:00Z' });
  const typed = { typedBy: 'Ann Oat', observedAt: '2026-05-14T09:00:00Z' };
  await rows.result({ deliverableId: 'dlv_t1', metric: 'reach', value: 1_000n });
  await rows.result({ deliverableId: 'dlv_t1', metric: 'reach', value: 9_000n, ...typed });
  await rows.result({ deliverableId: 'dlv_t2', metric: 'reach', value: 500n, ...typed });
  await rows.result({ deliverableId: 'dlv_t1', metric: 'engagements', value: 100n });
  await rows.result({ deliverableId: 'dlv_t2', metric: 'engagements', value: 50n });
  const { content, deliverables } = await core.client('golden').call(getCampaignReport, { campaignId });
  const words = '2 of 3 live deliverables, 1 of them typed from a screenshot';
  expect(content.reach).toMatchObject({ value: 1_500, known: 2, typed: 1, n: words, note: `known for ${words}` });
  expect(content.engagements).toMatchObject({ value: 150, known: 2, typed: 0, n: '2 of 3 live deliverables' });
  expect(content.engagementRate).toMatchObject({ value: 0.1, n: words });
  expect(deliverables.map((one) => one.reach?.isTyped ?? null)).toEqual([false, true, null]);
});

test('goals count only their own days and stand as the pace says', () => {
  const stands = Object.fromEntries(golden.goals.map((goal) => [goal.metric, [goal.actual, goal.status]]));
  expect(stands).toEqual({
    orders: [32, 'behind'],
    revenue: [eur(51_500), 'met'],
    cpa: [eur(1_797), 'on_pace'],
    reach: [10_000, 'behind'],
    clicks: [100, 'missed'],
    views: [null, 'not_measured'],
  });
  expect(golden.goals[0]).toMatchObject({ metric: 'orders', expectedToday: 64, daysLeft: 11 });
});

test('the rows per creator and the row of nobody sum to the campaign', () => {
  const all = [...golden.creators, ...(golden.unassigned === null ? [] : [golden.unassigned])];
  const money = (pick: (row: (typeof all)[number]) => { value: { amountMinor: string } | null }) =>
    String(all.reduce((sum, row) => sum + BigInt(pick(row).value?.amountMinor ?? '0'), 0n));
  expect(money((row) => row.cost)).toBe(golden.cost.total.value?.amountMinor);
  expect(money((row) => row.revenue)).toBe(golden.sales.revenue.value?.amountMinor);
  expect(all.reduce((sum, row) => sum + (row.orders.value ?? 0), 0)).toBe(golden.sales.orders.value);
  expect(all.reduce((sum, row) => sum + (row.clicks.value ?? 0), 0)).toBe(golden.traffic.clicks.value);
  expect(golden.creators.map((row) => [row.person?.id, row.cost.value, row.revenue.value, row.why])).toEqual([
    ['per_a', eur(32_500), eur(40_000), '23 by code, 3 by link; 1 cancelled; 1 refunded in full'],
    ['per_b', eur(20_000), eur(10_000), '5 by link; 1 order of $\u00a030.00 apart, no rate'],
  ]);
  expect(golden.considering).toBe(1);
});

test('a creator has an interval from 20 orders on, and otherwise the reason why not', () => {
  const [a, b] = golden.creators;
  expect(a?.roas.interval).not.toBeNull();
  expect(b?.roas).toMatchObject({ interval: null, intervalReason: 'not enough data: 4 of at least 20 orders' });
});

test('days run from the start to today, and hold the same sums', () => {
  expect(golden.days.map((day) => day.day).slice(0, 2)).toEqual(['2026-05-01', '2026-05-02']);
  expect(golden.days.at(-1)?.day).toBe('2026-05-20');
  expect(golden.days.reduce((sum, day) => sum + (day.clicks ?? 0), 0)).toBe(200);
  expect(golden.days.reduce((sum, day) => sum + BigInt(day.revenue?.amountMinor ?? '0'), 0n)).toBe(51_500n);
  expect(golden.days.find((day) => day.day === '2026-05-02')).toMatchObject({ clicks: 0, orders: 0, revenue: eur(0) });
});

test('the first sentence says spent, earned, return and interval', () => {
  expect(golden.answer.text).toMatch(
    /^Spent €\u00a0575, earned €\u00a0515: return at least 0\.90, interval \d\.\d+ to \d\.\d+\.$/,
  );
  expect(golden.answer.remarks).toContain('One creator cost more than the orders they brought.');
});

test('the same rows give the same report, interval included', async () => {
  expect(await core.client('golden').call(getCampaignReport, { campaignId: 'cmp_gold' })).toEqual(golden);
});

test('an empty campaign knows nothing instead of saying 0', async () => {
  const client = core.client('other');
  const other = campaignRows(core.database, (await workspaceOf('other')) ?? '');
  await other.campaign({ id: 'cmp_empty', state: 'draft' });
  const report = await client.call(getCampaignReport, { campaignId: 'cmp_empty' });
  expect(report.traffic.clicks).toMatchObject({ value: null, reason: expect.stringContaining('no link') });
  expect(report.sales.orders).toMatchObject({ value: null, reason: expect.stringContaining('no order has reached') });
  expect(report.cost.total.value).toBeNull();
  expect(report.returns.roas.value).toBeNull();
  expect(report.answer.text).toContain('not known yet');
  await other.link({ id: 'lnk_empty', campaignId: 'cmp_empty' });
  const linked = await client.call(getCampaignReport, { campaignId: 'cmp_empty' });
  expect(linked.traffic.clicks.value).toBe(0);
});

test("another workspace's campaign cannot be told from one that is not there", async () => {
  const failure = (campaignId: string) =>
    core
      .client('other')
      .call(getCampaignReport, { campaignId })
      .catch((error: unknown) =>
        JSON.stringify(
          error,
          Object.getOwnPropertyNames(error).filter((name) => name !== 'stack'),
        ),
      );
  expect(await failure('cmp_gold')).toBe(await failure('cmp_none'));
  for (const endpoint of [exportCampaignCsv, exportCampaignPdf]) {
    await expect(core.client('other').open(endpoint, { campaignId: 'cmp_gold' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  }
});

test('the overview repeats the figures of the reports, and adds no two currencies', async () => {
  await rows.campaign({ id: 'cmp_usd', currency: 'USD', startsOn: '2026-03-01', endsOn: '2026-03-31', state: 'ended' });
  await rows.cost({ campaignId: 'cmp_usd', amountMinor: 1_234n });
  const overview = await core.client('golden').call(getOverview, {});
  const gold = overview.rows.find((row) => row.campaign.id === 'cmp_gold');
  expect(gold?.cost.value).toEqual(golden.cost.total.value);
  expect(gold?.roas.interval).toEqual(golden.returns.roas.interval);
  expect(overview.totals.map((total) => [total.currency, total.spent.value?.amountMinor])).toEqual([
    ['EUR', '57500'],
    ['USD', '1234'],
  ]);
  expect(overview.medianReturn).toMatchObject({ value: null, reason: expect.stringContaining('not enough data') });
  const march = await core.client('golden').call(getOverview, { from: '2026-03-10', to: '2026-04-01' });
  expect(march.rows.map((row) => row.campaign.id)).toEqual(['cmp_usd']);
  await expect(core.client('golden').call(getOverview, { from: '2026-04-01', to: '2026-03-01' })).rejects.toMatchObject(
    {
      code: 'reports.bad_span',
      details: [{ field: 'to' }],
    },
  );
});

test('the CSV holds a row per creator with units in its heads, and a name that is a formula is only a name', async () => {
  const text = await (await core.client('golden').open(exportCampaignCsv, { campaignId: 'cmp_gold' })).text();
  const cells: string[][] = parse(text, { bom: true });
  expect(cells[0]).toContain('Cost, EUR');
  expect(cells[1]?.slice(0, 2)).toEqual([`'${hostile[0]}`, 'a.one']);
  expect(cells[1]?.[6]).toBe('325.00');
  expect(cells[2]?.[1]).toBe("'+b");
  expect(cells.at(-1)?.slice(0, 1)).toEqual(['Whole campaign']);
  expect(cells.at(-1)?.[11]).toBe('515.00');
});

test('the PDF is tagged, quick once warm, and sets hostile names as they are written', async () => {
  const open = async () =>
    (await core.client('golden').open(exportCampaignPdf, { campaignId: 'cmp_gold' })).arrayBuffer();
  await open();
  const startedMs = performance.now();
  const pdf = Buffer.from(await open());
  expect(performance.now() - startedMs).toBeLessThan(1000);
  const { objects, words } = readPdf(pdf);
  expect(objects).toContain('/StructTreeRoot');
  expect(objects).toContain('pdfuaid');
  expect(words).toContain('#eval("1+1") ] $x$ *b* \\');
  expect(words).toContain('=cmd|calc!A0');
  expect(words).toContain('return at least 0.90');
  expect(words).toContain('Belongs to no creator');
});

test('a name in a script that no font can draw does not keep the PDF from being set', async () => {
  await rows.campaign({ id: 'cmp_script', name: hostile[2] });
  await rows.enrolment({ id: 'enr_script', campaignId: 'cmp_script', personId: 'per_c', feeMinor: 1n });
  const answer = await core.client('golden').open(exportCampaignPdf, { campaignId: 'cmp_script' });
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('名前'));
  const { objects, words } = readPdf(Buffer.from(await answer.arrayBuffer()));
  expect(objects).toContain('/StructTreeRoot');
  expect(words).toContain('Whole campaign');
});

async function workspaceOf(slug: string): Promise<string | undefined> {
  const row = await core.database.db.asSystem((tx) =>
    tx.selectFrom('workspace').select('id').where('slug', '=', slug).executeTakeFirst(),
  );
  return row?.id;
}

// Last, since it changes what the others read.
test('with rates all revenue has a sum in the workspace’s currency that says their days and sources, and held credit stands apart', async () => {
  await core.database.db.inWorkspace(workspaceId, async (tx) => {
    await sql`
      update conversion set rate = 1.1, rate_currency = 'USD', rate_day = '2026-05-07', rate_source = 'ECB file'
      where workspace_id = ${workspaceId} and currency = 'EUR'`.execute(tx);
    await sql`
      insert into fraud_order (workspace_id, conversion_id, person_id, ordered_at, score, findings, state, held_since, policy_version, judged_at)
      select workspace_id, id, null, ordered_at, 90, '[]', 'held', now(), 1, now() from conversion
      where workspace_id = ${workspaceId} and amount_minor = 5000 order by id limit 2
      on conflict (workspace_id, conversion_id) do update set state = 'held'`.execute(tx);
  });
  const { sales } = await core.client('golden').call(getCampaignReport, { campaignId: 'cmp_gold' });
  expect(sales.revenueRated).toMatchObject({
    value: { amountMinor: String(3_000 + 56_650), currency: 'USD' },
    bound: 'exact',
    source: 'rates of 2026-05-07: ECB file',
    n: '32 orders',
  });
  expect(sales.held).toEqual([{ orders: 2, amount: eur(10_000) }]);
});
