import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveSearch, seeSearchNotices } from '#modules/discovery/api.ts';
import { type CampaignRows, campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { countToday, getLiveDay, getToday, type Today } from './api.ts';
import { checkGoals } from './index.ts';

let core: TestCore;
let rows: CampaignRows;
let today: Today;

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date('2026-05-20T09:45:00Z') } });
  rows = campaignRows(core.database, await core.database.createWorkspace('busy'));
  await core.database.createWorkspace('empty');
  await busyWeek(rows);
  today = await core.client('busy').call(getToday, {});
});
afterAll(() => core.close());

async function busyWeek(of: CampaignRows): Promise<void> {
  await core.database.db.asSystem((tx) =>
    tx.updateTable('workspace').set({ currency: 'EUR' }).where('id', '=', of.workspaceId).execute(),
  );
  const campaignId = 'cmp_slow';
  await of.campaign({ id: campaignId, name: 'Slow Mornings', endsOn: '2026-05-22' });
  await of.campaign({ id: 'cmp_draft', name: 'Not yet', state: 'draft' });
  for (const [id, name] of [
    ['per_nell', 'Nell Thistlewick'],
    ['per_ravi', 'Ravi Copperwhist'],
    ['per_fern', 'Fern Mistlethrop'],
  ] as const) {
    await of.person({ id, name });
  }
  await of.enrolment({ id: 'enr_nell', campaignId, personId: 'per_nell', stage: 'making', feeMinor: 1_000n });
  await of.enrolment({ id: 'enr_ravi', campaignId, personId: 'per_ravi', stage: 'done', feeMinor: 1_000n });
  await of.enrolment({
    id: 'enr_fern',
    campaignId,
    personId: 'per_fern',
    stage: 'short',
    stageSince: '2026-05-10T10:00:00Z',
  });
  await of.deliverable({
    id: 'dlv_draft',
    enrolmentId: 'enr_nell',
    state: 'drafted',
    dueOn: '2026-05-20',
    title: 'Sunday reel',
  });
  await of.deliverable({
    id: 'dlv_late',
    enrolmentId: 'enr_ravi',
    state: 'planned',
    dueOn: '2026-05-18',
    title: 'Two stories',
  });
  await of.deliverable({ id: 'dlv_live', enrolmentId: 'enr_ravi', state: 'live', liveAt: '2026-05-12T09:00:00Z' });
  await of.goal({
    campaignId,
    metric: 'posts_live',
    family: 'content',
    target: '10',
    isMain: true,
    dueOn: '2026-05-22',
  });
  await of.link({ id: 'lnk_p', campaignId, enrolmentId: 'enr_nell', personId: 'per_nell', state: 'paused' });
  await of.link({ id: 'lnk_l', campaignId, enrolmentId: 'enr_ravi', personId: 'per_ravi' });
  await of.click({ linkId: 'lnk_p', at: '2026-05-19T08:00:00Z', counted: false, dropReason: 'paused' });
  await of.click({ linkId: 'lnk_p', at: '2026-05-20T08:00:00Z', counted: false, dropReason: 'paused' });
  for (const at of ['00:05:00', '09:40:00', '09:41:00']) await of.click({ linkId: 'lnk_l', at: `2026-05-20T${at}Z` });
  await of.click({ linkId: 'lnk_l', at: '2026-05-19T23:59:59Z' });
  await of.click({ linkId: 'lnk_l', at: '2026-05-20T09:42:00Z', counted: false, dropReason: 'bot' });
  await of.orderSource('src_1');
  const ravi = { sourceId: 'src_1', campaignId, enrolmentId: 'enr_ravi', personId: 'per_ravi' };
  for (const day of ['2026-05-01', '2026-05-08'])
    await of.order({ ...ravi, orderedAt: `${day}T10:00:00Z`, amountMinor: 4_000n });
  await of.order({ ...ravi, orderedAt: '2026-05-20T09:31:00Z', amountMinor: 6_000n });
  await of.order({ ...ravi, orderedAt: '2026-05-20T09:17:00Z', amountMinor: 9_000n, state: 'cancelled' });
  await of.order({
    sourceId: 'src_1',
    orderedAt: '2026-05-20T08:00:00Z',
    amountMinor: 2_500n,
    rule: 'none',
    codes: ['SUMMER15'],
  });
  await core.database.db.asSystem(async (tx) => {
    const workspace_id = of.workspaceId;
    const report = {
      workspace_id,
      profile_id: 'prf_per_ravi',
      person_id: 'per_ravi',
      rules_version: '1',
      report: '{}',
      result_hash: 'x',
      checked_at: '2099-01-01',
      is_main: true,
    };
    await tx
      .insertInto('vetting_report')
      .values([
        { ...report, id: 'vet_1', verdict: 'pass', computed_at: '2098-01-01' },
        { ...report, id: 'vet_2', verdict: 'reject', computed_at: '2099-01-01' },
      ])
      .execute();
    await tx
      .insertInto('import_run')
      .values({
        workspace_id,
        id: 'imp_1',
        file_name: 'may.csv',
        platform: 'instagram',
        state: 'done',
        created_by: 'x',
        created_by_name: 'x',
        finished_at: '2026-05-19T10:00:00Z',
      })
      .execute();
    await tx
      .insertInto('import_error')
      .values(
        [1, 2].map((row) => ({
          workspace_id,
          import_id: 'imp_1',
          row_number: BigInt(row),
          field: 'handle',
          message: 'empty',
          raw: '{}',
        })),
      )
      .execute();
    const posted = ['2026-03-01', '2026-03-08', '2026-03-13', '2026-03-20', '2026-03-28', '2026-04-20'];
    await tx
      .insertInto('post')
      .values(
        posted.flatMap((day, at) => [
          {
            workspace_id,
            id: `pst_r${at}`,
            profile_id: 'prf_per_ravi',
            external_id: `r${at}`,
            posted_at: `${day}T10:00:00Z`,
            source: 'x',
            observed_at: '2026-05-19T10:00:00Z',
          },
          {
            workspace_id,
            id: `pst_n${at}`,
            profile_id: 'prf_per_nell',
            external_id: `n${at}`,
            posted_at: `${day}T10:00:00Z`,
            source: 'x',
            observed_at: '2026-04-21T10:00:00Z',
          },
        ]),
      )
      .execute();
  });
}

test('what costs most to leave comes first, and each thing has one verb and a page', () => {
  expect(today.needs.map((need) => [need.kind, need.tier, need.title])).toEqual([
    ['paused_link', 'now', '2 visits met a paused link'],
    ['creator_turned', 'now', 'Ravi Copperwhist’s report now says reject'],
    ['deliverable_late', 'late', 'Ravi Copperwhist is late with Two stories'],
    ['creator_waits', 'late', 'Fern Mistlethrop waits for you: long in shortlisted'],
    ['goal_behind', 'today', 'Posts live of Slow Mornings runs far behind its line'],
    ['unknown_code', 'today', '1 order used SUMMER15, a code nobody has'],
    ['draft_waits', 'today', 'Nell Thistlewick’s draft waits for you'],
    ['results_missing', 'soon', 'Slow Mornings ends, 1 post without results'],
    ['import_errors', 'open', '2 rows of may.csv were left out'],
  ]);
  expect(today.title).toBe('Nine things need you, two of them are late');
  expect(today.sub).toMatch(/^Wednesday 20 May\. Posts live of Slow Mornings runs \d+ % behind its line\.$/);
  for (const need of today.needs) expect(need.action.path).toMatch(/^\//);
});

test('what changes about a goal is told once, each morning', async () => {
  const told: string[] = [];
  const seen = async () =>
    (
      await core.database.db.asSystem((tx) =>
        tx
          .selectFrom('outbox')
          .select(['name', 'payload'])
          .where('workspace_id', '=', rows.workspaceId)
          .where('name', 'like', 'goal.%')
          .orderBy('id')
          .execute(),
      )
    ).map((event) => event.name);
  await Promise.all([checkGoals(core.core.infra), checkGoals(core.core.infra)]);
  await checkGoals(core.core.infra);
  told.push(...(await seen()));
  expect(told.length).toBeGreaterThan(0);
  expect(told.every((name) => ['goal.behind', 'goal.met', 'goal.missed', 'goal.on_pace'].includes(name))).toBe(true);
  const goals = today.goals.filter(({ goal }) => goal.status !== 'not_measured' && goal.status !== 'not_started');
  expect(told).toHaveLength(goals.length);
});

test('the rail counts the same things', async () => {
  expect(await core.client('busy').call(countToday, {})).toEqual({ needs: 9, late: 4 });
});

test('the week is held against the own weeks before, and silence against the own longest gap, as far as it was read', () => {
  expect(today.best).toMatchObject([
    {
      person: { id: 'per_ravi' },
      revenue: { amountMinor: '6000', currency: 'EUR' },
      orders: 1,
      change: 0.5,
      before: 2,
    },
  ]);
  expect(today.best[0]?.weeks).toHaveLength(9);
  expect(today.quiet.rows).toMatchObject([{ person: { id: 'per_ravi' }, days: 29, longestGapDays: 23 }]);
  expect(today.quiet).toMatchObject({ active: 2, readable: 1 });
});

test('new matches of saved searches are told to everybody until they looked at them', async () => {
  const client = core.client('empty');
  const search = await client.call(saveSearch, { name: 'Bakers', query: { filters: [] }, alerts: true });
  const workspaceId = (
    await core.database.db.asSystem((tx) =>
      tx.selectFrom('saved_search').select('workspace_id').where('id', '=', search.id).executeTakeFirstOrThrow(),
    )
  ).workspace_id;
  const notices = [
    { id: 'ntc_old', found_at: '2026-04-01T10:00:00Z', creators: 9 },
    { id: 'ntc_1', found_at: '2026-05-18T10:00:00Z', creators: 2 },
    { id: 'ntc_2', found_at: '2026-05-20T08:00:00Z', creators: 3 },
  ].map((notice) => ({ ...notice, workspace_id: workspaceId, search_id: search.id }));
  await core.database.db.asSystem((tx) => tx.insertInto('search_notice').values(notices).execute());
  const needs = async () =>
    (await client.call(getToday, {})).needs.map((need) => [need.kind, need.title, need.action.path]);
  expect(await needs()).toEqual([['new_matches', '5 new creators for “Bakers”', '/discover/new/ntc_2']]);
  await client.call(seeSearchNotices, { noticeIds: ['ntc_2'] });
  expect(await needs()).toEqual([['new_matches', '2 new creators for “Bakers”', '/discover/new/ntc_1']]);
  await client.call(seeSearchNotices, { noticeIds: ['ntc_1'] });
  expect(await needs()).toEqual([]);
});

test('a day so far holds the counted clicks of its own time zone and what became of its orders', async () => {
  const live = await core.client('busy').call(getLiveDay, {});
  expect(live.startedAt).toBe('2026-05-20T00:00:00.000Z');
  expect(live.clicks).toBe(3);
  expect(live.buckets).toHaveLength(59);
  expect([live.buckets[0]?.clicks, live.buckets[58]?.clicks]).toEqual([1, 2]);
  expect(live.orders).toBe(2);
  expect(live.revenue).toEqual([{ amountMinor: '8500', currency: 'EUR' }]);
  expect(live.lastOrders.map((order) => [order.state, order.by])).toEqual([
    ['paid', 'link, Ravi Copperwhist'],
    ['cancelled', 'link, Ravi Copperwhist'],
    ['paid', 'SUMMER15, nobody'],
  ]);
  expect(live.usual).toBeNull();
  await core.database.db.asSystem((tx) =>
    tx.updateTable('workspace').set({ time_zone: 'America/New_York' }).where('id', '=', rows.workspaceId).execute(),
  );
  const west = await core.client('busy').call(getLiveDay, {});
  expect([west.startedAt, west.clicks]).toEqual(['2026-05-20T04:00:00.000Z', 2]);
});

test('another workspace sees nothing of it and is shown its first three steps', async () => {
  const empty = await core.client('empty').call(getToday, {});
  expect(empty).toMatchObject({ title: 'Nothing needs you now', needs: [], goals: [], best: [] });
  expect(empty.quiet).toEqual({ rows: [], active: 0, readable: 0 });
  expect(empty.steps?.map((step) => [step.id, step.isDone])).toEqual([
    ['creators', false],
    ['find', false],
    ['campaign', false],
  ]);
  const live = await core.client('empty').call(getLiveDay, {});
  expect(live).toMatchObject({ isMeasured: false, clicks: 0, lastOrders: [] });
});
