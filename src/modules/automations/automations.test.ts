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
import { type ActionId, actionIds } from './rules/action-table.ts';
import { triggers } from './rules/triggers.ts';

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
  roster = await aCampaign(core.database, workspaceId, actionIds.map((_, at) => `creator${at}.test`).concat(['spare1.test', 'spare2.test', 'spare3.test']));
  const other = await client().call(createCampaign, { name: 'Evenings', model: 'sponsored', startsOn: '2026-06-01', endsOn: '2026-06-30' });
  otherCampaignId = other.id;
  listId = (await client().call(createList, { name: 'Bench' })).id;
  await client().call(addToList, { listId, personIds: ['list.remove', 'list.comment', 'list.note'].map((id) => whoOf(id).personId) });
  await core.core.infra.outbox.settle();
}, 120_000);
afterAll(() => core.close());

const whoOf = (action: string, spare = 0): Who => {
  const at = actionIds.indexOf(action as ActionId);
  const { id, personId } = roster.enrolments[at < 0 ? actionIds.length + spare : at] ?? { id: '', personId: '' };
  return { campaignId: roster.campaignId, enrolmentId: id, personId };
};

/** Something happens, and what is due is run. */
async function happens(name: string, payload: Record<string, string>): Promise<void> {
  const { infra, modules } = core.core;
  await infra.db.inWorkspace(workspaceId, (tx) => infra.outbox.emit(tx, { workspaceId, name, payload: { actorName: 'Rita', ...payload } }));
  await infra.outbox.settle();
  await modules.automations.runDue();
}

async function makeOn(name: string, content: { trigger: string; actions: ActionUse[] } & Record<string, unknown>): Promise<string> {
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

const first = async (query: ReturnType<typeof sql<Record<string, unknown>>>) => (await core.core.infra.db.asSystem((tx) => query.execute(tx))).rows[0];

/** What each action is set to, and where its effect is seen: the query must find a row after, and none before. */
const effects: Record<ActionId, { settings?: Record<string, string>; seen: (who: Who) => ReturnType<typeof sql<Record<string, unknown>>> }> = {
  'task.add': { settings: { title: 'Call {{creator}} now', days: '2' }, seen: ({ personId }) => sql`select 1 from task where person_id = ${personId} and title like 'Call creator% now' and due_on = '2026-05-06'` },
  'note.add': { settings: { body: 'Kind, and quick' }, seen: ({ personId }) => sql`select 1 from creator_note where person_id = ${personId} and body = 'Kind, and quick'` },
  'touch.log': { settings: { channel: 'phone', note: 'Rang twice' }, seen: ({ personId }) => sql`select 1 from outreach_message where person_id = ${personId} and text = 'Rang twice'` },
  'creator.tag': { settings: { tags: 'vip, spring' }, seen: ({ personId }) => sql`select 1 from person where id = ${personId} and tags @> array['vip', 'spring']` },
  'creator.untag': { settings: { tags: 'old' }, seen: ({ personId }) => sql`select 1 from person where id = ${personId} and not tags @> array['old']` },
  'creator.vet': { seen: ({ personId }) => sql`select 1 from vetting_report where person_id = ${personId}` },
  'creator.gifting': { settings: { open: 'no' }, seen: ({ personId }) => sql`select 1 from person where id = ${personId} and is_open_to_gifting = false` },
  'list.add': { settings: { listId: 'the list' }, seen: ({ personId }) => sql`select 1 from list_member where person_id = ${personId}` },
  'list.remove': { settings: { listId: 'the list' }, seen: ({ personId }) => sql`select 1 from person where id = ${personId} and not exists (select from list_member m where m.person_id = ${personId})` },
  'list.comment': { settings: { listId: 'the list', body: 'Good light' }, seen: ({ personId }) => sql`select 1 from list_comment where person_id = ${personId} and body = 'Good light'` },
  'list.note': { settings: { listId: 'the list', note: 'First choice' }, seen: ({ personId }) => sql`select 1 from list_member where person_id = ${personId} and note = 'First choice'` },
  'roster.add': { settings: { campaignId: 'the other' }, seen: ({ personId }) => sql`select 1 from enrolment where person_id = ${personId} and campaign_id = ${otherCampaignId}` },
  'roster.move': { settings: { stage: 'paid' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and stage = 'paid'` },
  'roster.remove': { settings: { reason: 'Out of time' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and removed_at is not null` },
  'roster.block': { settings: { blocker: 'Waits for the parcel' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and blocker = 'Waits for the parcel'` },
  'roster.note': { settings: { note: 'Likes mornings' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and note = 'Likes mornings'` },
  'roster.fee': { settings: { fee: '250.50' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and fee_minor = 25050` },
  'roster.drafts_by': { settings: { days: '10' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and drafts_by = '2026-05-14'` },
  'roster.respond_by': { settings: { days: '3' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and respond_by = '2026-05-07'` },
  'roster.tag': { settings: { tags: 'wave one' }, seen: ({ enrolmentId }) => sql`select 1 from enrolment where id = ${enrolmentId} and tags @> array['wave one']` },
  'roster.happened': { settings: { happening: 'accepted' }, seen: ({ enrolmentId }) => sql`select 1 from outbox where name = 'enrolment.happened' and payload ->> 'enrolmentId' = ${enrolmentId}` },
  'deliverable.add': { settings: { platform: 'instagram', format: 'reel', title: 'One more reel', days: '7' }, seen: ({ enrolmentId }) => sql`select 1 from deliverable where enrolment_id = ${enrolmentId} and title = 'One more reel' and due_on = '2026-05-11'` },
  'cost.add': { settings: { kind: 'shipping', amount: '12.30' }, seen: ({ enrolmentId }) => sql`select 1 from campaign_cost where enrolment_id = ${enrolmentId} and amount_minor = 1230` },
  'campaign.state': { settings: { to: 'ended' }, seen: ({ campaignId }) => sql`select 1 from campaign where id = ${campaignId} and state = 'ended'` },
  'invitation.send': { settings: { message: 'Come along' }, seen: ({ enrolmentId }) => sql`select 1 from outbox where name = 'invitation.sent' and payload ->> 'enrolmentId' = ${enrolmentId}` },
  'portal.link': { settings: { days: '7' }, seen: ({ personId }) => sql`select 1 from portal_link where person_id = ${personId}` },
  'link.create': { settings: { destination: 'https://shop.example/one' }, seen: ({ enrolmentId }) => sql`select 1 from link where enrolment_id = ${enrolmentId} and destination like 'https://shop.example/one%'` },
  'code.create': { settings: { percent: '15' }, seen: ({ enrolmentId }) => sql`select 1 from discount_code where enrolment_id = ${enrolmentId}` },
  'gift.stop': { settings: { reason: 'resells' }, seen: ({ personId }) => sql`select 1 from do_not_gift where person_id = ${personId} and reason = 'resells'` },
  'contact.stop': { settings: { scope: 'all', reason: 'Asked so' }, seen: ({ personId }) => sql`select 1 from person where id = ${personId} and exists (select from do_not_contact)` },
  'work.stop': { settings: { reason: 'Twice late' }, seen: ({ personId }) => sql`select 1 from do_not_work where person_id = ${personId}` },
  'incident.open': { settings: { kind: 'late', summary: 'Three weeks late' }, seen: ({ personId }) => sql`select 1 from incident where person_id = ${personId} and kind = 'late'` },
  'opinion.save': { settings: { again: 'yes', reason: 'A joy' }, seen: ({ personId }) => sql`select 1 from outbox where name = 'opinion.saved' and payload ->> 'personId' = ${personId} and payload ->> 'again' = 'yes'` },
};

const settingsOf = (action: ActionId): Record<string, string> =>
  Object.fromEntries(
    Object.entries(effects[action].settings ?? {}).map(([name, value]) => [name, value === 'the list' ? listId : value === 'the other' ? otherCampaignId : value]),
  );
