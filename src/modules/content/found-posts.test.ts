import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { listDeliverables, recordResults } from '#modules/campaigns/api.ts';
import { campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { captureNow, listAssets, listFoundResults, listReadings, putCaptureRules, takeFoundResults } from './api.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
const campaignId = 'cmp_slow';
const url = 'https://www.instagram.com/p/AAAAAA/';

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => new Date('2026-05-20T12:00:00Z') } });
  workspaceId = await test.database.createWorkspace('mine');
  client = test.client('mine');
  const rows = campaignRows(test.database, workspaceId);
  await rows.campaign({ id: campaignId, name: 'Slow' });
  await rows.person({ id: 'per_ana', name: 'Ana', handle: 'ana' });
  await rows.enrolment({ id: 'enr_ana', campaignId, personId: 'per_ana' });
  await rows.deliverable({ id: 'dlv_live', enrolmentId: 'enr_ana', liveAt: '2026-05-05T09:00:00Z' });
  await test.database.db.asSystem(async (tx) => {
    await tx.updateTable('campaign').set({ state: 'live', starts_on: '2026-05-01', ends_on: '2026-06-30' }).execute();
    await tx.updateTable('deliverable').set({ live_url: url, live_url_key: 'instagram.com/p/AAAAAA' }).execute();
  });
  await client.call(putCaptureRules, { campaignId, mentions: ['@oat.mill'] });
}, 60_000);
afterAll(() => test.close());

/** A post as a connection leaves it, read at that hour. */
async function seen(externalId: string, of: { at: string; likes: number | null; more?: object }): Promise<void> {
  const figures = { likes: of.likes === null ? null : BigInt(of.likes), observed_at: new Date(of.at) };
  await test.database.db.asSystem(async (tx) => {
    const { id: profileId } = await tx
      .selectFrom('profile')
      .select('id')
      .where('person_id', '=', 'per_ana')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('post')
      .values({
        workspace_id: workspaceId,
        id: `pst_${externalId}`,
        profile_id: profileId,
        external_id: externalId,
        posted_at: new Date('2026-05-06T08:00:00Z'),
        source: 'Instagram Graph API',
        ...figures,
        ...of.more,
      })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'profile_id', 'external_id']).doUpdateSet(figures))
      .execute();
  });
  await client.call(captureNow, { campaignId });
}
const resultsOf = async () => (await client.call(listDeliverables, { campaignId })).rows[0]?.results ?? {};
const found = async () => (await client.call(listFoundResults, { campaignId })).rows;

it('posts are found by a tag of their picture, and a story is kept with the moment it goes', async () => {
  await seen('TAG', {
    at: '2026-05-07T08:00:00Z',
    likes: null,
    more: { photo_tags: ['Oat.Mill'], caption: 'no name' },
  });
  const story = { format: 'story', mentions: ['oat.mill'], expires_at: new Date('2026-05-07T08:00:00Z') };
  await seen('STORY', { at: '2026-05-07T08:00:00Z', likes: null, more: story });
  const { rows } = await client.call(listAssets, {});
  expect(rows.map((row) => [row.capturedHow, row.capturedBy, row.expiresAt]).toSorted()).toEqual([
    ['mention', '@oat.mill', '2026-05-07T08:00:00.000Z'],
    ['photo_tag', '@oat.mill', null],
  ]);
});

it('every reading of a found post is kept once, and becomes a result only when somebody takes it', async () => {
  await seen('AAAAAA', { at: '2026-05-10T08:00:00Z', likes: 40, more: { url } });
  await seen('AAAAAA', { at: '2026-05-10T08:00:00Z', likes: 40 });
  await seen('AAAAAA', { at: '2026-05-12T08:00:00Z', likes: 95 });
  const [asset] = (await client.call(listAssets, {})).rows.filter((row) => row.deliverableId === 'dlv_live');
  const { readings } = await client.call(listReadings, { assetId: asset?.id ?? '' });
  expect(readings.map((one) => [one.observedAt, one.likes, one.comments])).toEqual([
    ['2026-05-10T08:00:00.000Z', 40, null],
    ['2026-05-12T08:00:00.000Z', 95, null],
  ]);
  expect(await resultsOf()).toEqual({});
  expect((await found()).map((row) => row.values)).toEqual([[{ metric: 'likes', value: 95, current: null }]]);
  expect(await client.call(takeFoundResults, { campaignId, deliverableIds: ['dlv_none'] })).toEqual({ taken: 0 });
  expect(await client.call(takeFoundResults, { campaignId })).toEqual({ taken: 1 });
  expect(await client.call(takeFoundResults, { campaignId })).toEqual({ taken: 0 });
  expect((await resultsOf()).likes).toMatchObject({ value: 95, isEstimate: false, source: 'Instagram Graph API' });
  expect(await found()).toEqual([]);
});

it('what somebody entered later stays, an older one gives way to news', async () => {
  const entered = { deliverableId: 'dlv_live', source: 'insights', isEstimate: false };
  await client.call(recordResults, { ...entered, values: { likes: 120 }, observedAt: '2026-05-14T08:00:00Z' });
  await seen('AAAAAA', { at: '2026-05-13T08:00:00Z', likes: 101 });
  expect(await found()).toEqual([]);
  await seen('AAAAAA', { at: '2026-05-15T08:00:00Z', likes: 130 });
  expect((await found())[0]?.values).toEqual([{ metric: 'likes', value: 130, current: 120 }]);
});

it('by the campaign’s setting figures become results by themselves', async () => {
  const signs = { campaignId, mentions: ['oat.mill'] };
  expect(await client.call(putCaptureRules, { ...signs, results: 'auto' })).toMatchObject({ results: 'auto' });
  await seen('AAAAAA', { at: '2026-05-16T08:00:00Z', likes: 140 });
  expect((await resultsOf()).likes?.value).toBe(140);
  // Changing the signs alone leaves the setting.
  expect(await client.call(putCaptureRules, signs)).toMatchObject({ results: 'auto' });
});
