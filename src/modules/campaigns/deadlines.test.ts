import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { openWorkingCampaigns, type WorkingCampaigns } from '#tests/support/working-campaign.ts';
import * as api from './api.ts';
import { advanceEnrolment, openWork, remindDeadlines } from './index.ts';

let test: WorkingCampaigns['test'];
let client: WorkingCampaigns['client'];
let workspaceId: WorkingCampaigns['workspaceId'];
let setNow: WorkingCampaigns['setNow'];
let begin: WorkingCampaigns['begin'];
let goLive: WorkingCampaigns['goLive'];
let bulkDo: WorkingCampaigns['bulkDo'];

beforeAll(async () => {
  ({ test, client, workspaceId, setNow, begin, goLive, bulkDo } = await openWorkingCampaigns(10));
});
afterAll(() => test.close());

const advance = (enrolmentId: string, reason: api.Happening) =>
  test.core.infra.db.inWorkspace(workspaceId, (tx) =>
    advanceEnrolment(test.core.infra, tx, { workspaceId, enrolmentId, reason }),
  );

describe('deadlines', () => {
  it('remind once for each of their days, however often and by how many they are looked for', async () => {
    const { id, enrolmentIds } = await begin(3, 'Reminded');
    await goLive(id);
    await bulkDo(id, enrolmentIds, { do: 'move', to: 'invited' });
    setNow('2026-10-20T02:00:00Z');
    const read = async () => (await client.call(api.getReminders, { campaignId: id })).reminders;
    await remindDeadlines(test.core.infra);
    expect(await read()).toEqual([]);
    setNow('2026-10-20T08:00:00Z');
    await Promise.all([remindDeadlines(test.core.infra), remindDeadlines(test.core.infra)]);
    await remindDeadlines(test.core.infra);
    expect((await read()).map((one) => [one.kind, one.daysLeft, one.dueOn])).toEqual(
      enrolmentIds.map(() => ['answer', 3, '2026-10-23']),
    );
    // One answers, one gets another day, nobody looks on the day after: the last one is reminded late, and once.
    await advance(enrolmentIds[0] ?? '', 'accepted');
    await bulkDo(id, [enrolmentIds[1] ?? ''], { do: 'dates', respondBy: '2026-10-26' });
    setNow('2026-10-23T08:00:00Z');
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
    setNow('2026-10-22T09:00:00Z');
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
    setNow('2026-10-26T00:30:00Z');
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
