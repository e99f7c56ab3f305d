import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkingCampaigns, type WorkingCampaigns } from '#tests/support/working-campaign.ts';
import * as api from './api.ts';
import { advanceEnrolment, setDeliverableState } from './index.ts';

const bulk = 500;

let test: WorkingCampaigns['test'];
let client: WorkingCampaigns['client'];
let workspaceId: WorkingCampaigns['workspaceId'];
let begin: WorkingCampaigns['begin'];
let bulkDo: WorkingCampaigns['bulkDo'];

beforeAll(async () => {
  ({ test, client, workspaceId, begin, bulkDo } = await openWorkingCampaigns(bulk));
});
afterAll(() => test.close());

const stageOf = async (enrolmentId: string) => (await client.call(api.getEnrolment, { enrolmentId })).stage;
const advance = (enrolmentId: string, reason: api.Happening) =>
  test.core.infra.db.inWorkspace(workspaceId, (tx) =>
    advanceEnrolment(test.core.infra, tx, { workspaceId, enrolmentId, reason }),
  );

describe('stages', () => {
  it('refuse a creator who would pass over one that comes before, name it, and let a reason stand that stays', async () => {
    const { id, first } = await begin(1);
    const move = (from: string, to: string, skipReason?: string) =>
      client.call(api.moveOnRoster, {
        campaignId: id,
        to,
        enrolments: [{ id: first, from }],
        ...(skipReason === undefined ? {} : { skipReason }),
      });
    const refused = await move('shortlisted', 'live');
    expect(refused).toMatchObject({ moved: 0, conflicts: [{ why: 'missing', stage: 'shortlisted' }] });
    expect(refused.conflicts[0]?.message).toContain('Contract and Review come before');
    expect(await stageOf(first)).toBe('shortlisted');
    expect(await move('shortlisted', 'making', 'Works for us by a frame contract')).toMatchObject({ moved: 1 });
    const { steps } = await client.call(api.listSteps, { enrolmentId: first });
    expect(steps.map((step) => [step.stage, step.state])).toEqual([
      ['shortlisted', 'passed'],
      ['invited', 'passed'],
      ['contract', 'skipped'],
      ['making', 'here'],
      ['review', 'open'],
      ['live', 'open'],
    ]);
    expect(steps[2]?.reason).toBe('Works for us by a frame contract');
    expect(await move('making', 'shortlisted')).toMatchObject({ moved: 1, conflicts: [] });
    const [moved] = await client.call(api.listEnrolmentHistory, { enrolmentId: first });
    expect(moved).toMatchObject({ kind: 'moved', toStage: 'shortlisted' });
  });

  it('may be skipped or added for single creators, but not under the feet of one who stands there', async () => {
    const { id, enrolmentIds, first } = await begin(2);
    const stages = (await client.call(api.getCampaign, { campaignId: id })).stages;
    await client.call(api.replaceStages, {
      campaignId: id,
      stages: [
        ...stages.slice(0, 3),
        { label: 'Product test', phase: 'agreed', waitsFor: 'creator', gate: 'in_order', isOptional: true },
        ...stages.slice(3),
      ],
    });
    const change = (enrolments: string[], stage: string, state: 'skipped' | 'extra' | 'open', reason?: string) =>
      client.call(api.changeSteps, {
        campaignId: id,
        enrolmentIds: enrolments,
        changes: [{ stage, state, ...(reason === undefined ? {} : { reason }) }],
      });
    await expect(change([first], 'contract', 'skipped')).rejects.toThrow('Say why');
    expect(await change(enrolmentIds, 'contract', 'skipped', 'Friends of the house')).toEqual({
      changed: 2,
      refused: [],
    });
    await change([first], 'product_test', 'extra');
    const outcome = await bulkDo(id, enrolmentIds, { do: 'move', to: 'making' });
    expect(outcome).toMatchObject({ changed: 1, unchanged: 0 });
    expect(outcome.refused).toHaveLength(1);
    expect(outcome.refused[0]).toMatchObject({ enrolmentId: first });
    expect(outcome.refused[0]?.message).toContain('Product test');
    const stuck = await change(enrolmentIds, 'making', 'skipped', 'No');
    expect(stuck).toMatchObject({ changed: 1, refused: [{ enrolmentId: enrolmentIds[1] }] });
  });

  it('can be put in another order while creators stand in them, and throw nobody back', async () => {
    const { id, first } = await begin(1);
    await advance(first, 'contract_signed');
    const stages = (await client.call(api.getCampaign, { campaignId: id })).stages;
    const [shortlisted, invited, contract, making, review, live] = stages;
    if (!shortlisted || !invited || !contract || !making || !review || !live) throw new Error('six stages');
    await client.call(api.replaceStages, {
      campaignId: id,
      stages: [shortlisted, making, contract, invited, review, live],
    });
    expect(await stageOf(first)).toBe('making');
    expect(await bulkDo(id, [first], { do: 'move', to: 'review' })).toMatchObject({ changed: 0 });
    await advance(first, 'draft_submitted');
    expect(await stageOf(first)).toBe('review');
  });

  it('follow what happened whatever the order in which it is told, and never go back', async () => {
    const told: api.Happening[] = ['invited', 'accepted', 'contract_signed', 'brief_acknowledged', 'draft_submitted'];
    const { enrolmentIds } = await begin(12);
    let next = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(told, { minLength: 5 }),
        fc.array(fc.constantFrom(...told)),
        async (order, again) => {
          const enrolmentId = enrolmentIds[next] ?? '';
          next += 1;
          for (const reason of [...order, ...again]) await advance(enrolmentId, reason);
          expect(await stageOf(enrolmentId)).toBe('review');
          const { happened } = await client.call(api.listSteps, { enrolmentId });
          expect(happened.map((one) => one.happening).sort()).toEqual([...told].sort());
        },
      ),
      { numRuns: 12 },
    );
  });

  it('move a creator on to live only when their last piece is, and take one who declines off the roster', async () => {
    const { id, enrolmentIds, first } = await begin(2);
    const { deliverableIds } = await client.call(api.addDeliverables, {
      campaignId: id,
      enrolmentIds: [first],
      platform: 'instagram',
      format: 'reel',
      title: 'Reel',
    });
    const more = await client.call(api.addDeliverables, {
      campaignId: id,
      enrolmentIds: [first],
      platform: 'instagram',
      format: 'story',
      title: 'Story',
    });
    const set = (deliverableId: string | undefined, to: api.DeliverableState) =>
      test.core.infra.db.inWorkspace(workspaceId, (tx) =>
        setDeliverableState(test.core.infra, tx, {
          workspaceId,
          deliverableId: deliverableId ?? '',
          to,
          liveUrl: `https://instagram.com/p/${deliverableId}`,
        }),
      );
    await set(deliverableIds[0], 'drafted');
    expect(await stageOf(first)).toBe('review');
    await set(deliverableIds[0], 'live');
    expect(await stageOf(first)).toBe('review');
    await set(more.deliverableIds[0], 'live');
    await set(more.deliverableIds[0], 'live');
    expect(await stageOf(first)).toBe('live');
    const second = enrolmentIds[1] ?? '';
    await advance(second, 'declined');
    const after = await client.call(api.getEnrolment, { enrolmentId: second });
    expect(after).toMatchObject({ removedReason: 'Declined' });
    await client.call(api.addToRoster, { campaignId: id, personIds: [after.person.id] });
    await advance(second, 'declined');
    expect(await client.call(api.getEnrolment, { enrolmentId: second })).toMatchObject({ removedAt: null });
  });

  it('are never taken away from under creators who are on their way there', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { id, enrolmentIds } = await begin(40);
      const { stages } = await client.call(api.getCampaign, { campaignId: id });
      const outcomes = await Promise.allSettled([
        bulkDo(id, enrolmentIds, { do: 'move', to: 'invited' }),
        client.call(api.replaceStages, { campaignId: id, stages: stages.filter((one) => one.name !== 'invited') }),
        bulkDo(id, enrolmentIds.toReversed(), { do: 'tag', tag: 'round' }),
      ]);
      const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.code)] : []));
      for (const code of failures) expect(['campaigns.unknown_stage', 'campaigns.stage_in_use']).toContain(code);
      expect(failures).toHaveLength(1);
      const after = await client.call(api.getCampaign, { campaignId: id });
      const sum = Object.values(after.roster.perStage).reduce((all, n) => all + n, 0);
      expect(sum).toBe(40);
    }
  });
});

describe('money', () => {
  it('is not paid before the content is approved, unless somebody says why', async () => {
    const { id, first } = await begin(1);
    await client.call(api.addDeliverables, {
      campaignId: id,
      enrolmentIds: [first],
      platform: 'tiktok',
      format: 'short',
      title: 'A short',
    });
    const currency = (await client.call(api.getCampaign, { campaignId: id })).currency;
    await client.call(api.updateEnrolment, { enrolmentId: first, fee: { amountMinor: '30000', currency } });
    const pay = (payEarlyReason?: string) =>
      client.call(api.updateEnrolment, {
        enrolmentId: first,
        feePaidOn: '2026-10-20',
        ...(payEarlyReason === undefined ? {} : { payEarlyReason }),
      });
    await expect(pay()).rejects.toMatchObject({ code: 'campaigns.not_approved' });
    await expect(pay()).rejects.toThrow('A short');
    expect(await pay('Half up front, as agreed')).toMatchObject({ feePaidOn: '2026-10-20' });
    const [entry] = await client.call(api.listEnrolmentHistory, { enrolmentId: first });
    expect(entry?.changes).toMatchObject({ payEarlyReason: 'Half up front, as agreed' });
    const refusal = await bulkDo(id, [first], { do: 'fee', fee: { amountMinor: '1', currency } });
    expect(refusal).toMatchObject({ changed: 0, refused: [{ enrolmentId: first }] });
    expect(refusal.refused[0]?.message).toContain('was paid on 2026-10-20');
  });
});

describe('bulk actions', () => {
  it(`do each thing to ${bulk} creators at once and name those it cannot be done to`, async () => {
    const { id, enrolmentIds, first } = await begin(bulk);
    const gone = enrolmentIds[1] ?? '';
    await client.call(api.removeFromRoster, { campaignId: id, enrolmentIds: [gone] });
    const { currency } = await client.call(api.getCampaign, { campaignId: id });
    const actions: api.BulkAction[] = [
      { do: 'move', to: 'invited' },
      { do: 'fee', fee: { amountMinor: '25000', currency } },
      { do: 'owner', ownerId: 'usr_rita' },
      { do: 'dates', draftsBy: '2026-10-31', liveFrom: '2026-11-01', liveUntil: '2026-11-09' },
      { do: 'deliverable', platform: 'instagram', format: 'reel', title: 'Reel', dueOn: '2026-11-05' },
      { do: 'note', note: 'Met at the fair' },
      { do: 'tag', tag: 'Autumn' },
    ];
    for (const action of actions) {
      const outcome = await bulkDo(id, [...enrolmentIds, 'enr_unknown'], action);
      expect([action.do, outcome.changed]).toEqual([action.do, bulk - 1]);
      expect(outcome.refused.map((one) => one.enrolmentId)).toEqual([gone, 'enr_unknown']);
      if (action.do === 'deliverable' || action.do === 'note') continue;
      expect(await bulkDo(id, enrolmentIds, action)).toMatchObject({ changed: 0, unchanged: bulk - 1 });
    }
    expect(await client.call(api.getEnrolment, { enrolmentId: first })).toMatchObject({
      stage: 'invited',
      fee: { amountMinor: '25000' },
      ownerId: 'usr_rita',
      ownDates: { draftsBy: '2026-10-31', respondBy: null },
      note: 'Met at the fair',
      tags: ['Autumn'],
      deliverables: { total: 1 },
    });
    const wrong = await bulkDo(id, [first], { do: 'dates', liveUntil: '2026-10-30' });
    expect(wrong.refused[0]?.message).toContain('ends before it begins');
    expect(await bulkDo(id, enrolmentIds, { do: 'remove', reason: 'Over' })).toMatchObject({ changed: bulk - 1 });
  });
});
