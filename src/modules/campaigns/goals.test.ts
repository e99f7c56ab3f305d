import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import type { InputOf } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

const now = new Date('2026-05-13T09:00:00Z');
const plan = { name: 'Slow Mornings', model: 'sponsored', startsOn: '2026-04-20', endsOn: '2026-05-30' } as const;

describe('planning a campaign', () => {
  let test: TestCore;
  let client: Client;
  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    client = test.client('mine');
  });
  afterAll(() => test.close());
  const create = (change: Partial<InputOf<typeof api.createCampaign>> = {}) =>
    client.call(api.createCampaign, { ...plan, ...change });
  const faultOf = async (work: Promise<unknown>): Promise<AppError> => {
    const fault: unknown = await work.then(
      () => null,
      (error: unknown) => error,
    );
    if (!(fault instanceof AppError)) throw new Error('Nothing was refused');
    return fault;
  };

  it('gives a campaign the stages of its model and reads it back as it was planned', async () => {
    const made = await create({
      budget: { amountMinor: '840000', currency: 'EUR' },
      goals: [{ text: '500 orders by 30 May' }, { metric: 'reach', target: 600_000, dueOn: '2026-05-30' }],
    });
    expect(made).toMatchObject({
      currency: 'EUR',
      state: 'draft',
      budget: { total: { amountMinor: '840000' }, isOver: false },
    });
    expect(made.stages.map((stage) => stage.name)).toEqual([
      'shortlisted',
      'invited',
      'contract',
      'making',
      'review',
      'live',
    ]);
    expect(made.goals[0]).toMatchObject({
      metric: 'orders',
      target: 500,
      isMain: true,
      expectedToday: 292,
      formula: expect.any(String),
    });
    expect(await client.call(api.getCampaign, { campaignId: made.id })).toEqual(made);
  });

  it('refuses a vague goal with a proposal, names each missing field and plans nothing', async () => {
    const before = (await client.call(api.listCampaigns, {})).rows.length;
    const fault = await faultOf(create({ goals: [{ text: 'more awareness' }] }));
    expect(fault).toMatchObject({ kind: 'invalid', code: 'campaigns.vague_goal' });
    expect(fault.message).toContain('Proposal');
    expect(fault.details.map((detail) => detail.field)).toEqual(['goals.0.metric', 'goals.0.target', 'goals.0.dueOn']);
    expect((await client.call(api.listCampaigns, {})).rows.length).toBe(before);
    const { id } = await create();
    expect(
      (await faultOf(client.call(api.addGoal, { campaignId: id, metric: 'clicks' }))).details.map(
        (detail) => detail.field,
      ),
    ).toEqual(['target', 'dueOn']);
  });

  it.each([
    ['money where things are counted', { metric: 'orders', target: { amountMinor: '100', currency: 'USD' } }, 'target'],
    ['a number where money is meant', { metric: 'revenue', target: 500 }, 'target'],
    ['half an order', { metric: 'orders', target: 10.5 }, 'target'],
    ['nothing', { metric: 'orders', target: 0 }, 'target'],
    ['a share above the whole', { metric: 'engagement_rate', target: 3.4 }, 'target'],
    ['an unknown currency', { metric: 'revenue', target: { amountMinor: '100', currency: 'XXQ' } }, 'target'],
    ['a foreign currency', { metric: 'revenue', target: { amountMinor: '100', currency: 'JPY' } }, 'target'],
    ['a date before the start', { metric: 'orders', target: 10, dueOn: '2026-04-19' }, 'dueOn'],
  ] as const)('refuses a goal of %s and names the field', async (_, goal, field) => {
    const { id } = await create({ currency: 'USD' });
    const fault = await faultOf(client.call(api.addGoal, { campaignId: id, dueOn: '2026-05-30', ...goal }));
    expect(fault.kind).toBe('invalid');
    expect(fault.details[0]?.field).toBe(field);
  });

  it('refuses amounts with more decimals than minor units, unknown currencies and reversed dates, naming the field', async () => {
    expect((await faultOf(create({ budget: { amountMinor: '12.5', currency: 'EUR' } }))).details[0]?.field).toBe(
      'budget.amountMinor',
    );
    expect((await faultOf(create({ budget: { amountMinor: '12', currency: 'XXQ' } }))).details[0]?.field).toBe(
      'currency',
    );
    expect(
      (await faultOf(create({ currency: 'EUR', budget: { amountMinor: '12', currency: 'XXQ' } }))).details[0]?.field,
    ).toBe('budget');
    expect((await faultOf(create({ budget: { amountMinor: '-1', currency: 'EUR' } }))).details[0]?.field).toBe(
      'budget',
    );
    expect((await faultOf(create({ endsOn: '2026-04-19' }))).details[0]?.field).toBe('endsOn');
    expect((await faultOf(create({ startsOn: '0226-04-19' }))).details[0]?.field).toBe('startsOn');
    expect((await faultOf(create({ startsOn: '2026-02-30' }))).details[0]?.field).toBe('startsOn');
  });

  it('has exactly one main goal whatever is added, changed or dropped', async () => {
    const { id } = await create();
    const first = await client.call(api.addGoal, { campaignId: id, metric: 'orders', target: 10, dueOn: '2026-05-30' });
    const second = await client.call(api.addGoal, {
      campaignId: id,
      metric: 'reach',
      target: 10,
      dueOn: '2026-05-30',
      isMain: true,
    });
    const mains = async () =>
      (await client.call(api.getCampaign, { campaignId: id })).goals
        .filter((goal) => goal.isMain)
        .map((goal) => goal.id);
    expect(first.isMain).toBe(true);
    expect(await mains()).toEqual([second.id]);
    await Promise.all(
      [first, second].map((goal) => client.call(api.updateGoal, { campaignId: id, goalId: goal.id, isMain: true })),
    );
    expect(await mains()).toHaveLength(1);
    const [main = ''] = await mains();
    await client.call(api.removeGoal, { campaignId: id, goalId: main });
    expect(await mains()).toHaveLength(1);
  });

  it('refuses a second goal for one metric and day, and keeps shares and money exact', async () => {
    const { id } = await create({ currency: 'EUR' });
    await client.call(api.addGoal, {
      campaignId: id,
      metric: 'engagement_rate',
      target: 0.034,
      baseline: 0.021,
      dueOn: '2026-05-30',
    });
    await client.call(api.addGoal, {
      campaignId: id,
      metric: 'revenue',
      target: { amountMinor: '1234567', currency: 'EUR' },
      dueOn: '2026-05-30',
    });
    const { goals } = await client.call(api.getCampaign, { campaignId: id });
    expect(goals.map((goal) => [goal.target, goal.baseline])).toEqual([
      [0.034, 0.021],
      [{ amountMinor: '1234567', currency: 'EUR' }, null],
    ]);
    expect(goals[0]?.expectedToday).toBe(0.034);
    expect(
      await faultOf(
        client.call(api.addGoal, {
          campaignId: id,
          metric: 'revenue',
          target: { amountMinor: '1', currency: 'EUR' },
          dueOn: '2026-05-30',
        }),
      ),
    ).toMatchObject({ code: 'campaigns.goal_repeated' });
  });

  it('goes only the steps that are allowed, from the state the caller saw, and deletes only drafts', async () => {
    const { id } = await create();
    const go = (from: api.CampaignState, to: api.CampaignState) =>
      client.call(api.changeCampaignState, { campaignId: id, from, to });
    expect(await faultOf(go('draft', 'ended'))).toMatchObject({ code: 'campaigns.step_not_allowed' });
    expect((await go('draft', 'live')).state).toBe('live');
    expect((await go('draft', 'live')).state).toBe('live');
    expect(await faultOf(go('draft', 'archived'))).toMatchObject({ code: 'campaigns.state_changed' });
    expect(await faultOf(client.call(api.deleteCampaign, { campaignId: id }))).toMatchObject({
      code: 'campaigns.not_a_draft',
    });
    const draft = await create();
    await client.call(api.deleteCampaign, { campaignId: draft.id });
    expect(await faultOf(client.call(api.getCampaign, { campaignId: draft.id }))).toMatchObject({ kind: 'not_found' });
  });

  it('duplicates goals, stages, brief and budget with all dates moved by the same days', async () => {
    const source = await create({
      budget: { amountMinor: '5000', currency: 'EUR' },
      goals: [{ metric: 'orders', target: 5, dueOn: '2026-05-10' }],
    });
    const brief = api.briefSchema.parse({
      background: 'Oats',
      dates: { respondBy: '2026-04-22', draftsBy: null, liveFrom: null, liveUntil: null },
    });
    await client.call(api.saveBrief, { campaignId: source.id, basedOn: 0, brief });
    const copy = await client.call(api.duplicateCampaign, {
      campaignId: source.id,
      name: 'Again',
      startsOn: '2026-06-19',
    });
    expect(copy).toMatchObject({
      name: 'Again',
      state: 'draft',
      startsOn: '2026-06-19',
      endsOn: '2026-07-29',
      briefVersion: 1,
      budget: { total: { amountMinor: '5000' } },
    });
    expect(copy.goals).toMatchObject([
      { metric: 'orders', target: 5, startsOn: '2026-06-19', dueOn: '2026-07-09', isMain: true },
    ]);
    expect((await client.call(api.getBrief, { campaignId: copy.id })).brief.dates.respondBy).toBe('2026-06-21');
  });

  it('keeps stages that creators need, and renames, reorders and adds the others', async () => {
    const { id, stages } = await create();
    const renamed = stages.toReversed().map((stage) => ({ ...stage, label: `${stage.label}!` }));
    const after = await client.call(api.replaceStages, {
      campaignId: id,
      stages: [...renamed, { label: 'Post-mortem', phase: 'done', waitsFor: 'us' }],
    });
    expect(after.map((stage) => stage.name)).toEqual([
      'live',
      'review',
      'making',
      'contract',
      'invited',
      'shortlisted',
      'post_mortem',
    ]);
    expect(
      await faultOf(
        client.call(api.replaceStages, {
          campaignId: id,
          stages: [...after, { label: 'LIVE!', phase: 'done', waitsFor: 'us' }],
        }),
      ),
    ).toMatchObject({ code: 'campaigns.bad_stages' });
    expect(
      await faultOf(
        client.call(api.replaceStages, {
          campaignId: id,
          stages: [{ name: 'nowhere', label: 'x', phase: 'done', waitsFor: 'us' }],
        }),
      ),
    ).toMatchObject({ code: 'campaigns.unknown_stage' });
  });

  it('pages through all campaigns once, also when they were made in one millisecond', async () => {
    for (let n = 0; n < 5; n += 1) await create({ name: `Page ${n}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 40; page += 1) {
      const answer: { rows: api.Campaign[]; nextCursor: string | null } = await client.call(api.listCampaigns, {
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...answer.rows.map((row) => row.id));
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    const all = await client.call(api.listCampaigns, { limit: 500 });
    expect(seen).toEqual(all.rows.map((row) => row.id));
    expect(await faultOf(client.call(api.listCampaigns, { cursor: 'nonsense' }))).toMatchObject({
      kind: 'invalid',
      code: 'campaigns.bad_cursor',
    });
  });

  it("answers another workspace's campaign as if it did not exist", async () => {
    const { id } = await create();
    const theirs = test.client('theirs');
    const brief = api.briefSchema.parse({});
    const calls = [
      () => theirs.call(api.getCampaign, { campaignId: id }),
      () => theirs.call(api.updateCampaign, { campaignId: id, name: 'Stolen' }),
      () => theirs.call(api.deleteCampaign, { campaignId: id }),
      () => theirs.call(api.addGoal, { campaignId: id, metric: 'orders', target: 1, dueOn: '2026-05-30' }),
      () => theirs.call(api.saveBrief, { campaignId: id, basedOn: 0, brief }),
      () => theirs.call(api.listRoster, { campaignId: id }),
      () => theirs.call(api.listDeliverables, { campaignId: id }),
      () => theirs.call(api.listCosts, { campaignId: id }),
    ];
    const missing = await faultOf(theirs.call(api.getCampaign, { campaignId: 'cmp_missing' }));
    for (const work of calls)
      expect(await faultOf(work())).toMatchObject({ kind: 'not_found', code: missing.code, message: missing.message });
    expect((await client.call(api.getCampaign, { campaignId: id })).name).toBe(plan.name);
  });

  it('leaves an audit entry and an event for each change, and none for a change that changes nothing', async () => {
    const { id } = await create();
    const counts = async () => {
      const { db } = test.database;
      return db.asSystem(async (tx) => {
        const audits = await tx.selectFrom('audit_entry').select('action').where('subject_id', '=', id).execute();
        const events = await tx
          .selectFrom('outbox')
          .select('payload')
          .where('name', '=', 'campaigns.changed')
          .execute();
        return [audits.length, events.filter((event) => JSON.stringify(event.payload).includes(id)).length];
      });
    };
    expect(await counts()).toEqual([1, 1]);
    await client.call(api.updateCampaign, { campaignId: id, name: 'Other' });
    expect(await counts()).toEqual([2, 2]);
    await client.call(api.updateCampaign, { campaignId: id, name: 'Other', note: null });
    expect(await counts()).toEqual([2, 2]);
  });
});
