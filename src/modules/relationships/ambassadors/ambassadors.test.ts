import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { addDeliverables, changeDeliverableState } from '#modules/campaigns/api.ts';
import { createOrder, createRosterCodes } from '#modules/tracking/api.ts';
import { updateWorkspace } from '#modules/workspaces/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from '../api.ts';
import { judgeDueTiers, openWork } from '../index.ts';

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const gives = (codePercent: number) => ({ codePercent, monthlyFee: null, gift: '' });
const tiers: api.Tier[] = [
  { id: 'bronze', name: 'Bronze', needs: [], gives: gives(10) },
  { id: 'silver', name: 'Silver', needs: [{ metric: 'orders', atLeast: 2 }], gives: gives(15) },
  {
    id: 'gold',
    name: 'Gold',
    needs: [
      { metric: 'revenue', atLeast: eur('20000') },
      { metric: 'on_time', atLeast: 100 },
    ],
    gives: { codePercent: 20, monthlyFee: eur('10000'), gift: 'The autumn box' },
  },
];
const rules = { isOn: true, windowMonths: 1, judgeDay: 31, tiers };

describe('ambassador tiers', () => {
  let test: TestCore;
  let now = new Date('2026-08-31T08:00:00Z');
  let roster: TestRoster;
  let workspaceId = '';
  let client: Client;
  let campaignId = '';

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    client = test.client('mine');
    await client.call(updateWorkspace, { timeZone: 'Europe/Berlin' });
    roster = await aCampaign(test.database, workspaceId, ['ann', 'ben', 'cas', 'dot']);
    campaignId = roster.campaignId;
    await test.database.db.inWorkspace(workspaceId, async (tx) => {
      await sql`update campaign set model = 'ambassadorship', starts_on = '2026-08-31', ends_on = '2026-11-30' where id = ${campaignId}`.execute(
        tx,
      );
      await sql`update enrolment set added_at = '2026-08-20T08:00:00Z' where campaign_id = ${campaignId}`.execute(tx);
    });
  }, 60_000);
  afterAll(() => test.close());

  const at = (place: number) => {
    const enrolment = roster.enrolments[place];
    if (enrolment === undefined) throw new Error('The test has no such creator');
    return enrolment;
  };
  const refused = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof AppError ? error.code : error;
  };
  const standing = async (place: number) => {
    const { ambassadors } = await client.call(api.getAmbassadors, { campaignId });
    const one = ambassadors.find((ambassador) => ambassador.enrolmentId === at(place).id);
    if (one === undefined) throw new Error('No such ambassador');
    return one;
  };
  const order = async (code: string, id: string, of: { on: string; total: string }) => {
    await client.call(createOrder, { id, orderedAt: of.on, amount: eur(of.total), codes: [code] });
    await test.core.infra.outbox.settle();
  };
  const work = () =>
    test.core.infra.db
      .inWorkspace(workspaceId, (tx) => openWork(tx, workspaceId))
      .then((rows) => rows.filter((row) => row.kind === 'ambassador.to_decide'));
  const judged = (enrolmentId: string) => client.call(api.listJudgements, { campaignId, enrolmentId });

  it('are refused where they make no sense, each fault by its field, and kept in versions', async () => {
    const { program } = await client.call(api.getAmbassadors, { campaignId });
    expect(program).toMatchObject({ version: 0, nextJudgedOn: null });
    const save = (given: Partial<typeof rules>, basedOn = 0) =>
      client.call(api.saveProgram, { campaignId, basedOn, ...rules, ...given });
    expect(await refused(save({ tiers: [tiers[1], tiers[2]].flatMap((tier) => tier ?? []) }))).toBe(
      'relationships.bad_tiers',
    );
    const dollars = { metric: 'revenue' as const, atLeast: { amountMinor: '1', currency: 'USD' } };
    expect(
      await refused(save({ tiers: tiers.map((tier, place) => (place === 2 ? { ...tier, needs: [dollars] } : tier)) })),
    ).toBe('relationships.bad_tiers');
    const saved = await save({});
    expect(saved).toMatchObject({ version: 1, nextJudgedOn: '2026-09-30' });
    expect(await refused(save({}))).toBe('relationships.program_changed');
    expect(await refused(test.client('theirs').call(api.getAmbassadors, { campaignId }))).toBe('not_found');
  });

  it('are proposed by measured figures on the last day of a month without a 31st, once, and nobody moves before a person says so', async () => {
    const { codes } = await client.call(createRosterCodes, {
      campaignId,
      enrolmentIds: [at(0).id, at(1).id, at(2).id],
      kind: 'percent',
      percent: 10,
    });
    const codeOf = (place: number) => codes.find((code) => code.creator?.personId === at(place).personId)?.code ?? '';
    const { deliverableIds } = await client.call(addDeliverables, {
      campaignId,
      enrolmentIds: [at(0).id, at(1).id],
      platform: 'instagram',
      format: 'reel',
      title: 'September reel',
      dueOn: '2026-09-15',
    });
    now = new Date('2026-09-14T10:00:00Z');
    await client.call(changeDeliverableState, {
      deliverableId: deliverableIds[0] ?? '',
      from: 'planned',
      to: 'live',
      liveUrl: 'https://www.instagram.com/p/ann1/',
    });
    await order(codeOf(0), 'o1', { on: '2026-09-10T10:00:00Z', total: '30000' });
    await order(codeOf(1), 'o2', { on: '2026-09-11T10:00:00Z', total: '4000' });
    now = new Date('2026-09-29T21:00:00Z');
    expect(await judgeDueTiers(test.core.infra)).toBe(0);
    now = new Date('2026-09-29T22:35:00Z');
    // 30 September in Berlin already, so of the next window.
    await order(codeOf(1), 'o3', { on: '2026-09-29T22:30:00Z', total: '4000' });
    expect(await judgeDueTiers(test.core.infra)).toBe(4);
    expect(await judgeDueTiers(test.core.infra)).toBe(0);
    const [ann] = await judged(at(0).id);
    expect(ann).toMatchObject({
      judgedOn: '2026-09-30',
      outcome: 'up',
      state: 'waiting',
      from: { name: 'Bronze' },
      to: { name: 'Gold' },
      evidence: {
        from: '2026-08-31',
        until: '2026-09-29',
        summary: 'Meets Gold: 300.00 EUR revenue (200.00 EUR needed), 100 % of 1 post on time (100 % needed)',
      },
    });
    expect(ann?.evidence.facts.find((fact) => fact.metric === 'orders')?.rows).toEqual([
      { on: '2026-09-10', text: '1 order, 300.00 EUR' },
    ]);
    expect((await judged(at(1).id))[0]).toMatchObject({ outcome: 'stay', state: 'settled' });
    // Dot has neither link nor code.
    expect((await judged(at(3).id))[0]).toMatchObject({ outcome: 'not_enough_data', state: 'settled' });
    expect((await standing(0)).tier.name).toBe('Bronze');
    expect((await work()).map((one) => one.title)).toEqual(['ann: up from Bronze to Gold?']);
    const nothingYet = await (await test.portal('mine', at(0).personId)).call(api.listPortalTiers, {});
    expect(nothingYet[0]).toMatchObject({ tier: { name: 'Bronze' }, judgedOn: '2026-10-31', moves: [] });
  });

  it('are confirmed by one of two people, told to the creator, and stay in the history', async () => {
    const [ann] = await judged(at(0).id);
    const confirm = () =>
      client.call(api.decideTiers, { campaignId, judgementIds: [ann?.id ?? ''], decision: { kind: 'confirm' } });
    const both = await Promise.all([confirm(), confirm()]);
    expect(both.map((one) => one.decided.length).sort()).toEqual([0, 1]);
    expect(both.flatMap((one) => one.refused)[0]?.message).toContain('has confirmed it already');
    const { tier, moves, next } = await standing(0);
    expect(tier.name).toBe('Gold');
    expect(next).toBeNull();
    expect(moves).toMatchObject([{ from: 'Bronze', to: 'Gold', on: '2026-09-30', judgementId: ann?.id }]);
    expect(await work()).toEqual([]);
    const [mine] = await (await test.portal('mine', at(0).personId)).call(api.listPortalTiers, {});
    expect(mine).toMatchObject({
      tier: { name: 'Gold', gives: { codePercent: 20 } },
      next: null,
      moves: [{ to: 'Gold' }],
    });
    const told = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql<{ payload: unknown }>`select payload from outbox where name = 'ambassador.tier_changed'`.execute(tx),
    );
    expect(told.rows).toMatchObject([{ payload: { toTier: 'Gold', outcome: 'up', codePercent: '20' } }]);
  });

  it('fall one at a time when a whole window says so, and a person can overrule it with a reason that stays', async () => {
    now = new Date('2026-11-01T09:00:00Z');
    // Nothing was sold from 30 September to 30 October: the clocks went back on the 25th.
    expect(await judgeDueTiers(test.core.infra)).toBe(4);
    const [ann] = await judged(at(0).id);
    expect(ann).toMatchObject({
      judgedOn: '2026-10-31',
      outcome: 'down',
      from: { name: 'Gold' },
      to: { name: 'Silver' },
    });
    const decision = { kind: 'overrule' as const, tierId: 'gold', reason: 'She was ill in October and told us.' };
    expect(
      await refused(
        client.call(api.decideTiers, {
          campaignId,
          judgementIds: [ann?.id ?? ''],
          decision: { ...decision, tierId: 'iron' },
        }),
      ),
    ).toBe('relationships.unknown_tier');
    await client.call(api.decideTiers, { campaignId, judgementIds: [ann?.id ?? ''], decision });
    expect((await judged(at(0).id))[0]).toMatchObject({
      state: 'overruled',
      decided: { name: 'Gold' },
      reason: decision.reason,
    });
    expect(await standing(0)).toMatchObject({ tier: { name: 'Gold' }, moves: [{ to: 'Gold' }] });
  });

  it('can be set by hand for an ambassador alone, and a tier somebody stands in does not go', async () => {
    const move = await client.call(api.setTier, {
      enrolmentId: at(2).id,
      tierId: 'silver',
      reason: 'Brought in two others.',
    });
    expect(move).toMatchObject({ from: 'Bronze', to: 'Silver', judgementId: null });
    const without = tiers.filter((tier) => tier.id !== 'silver');
    expect(await refused(client.call(api.saveProgram, { campaignId, basedOn: 1, ...rules, tiers: without }))).toBe(
      'relationships.tier_in_use',
    );
    expect(await refused(client.call(api.setTier, { enrolmentId: at(2).id, tierId: 'silver', reason: 'Again.' }))).toBe(
      'relationships.unknown_tier',
    );
  });

  it('makes up for days missed while the program stood still, and stops behind the end of the campaign', async () => {
    now = new Date('2027-03-02T09:00:00Z');
    await judgeDueTiers(test.core.infra);
    const days = (await judged(at(0).id)).map((one) => one.judgedOn);
    expect(days).toEqual(['2026-12-31', '2026-11-30', '2026-10-31', '2026-09-30']);
    const states = (await judged(at(0).id)).map((one) => one.state);
    expect(states).toEqual(['waiting', 'superseded', 'overruled', 'confirmed']);
  });
});
