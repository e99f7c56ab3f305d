import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addDeliverables,
  addTask,
  briefSchema,
  saveBrief,
  sendBrief,
  updateEnrolment,
} from '#modules/campaigns/api.ts';
import { uploadAsset } from '#modules/content/api.ts';
import { eraseCreators, suppress, updateCreator } from '#modules/creators/api.ts';
import { listDisclosureEvidence } from '#modules/disclosure/api.ts';
import { addToList, commentListMember, createList } from '#modules/discovery/api.ts';
import { logTouch } from '#modules/outreach/api.ts';
import { addNote, openIncident, saveOpinion } from '#modules/relationships/api.ts';
import * as drafts from '#modules/submissions/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { listErasures, makePortalLink } from './api.ts';

const name = 'Zephyrine Quuxley';
const handle = 'zephyrquux';
const email = 'zephyr@quuxley.example';
const traces = /zephyr|quux/iu;
let core: TestCore;
let workspaceId: string;
let roster: TestRoster;
let now = new Date('2026-05-14T09:00:00Z');
const client = () => core.client('mine');

beforeAll(async () => {
  core = await openTestCore({
    clock: {
      now: () => {
        now = new Date(now.getTime() + 1);
        return now;
      },
    },
  });
  workspaceId = await core.database.createWorkspace('mine');
  roster = await aCampaign(core.database, workspaceId, [handle, 'someone.else', `${handle}2`]);
}, 60_000);
afterAll(() => core.close());

const picture = async (background: string) => {
  const png = await sharp({ create: { width: 30, height: 30, channels: 3, background } })
    .png()
    .toBuffer();
  return { body: new Uint8Array(png), fileName: `${handle}.png` };
};

/** Everything a working program keeps of a creator. */
async function fill(at: number): Promise<string> {
  const enrolment = roster.enrolments[at];
  if (enrolment === undefined) throw new Error('No such creator in the test');
  const { id: enrolmentId, personId } = enrolment;
  const { campaignId } = roster;
  await client().call(updateCreator, { personId, name, emails: [email], tags: [`by ${name}`] });
  await client().call(addNote, { personId, body: `${name} likes oats` });
  const about = { personId, campaignId, about: 'creator' as const, occurredOn: '2026-05-01' };
  await client().call(openIncident, { ...about, kind: 'late', summary: `${name} was late` });
  await client().call(saveOpinion, { personId, again: 'yes', reason: `@${handle} is kind` });
  await client().call(logTouch, { personId, channel: 'phone', note: `Rang ${name}` });
  await client().call(addTask, { title: `Call ${name}`, personId, enrolmentId, campaignId });
  await client().call(updateEnrolment, { enrolmentId, note: `${handle} asks for more`, blocker: `waits for ${name}` });
  const { id: listId } = await client().call(createList, { name: `Bench ${at}` });
  await client().call(addToList, { listId, personIds: [personId] });
  await client().call(commentListMember, { listId, personId, body: `${name} first` });
  await client().call(makePortalLink, { personId, days: 7, isMailed: true });
  await client().call(sendBrief, { campaignId, enrolmentIds: [enrolmentId] });
  await client().upload(uploadAsset, { personId, campaignId }, await picture(at === 0 ? '#a02050' : '#20a050'));
  const creator = await core.portal('mine', personId);
  const piece = {
    campaignId,
    enrolmentIds: [enrolmentId],
    platform: 'instagram' as const,
    format: 'post',
    dueOn: null,
  };
  const { deliverableIds } = await client().call(addDeliverables, { ...piece, title: 'One post' });
  const deliverableId = deliverableIds[0] ?? '';
  await creator.call(drafts.portalStartDraft, { deliverableId });
  await creator.upload(drafts.portalAddFile, { deliverableId }, await picture(at === 0 ? '#50a020' : '#5020a0'));
  await creator.call(drafts.portalWriteDraft, { deliverableId, caption: `Ad. ${name} bakes. @${handle}` });
  const { submissionId } = await creator.call(drafts.portalSubmitDraft, { deliverableId, round: 1 });
  await client().call(drafts.approveDraft, { submissionId: submissionId ?? '', round: 1 });
  const url = `https://www.instagram.com/p/${handle}${at}/`;
  await creator.call(drafts.portalGiveLive, { deliverableId, url });
  const seen = { submissionId: submissionId ?? '', caption: `Ad. ${name} bakes`, handle };
  await client().call(drafts.enterSeenPost, seen);
  await creator.upload(drafts.portalAddScreenshot, { deliverableId }, await picture(at === 0 ? '#2050a0' : '#a05020'));
  await core.core.infra.outbox.settle();
  return personId;
}

/** Where a row of the workspace still shows a trace, table by table. */
async function found(): Promise<string[]> {
  return core.core.infra.db.asSystem(async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select t.table_name as name from information_schema.tables t
      join information_schema.columns c using (table_schema, table_name)
      where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'workspace_id' order by 1`.execute(
      tx,
    );
    const hits: string[] = [];
    for (const { name: table } of rows) {
      const { rows: own } = await sql<{ row: string }>`
        select t::text as row from ${sql.table(table)} t`.execute(tx);
      hits.push(...own.flatMap(({ row }) => (traces.test(row) ? [`${table}: ${row.slice(0, 300)}`] : [])));
    }
    return hits;
  });
}

const filesOf = async () =>
  core.core.infra.db.asSystem(
    async (tx) =>
      (
        await sql<{
          content_hash: string;
        }>`select content_hash from stored_file where workspace_id = ${workspaceId}`.execute(tx)
      ).rows,
  );

test('nothing is left of a creator who is erased: no name, handle, address or file', async () => {
  await client().call(saveBrief, {
    campaignId: roster.campaignId,
    basedOn: 0,
    brief: briefSchema.parse({ background: 'Oats' }),
  });
  await core.core.infra.db.asSystem((tx) =>
    sql`delete from person where workspace_id = ${workspaceId} and id = ${roster.enrolments[2]?.personId ?? ''}`.execute(
      tx,
    ),
  );
  const personId = await fill(0);
  const before = await found();
  expect(before.length).toBeGreaterThan(20);
  const files = await filesOf();
  expect(files.length).toBeGreaterThanOrEqual(3);
  await client().call(eraseCreators, { personIds: [personId] });
  await core.core.infra.outbox.settle();
  expect(await found()).toEqual([]);
  expect(await filesOf()).toEqual([]);
  // The content itself goes with the nightly collection, once it is a day old.
  now = new Date(Date.now() + 3 * 86_400_000);
  await core.core.infra.files.collect();
  const folder = core.core.infra.config.dataDir;
  for (const { content_hash: hash } of files)
    expect(existsSync(join(folder, 'files', hash.slice(0, 2), hash)), hash).toBe(false);
}, 60_000);

test('the report says what went and what stays, each with its reason, and the check of the label stays without its text', async () => {
  const { rows } = await client().call(listErasures, {});
  const [report] = rows;
  const went = Object.fromEntries((report?.went ?? []).map((one) => [one.what, one.rows]));
  expect(went).toMatchObject({ Notes: 1, Incidents: 1, Tasks: expect.any(Number), 'Drafts you handed in': 1 });
  expect(went['Files: drafts, screenshots, pictures']).toBe(3);
  expect(report?.stays.map((one) => one.what)).toEqual(
    expect.arrayContaining(['Campaigns you are or were on', 'Checks of labels']),
  );
  expect(report?.stays.every((one) => one.why.length > 20)).toBe(true);
  const evidence = await client().call(listDisclosureEvidence, {});
  expect(evidence.rows.length).toBeGreaterThanOrEqual(2);
  expect(evidence.rows.every((row) => row.caption === '' && row.url === null && row.captionSha256.length === 64)).toBe(
    true,
  );
});

test('one who objects leaves as little, and one who works on is not touched', async () => {
  const other = roster.enrolments[1]?.personId ?? '';
  await client().call(addNote, { personId: other, body: 'Stays as it is' });
  const personId = await fill(1);
  await client().call(suppress, { personId, reason: 'asked for it' });
  await core.core.infra.outbox.settle();
  expect(await found()).toEqual([]);
  expect((await client().call(listErasures, {})).rows).toHaveLength(2);
}, 60_000);
