import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCampaign } from '#modules/campaigns/api.ts';
import { addToList, createList } from '#modules/discovery/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  type ActionUse,
  type AutomationRun,
  createAutomation,
  dryRunAutomation,
  getAutomationCatalogue,
  listAutomationRuns,
  listAutomations,
  retryAutomationRun,
  switchAutomation,
  updateAutomation,
} from './api.ts';
import { type ActionId, actionIds as allActions } from './rules/action-table.ts';
import { triggers } from './rules/triggers.ts';
import { workActions } from './rules/work-actions.ts';

/** Those that send papers, write and decide have their effects tested in run-work-actions.test.ts. */
type PlainAction = Exclude<ActionId, keyof typeof workActions>;
const actionIds = allActions.filter((id): id is PlainAction => !Object.hasOwn(workActions, id));

let core: TestCore;
let workspaceId: string;
let roster: TestRoster;
let otherCampaignId: string;
let listId: string;
let clockMs = Date.parse('2026-05-04T08:00:00Z');
const client = () => core.client('mine');
type Who = { campaignId: string; enrolmentId: string; personId: string };

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date(clockMs) } });
  workspaceId = await core.database.createWorkspace('mine');
  roster = await aCampaign(
    core.database,
    workspaceId,
    actionIds.map((_, at) => `creator${at}.test`).concat(['spare1.test', 'spare2.test', 'spare3.test']),
  );
  await core.core.infra.db.asSystem((tx) =>
    sql`insert into campaign_stage (workspace_id, campaign_id, name, label, sort, phase, waits_for)
      values (${workspaceId}, ${roster.campaignId}, 'asked', 'Asked', 0, 'considering', 'creator'), (${workspaceId}, ${roster.campaignId}, 'paid', 'Paid', 2, 'done', 'nobody')`.execute(
      tx,
    ),
  );
  const other = await client().call(createCampaign, {
    name: 'Evenings',
    model: 'sponsored',
    startsOn: '2026-06-01',
    endsOn: '2026-06-30',
  });
  otherCampaignId = other.id;
  listId = (await client().call(createList, { name: 'Bench' })).id;
  await client().call(addToList, {
    listId,
    personIds: ['list.remove', 'list.comment', 'list.note'].map((id) => whoOf(id).personId),
  });
  await core.core.infra.outbox.settle();
}, 120_000);
afterAll(() => core.close());

const whoOf = (action: string, spare = 0): Who => {
  const at = actionIds.indexOf(action as PlainAction);
  const { id, personId } = roster.enrolments[at < 0 ? actionIds.length + spare : at] ?? { id: '', personId: '' };
  // The one that changes a campaign has one of its own, or the others would meet a changed one.
  return { campaignId: action === 'campaign.state' ? otherCampaignId : roster.campaignId, enrolmentId: id, personId };
};

/** Something happens, and what is due is run. */
async function happens(name: string, payload: Record<string, string>): Promise<void> {
  const { infra, modules } = core.core;
  await infra.db.inWorkspace(workspaceId, (tx) =>
    infra.outbox.emit(tx, { workspaceId, name, payload: { actorName: 'Rita', ...payload } }),
  );
  await infra.outbox.settle();
  await modules.automations.runDue();
}

async function makeOn(
  name: string,
  content: { trigger: string; actions: ActionUse[] } & Record<string, unknown>,
): Promise<string> {
  const made = await client().call(createAutomation, { name, ...content });
  await client().call(switchAutomation, { automationId: made.id, isOn: true });
  return made.id;
}

async function runsOf(automationId: string): Promise<AutomationRun[]> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { rows } = await client().call(listAutomationRuns, { automationId });
    if (rows.every((run) => run.state !== 'running')) return rows;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('A run does not end');
}

const first = async (query: ReturnType<typeof sql<Record<string, unknown>>>) =>
  (await core.core.infra.db.asSystem((tx) => query.execute(tx))).rows[0];

/** What each action is set to, and where its effect is seen: the query must find a row after, and none before. */
const effects: Record<
  PlainAction,
  { settings?: Record<string, string>; seen: (who: Who) => ReturnType<typeof sql<Record<string, unknown>>> }
> = {
  'task.add': {
    settings: { title: 'Call {{creator}} now', days: '2' },
    seen: ({ personId }) =>
      sql`select 1 from task where person_id = ${personId} and title like 'Call creator% now' and due_on = '2026-05-06'`,
  },
  'note.add': {
    settings: { body: 'Kind, and quick' },
    seen: ({ personId }) => sql`select 1 from creator_note where person_id = ${personId} and body = 'Kind, and quick'`,
  },
  'touch.log': {
    settings: { channel: 'phone', note: 'Rang twice' },
    seen: ({ personId }) => sql`select 1 from mail_message where person_id = ${personId} and body = 'Rang twice'`,
  },
  'creator.tag': {
    settings: { tags: 'vip, spring' },
    seen: ({ personId }) => sql`select 1 from person where id = ${personId} and tags @> array['vip', 'spring']`,
  },
  'creator.untag': {
    settings: { tags: 'old' },
    seen: ({ personId }) => sql`select 1 from person where id = ${personId} and not tags @> array['old']`,
  },
  'creator.vet': { seen: ({ personId }) => sql`select 1 from vetting_report where person_id = ${personId}` },
  'creator.gifting': {
    settings: { open: 'no' },
    seen: ({ personId }) => sql`select 1 from person where id = ${personId} and is_open_to_gifting = false`,
  },
  'list.add': {
    settings: { listId: 'the list' },
    seen: ({ personId }) => sql`select 1 from list_member where person_id = ${personId}`,
  },
  'list.remove': {
    settings: { listId: 'the list' },
    seen: ({ personId }) =>
      sql`select 1 from person where id = ${personId} and not exists (select from list_member m where m.person_id = ${personId})`,
  },
  'list.comment': {
    settings: { listId: 'the list', body: 'Good light' },
    seen: ({ personId }) => sql`select 1 from list_comment where person_id = ${personId} and body = 'Good light'`,
  },
  'list.note': {
    settings: { listId: 'the list', note: 'First choice' },
    seen: ({ personId }) => sql`select 1 from list_member where person_id = ${personId} and note = 'First choice'`,
  },
  'roster.add': {
    settings: { campaignId: 'the other' },
    seen: ({ personId }) =>
      sql`select 1 from enrolment where person_id = ${personId} and campaign_id = ${otherCampaignId}`,
  },
  'roster.move': {
    settings: { stage: 'paid' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and stage = 'paid'`,
  },
  'roster.remove': {
    settings: { reason: 'Out of time' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and removed_at is not null`,
  },
  'roster.block': {
    settings: { blocker: 'Waits for the parcel' },
    seen: ({ enrolmentId }) =>
      sql`select 1 from enrolment where id = ${enrolmentId} and blocker = 'Waits for the parcel'`,
  },
  'roster.note': {
    settings: { note: 'Likes mornings' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and note = 'Likes mornings'`,
  },
  'roster.fee': {
    settings: { fee: '250.50' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and fee_minor = 25050`,
  },
  'roster.drafts_by': {
    settings: { days: '10' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and drafts_by = '2026-05-14'`,
  },
  'roster.respond_by': {
    settings: { days: '3' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and respond_by = '2026-05-07'`,
  },
  'roster.tag': {
    settings: { tags: 'wave one' },
    seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and tags @> array['wave one']`,
  },
  'roster.happened': {
    settings: { happening: 'accepted' },
    seen: ({ enrolmentId }) =>
      sql`select 1 from outbox where name = 'enrolment.happened' and payload ->> 'enrolmentId' = ${enrolmentId}`,
  },
  'deliverable.add': {
    settings: { platform: 'instagram', format: 'reel', title: 'One more reel', days: '7' },
    seen: ({ enrolmentId }) =>
      sql`select 1 from deliverable where enrolment_id = ${enrolmentId} and title = 'One more reel' and due_on = '2026-05-11'`,
  },
  'cost.add': {
    settings: { kind: 'shipping', amount: '12.30' },
    seen: ({ enrolmentId }) =>
      sql`select 1 from campaign_cost where enrolment_id = ${enrolmentId} and amount_minor = 1230`,
  },
  'campaign.state': {
    settings: { to: 'live' },
    seen: ({ campaignId }) => sql`select 1 from campaign where id = ${campaignId} and state = 'live'`,
  },
  'invitation.send': {
    settings: { message: 'Come along' },
    seen: ({ enrolmentId }) =>
      sql`select 1 from outbox where name = 'invitation.sent' and payload ->> 'enrolmentId' = ${enrolmentId}`,
  },
  'portal.link': {
    settings: { days: '7' },
    seen: ({ personId }) => sql`select 1 from portal_link where person_id = ${personId}`,
  },
  'link.create': {
    settings: { destination: 'https://shop.example/one' },
    seen: ({ enrolmentId }) =>
      sql`select 1 from link where enrolment_id = ${enrolmentId} and destination like 'https://shop.example/one%'`,
  },
  'code.create': {
    settings: { percent: '15' },
    seen: ({ enrolmentId }) => sql`select 1 from discount_code where enrolment_id = ${enrolmentId}`,
  },
  'code.tier': {
    settings: { percent: '12' },
    seen: ({ enrolmentId }) => sql`select 1 from discount_code where enrolment_id = ${enrolmentId} and percent = 12`,
  },
  'gift.stop': {
    settings: { reason: 'resells' },
    seen: ({ personId }) => sql`select 1 from do_not_gift where person_id = ${personId} and reason = 'resells'`,
  },
  'contact.stop': {
    settings: { scope: 'all', reason: 'Asked so' },
    seen: ({ personId }) => sql`select 1 from person where id = ${personId} and exists (select from do_not_contact)`,
  },
  'work.stop': {
    settings: { reason: 'Twice late' },
    seen: ({ personId }) => sql`select 1 from do_not_work where person_id = ${personId}`,
  },
  'incident.open': {
    settings: { kind: 'late', summary: 'Three weeks late' },
    seen: ({ personId }) => sql`select 1 from incident where person_id = ${personId} and kind = 'late'`,
  },
  'opinion.save': {
    settings: { again: 'yes', reason: 'A joy' },
    seen: ({ personId }) =>
      sql`select 1 from outbox where name = 'opinion.saved' and payload ->> 'personId' = ${personId} and payload ->> 'again' = 'yes'`,
  },
};

const settingsOf = (action: PlainAction): Record<string, string> =>
  Object.fromEntries(
    Object.entries(effects[action].settings ?? {}).map(([name, value]) => [
      name,
      value === 'the list' ? listId : value === 'the other' ? otherCampaignId : value,
    ]),
  );

describe('every action', () => {
  // One trigger each, of those that nobody else reacts to.
  const inOrder = actionIds;
  const groups = ['Seeding', 'Applications', 'Mail', 'Drafts'];
  const freeTriggers = () => {
    const others = core.core.modules.all
      .flatMap((module) => module.consumers ?? [])
      .filter((consumer) => !consumer.name.startsWith('automations.') && consumer.name !== 'webhooks.follow');
    const taken = new Set(others.flatMap((consumer) => consumer.events));
    return triggers.filter((trigger) => groups.includes(trigger.group) && !taken.has(trigger.event));
  };
  const before = new Map<ActionId, unknown>();
  const automationOf = new Map<ActionId, string>();

  beforeAll(async () => {
    const { infra, modules } = core.core;
    const free = freeTriggers();
    expect(free.length).toBeGreaterThanOrEqual(inOrder.length);
    await first(sql`update person set tags = array['old'] where id = ${whoOf('creator.untag').personId} returning id`);
    await first(
      sql`update enrolment set stage = 'asked' where id = ${whoOf('invitation.send').enrolmentId} returning id`,
    );
    for (const [at, action] of inOrder.entries()) {
      before.set(action, await first(effects[action].seen(whoOf(action))));
      const uses = [{ action, settings: settingsOf(action) }];
      automationOf.set(action, await makeOn(`Does ${action}`, { trigger: free[at]?.event ?? '', actions: uses }));
    }
    const events = inOrder.map((action, at) => ({
      workspaceId,
      name: free[at]?.event ?? '',
      payload: { actorName: 'Rita', ...whoOf(action) },
    }));
    await infra.db.inWorkspace(workspaceId, (tx) => infra.outbox.emitAll(tx, events));
    await infra.outbox.settle();
    await modules.automations.runDue();
    for (const automationId of automationOf.values()) await runsOf(automationId);
    await infra.outbox.settle();
    for (const automationId of automationOf.values())
      await client().call(switchAutomation, { automationId, isOn: false });
  }, 60_000);

  test.each(inOrder)('%s does what it says through the module that owns it', async (action) => {
    const who = whoOf(action);
    const { rows } = await client().call(listAutomationRuns, { automationId: automationOf.get(action) ?? '' });
    const own = rows.filter((run) => run.payload.personId === who.personId);
    expect(own.map((run) => [run.state, run.because])).toEqual([['done', null]]);
    expect(before.get(action)).toBeUndefined();
    expect(await first(effects[action].seen(who))).toBeDefined();
  });

  test('there are at least 25 of them, and at least 30 triggers that some module really tells of', async () => {
    expect(actionIds.length).toBeGreaterThanOrEqual(25);
    expect(triggers.length).toBeGreaterThanOrEqual(30);
    const told = await namesOfEvents();
    expect(triggers.map((trigger) => trigger.event).filter((event) => !told.has(event))).toEqual([]);
  });
});

/** Every name of an event that a module declares, and those it makes of a state. */
async function namesOfEvents(): Promise<Set<string>> {
  const names = new Set<string>();
  const modules = [
    'campaigns',
    'content',
    'contracts',
    'disclosure',
    'fraud',
    'outreach',
    'portal',
    'relationships',
    'seeding',
    'submissions',
  ];
  for (const module of modules) {
    const declared: Record<string, unknown> = await import(`../${module}/events.ts`);
    for (const value of Object.values(declared)) {
      if (typeof value === 'string') names.add(value);
      else if (typeof value === 'object' && value !== null)
        for (const name of Object.values(value)) if (typeof name === 'string') names.add(name);
    }
  }
  for (const state of ['ordered', 'packed', 'shipped', 'delivered', 'returned', 'lost', 'cancelled'])
    names.add(`shipment.${state}`);
  return names;
}

describe('every trigger', () => {
  test('starts the automation that waits for it, once for the same event however often it is delivered', async () => {
    const { infra, modules } = core.core;
    const made = await Promise.all(
      triggers.map((trigger) =>
        client().call(createAutomation, {
          name: `On ${trigger.event}`,
          trigger: trigger.event,
          // Never holds, so that nothing is done and each run says why.
          conditions: [{ field: 'event.actorName', op: 'is', value: 'Nobody' }],
          actions: [{ action: 'task.add', settings: { title: 'Never' } }],
        }),
      ),
    );
    for (const { id } of made) await client().call(switchAutomation, { automationId: id, isOn: true });
    const events = triggers.map((trigger, at) => ({
      workspaceId,
      id: `evt_all_${at}`,
      name: trigger.event,
      payload: { actorName: 'Rita', personId: whoOf('spare').personId },
      createdAt: new Date(clockMs),
    }));
    const [consumer] = modules.automations.consumers ?? [];
    await consumer?.handle(events);
    await consumer?.handle(events);
    await modules.automations.runDue();
    await consumer?.handle(events);
    await modules.automations.runDue();
    const started = await infra.db.asSystem((tx) =>
      sql<{ event_name: string; state: string }>`
        select event_name, state from automation_run where workspace_id = ${workspaceId} and event_id like 'evt_all_%' order by event_name`.execute(
        tx,
      ),
    );
    const own = started.rows.filter((row) => row.state === 'skipped');
    expect(own.map((row) => row.event_name)).toEqual(triggers.map((trigger) => trigger.event).sort());
    expect(started.rows).toHaveLength(triggers.length);
    for (const { id } of made) await client().call(switchAutomation, { automationId: id, isOn: false });
  }, 60_000);
});

describe('an automation', () => {
  test('asks its conditions when it is due, and says which did not hold', async () => {
    const automationId = await makeOn('Only late ones', {
      trigger: 'deadline.reminded',
      conditions: [{ field: 'event.daysLeft', op: 'at_most', value: '0' }],
      actions: [{ action: 'note.add', settings: { body: 'Late' } }],
    });
    const { personId } = whoOf('spare');
    await happens('deadline.reminded', { personId, daysLeft: '3' });
    await happens('deadline.reminded', { personId, daysLeft: '-1' });
    await happens('deadline.reminded', { personId });
    const runs = await runsOf(automationId);
    expect(runs.map((run) => run.state).sort()).toEqual(['done', 'skipped', 'skipped']);
    expect(runs.map((run) => run.because)).toContain('Days left (negative once gone by) is 3; asked was at most 0.');
    expect(runs.map((run) => run.because)).toContain(
      'Days left (negative once gone by) is not known; asked was at most 0.',
    );
  });

  test('waits as long as it is told to, and drops what waits when it is turned off', async () => {
    const automationId = await makeOn('Later', {
      trigger: 'shipment.delivered',
      waitMinutes: 60,
      actions: [{ action: 'note.add', settings: { body: 'Ask how it is' } }],
    });
    const { personId } = whoOf('spare');
    await happens('shipment.delivered', { personId });
    expect((await runsOf(automationId)).map((run) => run.state)).toEqual(['waiting']);
    clockMs += 61 * 60_000;
    await core.core.modules.automations.runDue();
    expect((await runsOf(automationId)).map((run) => run.state)).toEqual(['done']);
    await happens('shipment.delivered', { personId });
    await client().call(switchAutomation, { automationId, isOn: false });
    expect((await runsOf(automationId)).map((run) => run.state).sort()).toEqual(['done', 'skipped']);
  });

  test('never starts itself, and two that start each other stop at the limit', async () => {
    const actions = [{ action: 'task.add', settings: { title: 'Again' } }];
    const one = await makeOn('Ping', { trigger: 'task.added', actions });
    await happens('task.added', { personId: whoOf('spare', 1).personId, taskId: 'tsk_x' });
    await core.core.infra.outbox.settle();
    await core.core.modules.automations.runDue();
    expect((await runsOf(one)).map((run) => run.state)).toEqual(['done']);
    const two = await makeOn('Pong', { trigger: 'task.added', actions });
    await happens('task.added', { personId: whoOf('spare', 2).personId, taskId: 'tsk_y' });
    for (let round = 0; round < 12; round += 1) {
      await core.core.infra.outbox.settle();
      await core.core.modules.automations.runDue();
    }
    const runs = [...(await runsOf(one)), ...(await runsOf(two))].filter(
      (run) => run.payload.personId === whoOf('spare', 2).personId,
    );
    expect(runs.filter((run) => run.state === 'done').length).toBeLessThanOrEqual(6);
    expect(runs.some((run) => run.state === 'limited')).toBe(true);
    for (const automationId of [one, two]) await client().call(switchAutomation, { automationId, isOn: false });
  });

  test('shows what failed, and goes on from there when it is tried again', async () => {
    const automationId = await makeOn('To a list that goes', {
      trigger: 'opinion.saved',
      actions: [
        { action: 'note.add', settings: { body: 'Done once' } },
        { action: 'list.add', settings: { listId: 'lst_none' } },
      ],
    });
    const { personId } = whoOf('spare');
    await happens('opinion.saved', { personId });
    const [failed] = await runsOf(automationId);
    expect(failed).toMatchObject({ state: 'failed', steps: [{ state: 'done' }, { state: 'failed' }] });
    expect(failed?.because).toContain('No such list');
    const stored = (await client().call(listAutomations, {})).rows.find((row) => row.id === automationId);
    await client().call(updateAutomation, {
      automationId,
      basedOn: stored?.version ?? 0,
      name: 'To a list that is there',
      trigger: 'opinion.saved',
      actions: [
        { action: 'note.add', settings: { body: 'Done once' } },
        { action: 'list.add', settings: { listId } },
      ],
    });
    await client().call(retryAutomationRun, { runId: failed?.id ?? '' });
    await core.core.modules.automations.runDue();
    expect((await runsOf(automationId)).map((run) => run.state)).toEqual(['done']);
    const notes = await first(
      sql`select count(*)::int as n from creator_note where person_id = ${personId} and body = 'Done once'`,
    );
    expect(notes).toEqual({ n: 1 });
    await expect(client().call(retryAutomationRun, { runId: failed?.id ?? '' })).rejects.toMatchObject({
      code: 'automations.not_failed',
    });
  });

  test('does nothing twice after the program ended in the middle of what cannot be repeated', async () => {
    const automationId = await makeOn('Cut off', {
      trigger: 'incident.closed',
      actions: [{ action: 'note.add', settings: { body: 'Cut off' } }],
    });
    const { personId } = whoOf('spare');
    const at = new Date(clockMs - 60_000);
    const steps = JSON.stringify([{ action: 'note.add', state: 'running', said: '' }]);
    await core.core.infra.db.asSystem((tx) =>
      sql`insert into automation_run (workspace_id, id, automation_id, version, event_id, event_name, payload, happened_at, due_at, state, steps, attempts)
        values (${workspaceId}, 'arn_cut', ${automationId}, 1, 'evt_cut', 'incident.closed', ${JSON.stringify({ personId })}::jsonb, ${at}, ${at}, 'running', ${steps}::jsonb, 1)`.execute(
        tx,
      ),
    );
    await core.core.modules.automations.runDue();
    expect((await runsOf(automationId)).map((run) => run.state)).toEqual(['interrupted']);
    expect(await first(sql`select 1 from creator_note where body = 'Cut off'`)).toBeUndefined();
  });

  test('refuses what cannot work, with the field and the way out', async () => {
    const make = (content: Record<string, unknown>) =>
      client().call(createAutomation, {
        name: 'Wrong',
        trigger: 'task.done',
        actions: [{ action: 'task.add', settings: { title: 'x' } }],
        ...content,
      });
    await expect(make({ trigger: 'moon.full' })).rejects.toMatchObject({
      code: 'automations.unknown_trigger',
      details: [{ field: 'trigger' }],
    });
    await expect(make({ actions: [{ action: 'roster.move', settings: { stage: 'paid' } }] })).rejects.toMatchObject({
      code: 'automations.bad_action',
    });
    await expect(make({ actions: [{ action: 'task.add', settings: {} }] })).rejects.toMatchObject({
      details: [{ field: 'actions.0.settings.title' }],
    });
    await expect(
      make({ actions: [{ action: 'task.add', settings: { title: 'Hi {{mother}}' } }] }),
    ).rejects.toMatchObject({ details: [{ field: 'actions.0.settings.title' }] });
    await expect(
      make({ conditions: [{ field: 'creator.followers', op: 'at_least', value: 'many' }] }),
    ).rejects.toMatchObject({
      code: 'automations.bad_condition',
      details: [{ field: 'conditions.0' }],
    });
    await make({});
    await expect(make({ name: 'WRONG' })).rejects.toMatchObject({ code: 'automations.name_taken' });
  });

  test('says in a dry run what it would have done with what happened, and does nothing', async () => {
    const { personId } = whoOf('spare');
    await happens('do_not_work.lifted', { personId, reason: 'talked it over' });
    const answer = await client().call(dryRunAutomation, {
      trigger: 'do_not_work.lifted',
      conditions: [{ field: 'event.reason', op: 'contains', value: 'TALKED' }],
      actions: [{ action: 'note.add', settings: { body: 'Lifted: {{reason}}' } }],
    });
    expect(answer.wouldRun).toBe(1);
    expect(answer.rows.find((row) => row.wouldRun)).toMatchObject({
      actions: [{ isPossible: true, says: 'Add a note to the creator: note “Lifted: talked it over”' }],
    });
    expect(await first(sql`select 1 from creator_note where body like 'Lifted%'`)).toBeUndefined();
  });

  test('is nothing to another workspace', async () => {
    await core.database.createWorkspace('theirs');
    const theirs = core.client('theirs');
    expect((await theirs.call(listAutomations, {})).rows).toEqual([]);
    expect((await theirs.call(listAutomationRuns, {})).rows).toEqual([]);
  });

  test('begins from templates that all can be kept as they are', async () => {
    const { templates, actions } = await client().call(getAutomationCatalogue, {});
    expect(actions).toHaveLength(allActions.length);
    for (const { title, trigger, conditions, actions: uses, waitMinutes } of templates)
      await client().call(createAutomation, { name: title, trigger, conditions, actions: uses, waitMinutes });
  });
});
