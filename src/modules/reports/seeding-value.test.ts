import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platforms } from '#kernel/platform.ts';
import { cpmBands, interactionSource, interactionValues } from '#modules/vetting/index.ts';
import { campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { getCampaignReport, getSeedingValue } from './api.ts';
import { mediaValues } from './rules/media-value.ts';
import type { ContentInput } from './rules/report-input.ts';

const rates = { perThousand: cpmBands, interactions: interactionValues, interactionSource };
let core: TestCore;
let workspaceId: string;

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date('2026-05-20T12:00:00Z') } });
  workspaceId = await core.database.createWorkspace('gifts');
  const of = campaignRows(core.database, workspaceId);
  const campaignId = 'cmp_gift';
  await of.campaign({ id: campaignId, name: 'Gifts' });
  for (const name of ['a', 'b', 'c']) {
    await of.person({ id: `per_${name}`, name, handle: name });
    await of.enrolment({ id: `enr_${name}`, campaignId, personId: `per_${name}` });
    await of.code({ code: `GIFT${name.toUpperCase()}`, campaignId, enrolmentId: `enr_${name}` });
    await of.deliverable({ id: `dlv_${name}`, enrolmentId: `enr_${name}`, liveAt: '2026-05-05T09:00:00Z' });
    await of.result({ deliverableId: `dlv_${name}`, metric: 'likes', value: 100n });
    await of.result({ deliverableId: `dlv_${name}`, metric: 'comments', value: 10n });
  }
  await of.result({ deliverableId: 'dlv_a', metric: 'impressions', value: 20_000n });
  await of.result({ deliverableId: 'dlv_b', metric: 'impressions', value: 90_000n, isEstimate: true });
  await parcel('a', 'delivered');
  await parcel('b', 'lost');
  await parcel('c', 'packed');
  await of.orderSource('src_1');
  const order = { sourceId: 'src_1', orderedAt: '2026-05-07T10:00:00Z', amountMinor: 1_000n, rule: 'none' as const };
  await of.order({ ...order, codes: ['GIFTA'] });
  await of.order({ ...order, codes: ['GIFTA', 'GIFTB'] });
  await of.order({ ...order, codes: ['GIFTA'], state: 'cancelled' });
  await of.order({ ...order, codes: ['GIFTC'] });
});
afterAll(() => core.close());

async function parcel(name: string, state: string): Promise<void> {
  const at = '2026-05-01T08:00:00Z';
  const own = {
    workspace_id: workspaceId,
    campaign_id: 'cmp_gift',
    enrolment_id: `enr_${name}`,
    person_id: `per_${name}`,
  };
  await core.database.db.asSystem(async (tx) => {
    await tx
      .insertInto('pick')
      .values({
        ...own,
        id: `pck_${name}`,
        state: 'approved',
        is_sent: true,
        created_at: at,
        picked_by: 'creator',
        round: 1,
      })
      .execute();
    await tx
      .insertInto('shipment')
      .values({ ...own, id: `shp_${name}`, pick_id: `pck_${name}`, state, created_at: at, created_by: 'test' })
      .execute();
  });
}

test('code uses and media value count creators to whom something left, and no others', async () => {
  const value = await core.client('gifts').call(getSeedingValue, { campaignId: 'cmp_gift' });
  expect(value.codes).toMatchObject({ given: 2, used: { value: 2 }, orders: { value: 2 } });
  const [impressions, interactions] = value.mediaValue;
  // 20,000 / 1,000 x 5 to 15 dollars: the estimated impressions of the second post are no measurement.
  expect(impressions).toMatchObject({
    low: { amountMinor: '10000', currency: 'USD' },
    high: { amountMinor: '30000', currency: 'USD' },
    posts: 1,
    livePosts: 2,
    year: 2023,
  });
  // Twice 100 x 0.07 + 10 x 3.46 euros.
  expect(interactions).toMatchObject({ low: { amountMinor: '8320', currency: 'EUR' }, posts: 2, livePosts: 2 });
});

test('media value is in no sum of the campaign’s report', async () => {
  const report = await core.client('gifts').call(getCampaignReport, { campaignId: 'cmp_gift' });
  expect(JSON.stringify(report)).not.toMatch(/media value/i);
});

test('a campaign of another workspace is answered as a missing one', async () => {
  await core.database.createWorkspace('stranger');
  const stranger = core.client('stranger');
  await expect(stranger.call(getSeedingValue, { campaignId: 'cmp_gift' })).rejects.toMatchObject({ kind: 'not_found' });
});

const result = fc.option(
  fc.record({
    value: fc.nat(1_000_000),
    isEstimate: fc.boolean(),
    isTyped: fc.boolean(),
    source: fc.constant('x'),
    observedAt: fc.constant('2026-05-01T00:00:00Z'),
  }),
  { nil: undefined },
);
const post = fc
  .record({
    platform: fc.constantFrom(...platforms),
    likes: result,
    comments: result,
    shares: result,
    views: result,
    impressions: result,
  })
  .map(
    ({ platform, ...results }): ContentInput => ({
      id: 'd',
      enrolmentId: 'e',
      platform,
      format: 'post',
      title: '',
      state: 'live',
      liveUrl: null,
      liveAt: null,
      liveDay: null,
      results: Object.fromEntries(
        Object.entries(results).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
      ),
    }),
  );

test('a post with a figure missing or estimated adds nothing, and two heaps of posts add up to within a cent a heap', () => {
  fc.assert(
    fc.property(fc.array(post, { maxLength: 12 }), fc.array(post, { maxLength: 12 }), (one, two) => {
      const sums = [mediaValues(one, rates), mediaValues(two, rates), mediaValues([...one, ...two], rates)];
      for (const at of [0, 1]) {
        const [a, b, all] = sums.map((sum) => sum[at]);
        expect((a?.posts ?? 0) + (b?.posts ?? 0)).toBe(all?.posts);
        const cents = (value: typeof a) => Number(value?.high?.amountMinor ?? 0);
        expect(Math.abs(cents(a) + cents(b) - cents(all))).toBeLessThanOrEqual(2);
        expect(all?.low === null).toBe(all?.posts === 0);
        expect(all?.reason === null).toBe(all?.posts !== 0);
      }
    }),
    { numRuns: 100 },
  );
});
