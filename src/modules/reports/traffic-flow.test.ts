import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { creditSumRows, sumCredit } from '#modules/attribution/index.ts';
import { buildStaleSums } from '#modules/tracking/index.ts';
import { type CampaignRows, campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { getTrafficFlow } from './api.ts';
import { orderRate, wholeWeeks } from './rules/build-traffic.ts';

let core: TestCore;
let rows: CampaignRows;
let workspaceId: string;

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date('2026-05-20T12:00:00Z') } });
  // What works by itself in the background would sum while it is compared.
  await core.core.infra.jobs.stop();
  workspaceId = await core.database.createWorkspace('flow');
  await core.database.createWorkspace('other');
  rows = campaignRows(core.database, workspaceId);
  await rows.campaign({ id: 'cmp_1', name: 'One' });
  await rows.campaign({ id: 'cmp_2', name: 'Two' });
  await rows.person({ id: 'per_a', name: 'Ann', handle: 'ann' });
  await rows.person({ id: 'per_b', name: 'Bo', handle: 'bo' });
  await rows.enrolment({ id: 'enr_a', campaignId: 'cmp_1', personId: 'per_a' });
  await rows.link({ id: 'lnk_a', campaignId: 'cmp_1', enrolmentId: 'enr_a', personId: 'per_a' });
  await rows.link({ id: 'lnk_b', campaignId: 'cmp_2', personId: 'per_b' });
  await rows.orderSource('src_1');
  for (let at = 0; at < 130; at += 1)
    await rows.click({
      linkId: at % 2 === 0 ? 'lnk_a' : 'lnk_b',
      at: new Date(Date.parse('2026-04-30T06:00:00Z') + at * 3 * 3_600_000).toISOString(),
      counted: at % 5 !== 0,
      dropReason: at % 5 === 0 ? 'bot' : null,
    });
  await buildStaleSums(core.core.infra);
});
afterAll(() => core.close());

// As reports summed credit before there were sums: from the orders themselves.
const before = sql`
  select coalesce(k.campaign_id, '') as campaign_id, (c.ordered_at at time zone 'UTC')::date as day, c.currency,
    count(*) filter (where k.place = 0 and c.state = 'paid' and not (c.amount_minor > 0 and c.refunded_minor >= c.amount_minor)) as orders,
    count(*) filter (where k.place = 0 and c.state = 'cancelled') as cancelled,
    sum(k.gross_minor)::bigint as gross_minor, coalesce(sum(k.credited_minor) filter (where c.state <> 'cancelled'), 0)::bigint as net_minor
  from credit k join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id
  where k.model = 'paid' and k.workspace_id = `;

async function compareSums(): Promise<void> {
  const { expected, found } = await core.database.db.inWorkspace(workspaceId, async (tx) => ({
    expected: (await sql`${before}${workspaceId} group by 1, 2, 3 order by 1, 2, 3`.execute(tx)).rows,
    found: (
      await sql`
        select campaign_id, day, currency, sum(orders)::bigint as orders, sum(cancelled)::bigint as cancelled, sum(gross_minor)::bigint as gross_minor,
          sum(net_minor)::bigint as net_minor
        from (${creditSumRows({ workspaceId, timeZone: 'UTC' })}) s group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
    ).rows,
  }));
  expect(found).toEqual(expected);
}

const anOrder = fc.record({
  day: fc.integer({ min: 1, max: 19 }),
  amount: fc.integer({ min: 1, max: 9_000 }),
  refunded: fc.constantFrom(0, 0, 0.5, 1),
  isCancelled: fc.constantFrom(false, false, true),
  owner: fc.constantFrom('a', 'b', null),
  currency: fc.constantFrom('USD', 'USD', 'JPY'),
});

it('orders by campaign, day and currency are what the orders themselves say: before they are summed, after, and while some days are due', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anOrder, { minLength: 1, maxLength: 12 }), async (orders) => {
      for (const order of orders) {
        const amountMinor = BigInt(order.amount);
        const ids = {
          a: { campaignId: 'cmp_1', enrolmentId: 'enr_a', personId: 'per_a' },
          b: { campaignId: 'cmp_2', personId: 'per_b' },
        };
        await rows.order({
          sourceId: 'src_1',
          orderedAt: `2026-05-${String(order.day).padStart(2, '0')}T23:30:00Z`,
          amountMinor,
          refundedMinor: order.isCancelled ? 0n : BigInt(Math.floor(order.amount * order.refunded)),
          currency: order.currency,
          ...(order.isCancelled && { state: 'cancelled' }),
          ...(order.owner === null ? { rule: 'none' as const } : ids[order.owner]),
        });
      }
      // Written without attribution, which makes days due by itself.
      await core.database.db.asSystem((tx) =>
        sql`insert into credit_day_due (workspace_id, id, day) select ${workspaceId}, gen_random_uuid()::text, d
          from unnest(${orders.map((order) => `2026-05-${String(order.day).padStart(2, '0')}`)}::date[]) d`.execute(tx),
      );
      await compareSums();
      await sumCredit(core.core.infra);
      await compareSums();
    }),
    { numRuns: 6 },
  );
  const { rows: left } = await core.database.db.asSystem((tx) => sql`select from credit_day_due`.execute(tx));
  expect(left).toEqual([]);
});

it('the way from click to money adds up, over weeks and over the days at their ends, for the workspace, a campaign and a creator', async () => {
  const client = core.client('flow');
  const whole = await client.call(getTrafficFlow, { from: '2026-04-01', to: '2026-05-20' });
  expect(whole.totals).toMatchObject({ clicks: 104, dropped: 26 });
  const sum = (list: readonly { clicks: number }[]) => list.reduce((total, row) => total + row.clicks, 0);
  for (const list of [whole.days, whole.channels, whole.countries, whole.devices, whole.campaigns, whole.creators])
    expect(sum(list)).toBe(104);
  expect(whole.reasons).toEqual([{ value: 'bot', dropped: 26 }]);
  const ofCampaign = await client.call(getTrafficFlow, { from: '2026-04-01', to: '2026-05-20', campaignId: 'cmp_1' });
  const ofCreator = await client.call(getTrafficFlow, { from: '2026-04-01', to: '2026-05-20', personId: 'per_a' });
  expect(ofCreator.totals).toEqual(ofCampaign.totals);
  expect(ofCreator.days).toEqual(ofCampaign.days);
  const net = (flow: typeof whole) => BigInt(flow.totals.net.amountMinor);
  const two = await client.call(getTrafficFlow, { from: '2026-04-01', to: '2026-05-20', campaignId: 'cmp_2' });
  expect(net(ofCampaign) + net(two)).toBe(net(whole));
  expect((await core.client('other').call(getTrafficFlow, {})).totals).toMatchObject({ clicks: 0, orders: 0 });
});

it('a rate with few visitors says that there is not enough data, and a span turned round is refused', async () => {
  const interval = () => ({ low: 0, high: 1 });
  expect(orderRate(3, 99, interval)).toMatchObject({
    value: null,
    reason: 'Not enough data: 99 of at least 100 visitors',
  });
  expect(orderRate(3, 100, interval)).toMatchObject({ value: 0.03, reason: null });
  await expect(
    core.client('flow').call(getTrafficFlow, { from: '2026-05-02', to: '2026-05-01' }),
  ).rejects.toMatchObject({
    code: 'reports.bad_span',
  });
});

it('whole weeks lie within their span', () => {
  expect(wholeWeeks({ from: '2026-06-01', to: '2026-06-07' })).toEqual({ first: '2026-06-01', last: '2026-06-01' });
  expect(wholeWeeks({ from: '2026-06-02', to: '2026-06-13' })).toBeNull();
  expect(wholeWeeks({ from: '2026-05-30', to: '2026-06-16' })).toEqual({ first: '2026-06-01', last: '2026-06-08' });
});
