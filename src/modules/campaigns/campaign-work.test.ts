import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { addDays } from '#kernel/time.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import * as api from './api.ts';
import { advanceEnrolment, openWork, remindDeadlines, setDeliverableState } from './index.ts';

const bulk = 500;
let test: TestCore;
let client: Client;
let workspaceId: string;
let people: string[];
let ticks = 0;
let now = new Date('2026-10-20T08:00:00Z');

/** A millisecond goes by with every look at the clock, so that what happened later stands later. */
function tick(): Date {
  ticks += 1;
  return new Date(now.getTime() + ticks);
}

beforeAll(async () => {
  test = await openTestCore({ clock: { now: tick } });
  workspaceId = await test.database.createWorkspace('work');
  await test.database.db.asSystem((tx) =>
    sql`update workspace set time_zone = 'Europe/Dublin' where id = ${workspaceId}`.execute(tx),
  );
  people = await createPlainCreators(test.database.db, workspaceId, bulk);
  client = test.client('work');
});
afterAll(() => test.close());

const brief = api.briefSchema.parse({
  background: '',
  freedom: '',
  compensation: '',
  usageRights: '',
  disclosure: '',
  dates: { respondBy: '2026-10-23', draftsBy: '2026-10-31', liveFrom: '2026-11-02', liveUntil: '2026-11-08' },
});

async function begin(count: number, name = 'Slow Mornings') {
  const { id } = await client.call(api.createCampaign, {
    name,
    model: 'sponsored',
    startsOn: '2026-10-01',
    endsOn: '2026-11-30',
  });
  const { enrolmentIds } = await client.call(api.addToRoster, { campaignId: id, personIds: people.slice(0, count) });
  return { id, enrolmentIds, first: enrolmentIds[0] ?? '' };
}

async function goLive(campaignId: string) {
  await client.call(api.saveBrief, { campaignId, brief, basedOn: 0 });
  await client.call(api.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
}

const stageOf = async (enrolmentId: string) => (await client.call(api.getEnrolment, { enrolmentId })).stage;
const advance = (enrolmentId: string, reason: api.Happening) =>
  test.core.infra.db.inWorkspace(workspaceId, (tx) =>
    advanceEnrolment(test.core.infra, tx, { workspaceId, enrolmentId, reason }),
  );
const bulkDo = (campaignId: string, enrolmentIds: string[], action: api.BulkAction) =>
  client.call(api.bulkOnRoster, { campaignId, enrolmentIds, action });

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

describe('deadlines', () => {
  it('remind once for each of their days, however often and by how many they are looked for', async () => {
    const { id, enrolmentIds } = await begin(3, 'Reminded');
    await goLive(id);
    await bulkDo(id, enrolmentIds, { do: 'move', to: 'invited' });
    now = new Date('2026-10-20T02:00:00Z');
    const read = async () => (await client.call(api.getReminders, { campaignId: id })).reminders;
    await remindDeadlines(test.core.infra);
    expect(await read()).toEqual([]);
    now = new Date('2026-10-20T08:00:00Z');
    await Promise.all([remindDeadlines(test.core.infra), remindDeadlines(test.core.infra)]);
    await remindDeadlines(test.core.infra);
    expect((await read()).map((one) => [one.kind, one.daysLeft, one.dueOn])).toEqual(
      enrolmentIds.map(() => ['answer', 3, '2026-10-23']),
    );
    // One answers, one gets another day, nobody looks on the day after: the last one is reminded late, and once.
    await advance(enrolmentIds[0] ?? '', 'accepted');
    await bulkDo(id, [enrolmentIds[1] ?? ''], { do: 'dates', respondBy: '2026-10-26' });
    now = new Date('2026-10-23T08:00:00Z');
    await remindDeadlines(test.core.infra);
    await remindDeadlines(test.core.infra);
    const after = await read();
    expect(
      after
        .filter((one) => one.day === '2026-10-23')
        .map((one) => [one.enrolmentId, one.daysLeft, one.dueOn])
        .sort(),
    ).toEqual(
      [
        [enrolmentIds[1], 3, '2026-10-26'],
        [enrolmentIds[2], 0, '2026-10-23'],
      ].sort(),
    );
    const work = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      openWork(tx, workspaceId, { today: '2026-10-23' }),
    );
    expect(work.filter((one) => one.campaignId === id).map((one) => [one.kind, one.dueOn])).toContainEqual([
      'answer.due',
      '2026-10-23',
    ]);
  });

  it('write one mail a creator and day, only where the campaign says so, to those with an address', async () => {
    const { id, enrolmentIds } = await begin(2, 'Written to');
    await goLive(id);
    const [row] = (await client.call(api.listRoster, { campaignId: id })).rows;
    await test.database.db.asSystem((tx) =>
      sql`update person set emails = array['nell@example.com'] where workspace_id = ${workspaceId} and id = ${row?.person.id ?? ''}`.execute(
        tx,
      ),
    );
    await bulkDo(id, enrolmentIds, { do: 'move', to: 'invited' });
    await client.call(api.setReminders, {
      campaignId: id,
      daysBefore: [2, 1, 2],
      daysAfter: [1],
      writesToCreators: true,
    });
    now = new Date('2026-10-22T09:00:00Z');
    await remindDeadlines(test.core.infra);
    await remindDeadlines(test.core.infra);
    const mails = await test.database.db.asSystem((tx) =>
      test.core.infra.mail.list(tx, workspaceId, { personId: row?.person.id ?? '', limit: 10 }),
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      subject: 'Written to: Answer to the invitation, due tomorrow',
      to: 'nell@example.com',
    });
    const { settings, reminders } = await client.call(api.getReminders, { campaignId: id });
    expect(settings.daysBefore).toEqual([2, 1]);
    expect(reminders.map((one) => one.mail).sort()).toEqual(['none', 'written']);
  });
});

describe('the calendar', () => {
  it('keeps every day on its day over a change of clocks, a month’s end and in the file that is taken along', async () => {
    const { id, enrolmentIds } = await begin(4, 'Clocks');
    await goLive(id);
    await bulkDo(id, enrolmentIds, { do: 'move', to: 'making', skipReason: 'Signed' });
    for (const dueOn of ['2026-10-24', '2026-10-25', '2026-10-31'])
      await bulkDo(id, enrolmentIds.slice(0, 2), {
        do: 'deliverable',
        platform: 'tiktok',
        format: 'short',
        title: 'Oat',
        dueOn,
      });
    await client.call(api.addTask, { title: 'Call, the; printer', dueOn: '2026-10-25', campaignId: id });
    // 00:30 in Dublin on the 26th, still the 25th in UTC.
    now = new Date('2026-10-26T00:30:00Z');
    const { entries, today } = await client.call(api.getCalendar, {
      from: '2026-10-24',
      until: '2026-11-01',
      campaignId: id,
    });
    expect(today).toBe('2026-10-26');
    expect(entries.map((entry) => [entry.kind, entry.from, entry.until, entry.count, entry.isLate])).toEqual([
      ['content_due', '2026-10-24', '2026-10-24', 2, true],
      ['content_due', '2026-10-25', '2026-10-25', 2, true],
      ['task_due', '2026-10-25', '2026-10-25', 1, true],
      ['content_due', '2026-10-31', '2026-10-31', 2, false],
      ['drafts_due', '2026-10-31', '2026-10-31', 4, false],
    ]);
    const file = await test.fetch(
      new Request(`${test.core.infra.config.publicUrl}/api/v1/calendar.ics?campaignId=${id}`, {
        headers: { authorization: `Bearer ${test.core.infra.localToken}`, 'x-rapport-workspace': 'work' },
      }),
    );
    expect(file.headers.get('content-type')).toContain('text/calendar');
    const text = (await file.text()).replaceAll('\r\n ', '');
    expect(text).toContain('DTSTART;VALUE=DATE:20261031\r\nDTEND;VALUE=DATE:20261101');
    expect(text).toContain('DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261109');
    expect(text).toContain('SUMMARY:Call\\, the\\; printer');
    await expect(client.call(api.getCalendar, { from: '2026-11-01', until: '2026-10-01' })).rejects.toMatchObject({
      code: 'campaigns.bad_dates',
    });
  });
});

describe('tasks', () => {
  it('have an owner and a day, are ticked off once, and hang on nothing that is not there', async () => {
    const { id, first } = await begin(1, 'With tasks');
    const task = await client.call(api.addTask, {
      title: 'Send samples',
      enrolmentId: first,
      dueOn: addDays('2026-10-26', -1),
    });
    expect(task).toMatchObject({ campaign: { id }, isLate: true, doneAt: null });
    await client.call(api.updateTask, { taskId: task.id, isDone: true });
    const done = await client.call(api.updateTask, { taskId: task.id, isDone: true });
    expect(done.doneAt).not.toBeNull();
    expect(await client.call(api.listTasks, { campaignId: id })).toEqual([]);
    expect(await client.call(api.updateTask, { taskId: task.id, isDone: false })).toMatchObject({
      doneAt: null,
      doneBy: null,
    });
    await expect(client.call(api.addTask, { title: 'x', campaignId: 'cmp_none' })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(client.call(api.addTask, { title: 'x', personId: 'per_none' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
