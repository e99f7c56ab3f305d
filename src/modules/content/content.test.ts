import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import {
  addDeliverables,
  addToRoster,
  changeCampaignState,
  createCampaign,
  getEnrolment,
  listDeliverables,
  moveOnRoster,
} from '#modules/campaigns/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import {
  addAssetByUrl,
  addPlacement,
  answerRights,
  captureNow,
  downloadAsset,
  endPlacement,
  endRight,
  getAsset,
  grantRights,
  listAdPermissions,
  listAssets,
  listMissing,
  listPortalRights,
  previewAsset,
  putCaptureRules,
  removeAsset,
  requestRights,
  saveAdPermission,
  updateAsset,
  uploadAsset,
} from './api.ts';
import { rightEnded, rightEnding } from './events.ts';
import { openWork, tellEndingRights } from './index.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
let nowMs = Date.parse('2026-05-20T12:00:00Z');
const ids: Record<string, string> = {};

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => new Date(nowMs) } });
  workspaceId = await test.database.createWorkspace('mine');
  client = test.client('mine');
  const made = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows: ['ana', 'bea'].map((name) => ({
      name,
      profiles: [{ platform: 'instagram' as const, handle: name, followers: 5000 }],
    })),
    source: 'test',
    observedAt: new Date(nowMs),
  });
  [ids.ana = '', ids.bea = ''] = made.personIds.map((id) => id ?? '');
  const rows = campaignRows(test.database, workspaceId);
  await rows.campaign({ id: 'cmp_slow', name: 'Slow' });
  await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
    tx.updateTable('campaign').set({ state: 'live', starts_on: '2026-05-01', ends_on: '2026-06-30' }).execute(),
  );
  await rows.enrolment({ id: 'enr_ana', campaignId: 'cmp_slow', personId: ids.ana ?? '' });
  await rows.enrolment({ id: 'enr_bea', campaignId: 'cmp_slow', personId: ids.bea ?? '' });
  await rows.deliverable({ id: 'dlv_live', enrolmentId: 'enr_ana', liveAt: '2026-05-05T09:00:00Z' });
  await rows.deliverable({ id: 'dlv_none', enrolmentId: 'enr_bea', liveAt: null });
  await test.core.infra.db.inWorkspace(workspaceId, async (tx) => {
    await tx
      .updateTable('deliverable')
      .set({ live_url: 'https://www.instagram.com/p/AAAAAA/', live_url_key: 'instagram.com/p/AAAAAA' })
      .where('id', '=', 'dlv_live')
      .execute();
    await tx.updateTable('deliverable').set({ due_on: '2026-05-10' }).where('id', '=', 'dlv_none').execute();
  });
  await client.call(putCaptureRules, { campaignId: 'cmp_slow', mentions: ['@oat.mill'], hashtags: ['slowmornings'] });
  await importFile(client, {
    name: 'posts.csv',
    body: [
      'username,post id,url,date,caption,likes',
      'ana,AAAAAA,https://www.instagram.com/p/AAAAAA/?igsh=x,2026-05-05,"Breakfast, slowly",120',
      'ana,BBBBBB,https://www.instagram.com/p/BBBBBB/,2026-05-06,"more with @oat.mill",80',
      'ana,CCCCCC,https://www.instagram.com/p/CCCCCC/,2026-04-01,"too early #slowmornings",10',
      'bea,DDDDDD,https://www.instagram.com/p/DDDDDD/,2026-05-08,"a walk, no brand",30',
    ].join('\n'),
  });
  await test.core.infra.outbox.settle();
}, 60_000);
afterAll(() => test.close());

const shot = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
const upload = async (personId: string | undefined, title: string) =>
  client.upload(
    uploadAsset,
    { ...(personId === undefined ? {} : { personId }), title, how: 'screenshot' },
    { body: new Uint8Array(await shot()), fileName: 'story.png' },
  );
const library = (input = {}) => client.call(listAssets, input);

describe('the content library', () => {
  it('captures by the address of a deliverable, a mention, a hashtag, within the campaign, once however often it looks', async () => {
    const again = await client.call(captureNow, { campaignId: 'cmp_slow' });
    expect(again).toEqual({ looked: 4, captured: 0 });
    const { rows, total } = await library();
    expect(total).toBe(2);
    expect(
      rows.map((row) => [row.capturedHow, row.capturedBy, row.deliverableId, row.figures.likes]).toSorted(),
    ).toEqual([
      ['deliverable', expect.any(String), 'dlv_live', 120],
      ['mention', '@oat.mill', null, 80],
    ]);
    expect(rows[0]?.person?.name).toBe('ana');
  });

  it('says of each expected post that is not there why, and shows what it may be', async () => {
    const answer = await client.call(listMissing, { campaignId: 'cmp_slow' });
    expect(answer).toMatchObject({
      expected: 2,
      captured: 1,
      missing: [{ deliverableId: 'dlv_none', reason: 'unmarked' }],
    });
    expect(answer.missing[0]?.candidates.map((one) => one.url)).toEqual(['https://www.instagram.com/p/DDDDDD/']);
    expect(answer.missing[0]?.evidence).toEqual(['@bea: read 2026-05-20, newest post 2026-05-08']);
  });

  it('adds a post by address once, keeps what was taken out away, and takes it back when it is added again', async () => {
    const url = 'https://instagram.com/p/DDDDDD/?utm=1';
    const first = await client.call(addAssetByUrl, { url, personId: ids.bea ?? '', campaignId: 'cmp_slow' });
    expect(first).toMatchObject({
      isNew: true,
      caption: 'a walk, no brand',
      figures: { likes: 30 },
      platform: 'instagram',
    });
    expect((await client.call(addAssetByUrl, { url, personId: ids.bea ?? '' })).isNew).toBe(false);
    await client.call(removeAsset, { assetId: first.id });
    await client.call(putCaptureRules, { campaignId: 'cmp_slow', keywords: ['walk'], mentions: ['oat.mill'] });
    expect((await library({ personId: ids.bea })).total).toBe(0);
    expect((await client.call(addAssetByUrl, { url, personId: ids.bea ?? '' })).isNew).toBe(true);
    await expect(client.call(addAssetByUrl, { url: 'not an address' })).rejects.toMatchObject({
      code: 'content.bad_address',
    });
    await expect(client.call(addAssetByUrl, { url, personId: 'per_no' })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('counts the posts of creators who were sent something: the expected piece first, then as one more, by sign or by address, once', async () => {
    const { personIds } = await importCreatorRows(test.core.infra, {
      workspaceId,
      rows: ['gia', 'hal'].map((name) => ({ name, profiles: [{ platform: 'instagram' as const, handle: name }] })),
      source: 'test',
      observedAt: new Date(nowMs),
    });
    const people = personIds.map((id) => id ?? '');
    const span = { startsOn: '2026-05-01', endsOn: '2026-06-30' };
    const { id: campaignId } = await client.call(createCampaign, { name: 'Gifts', model: 'product_seeding', ...span });
    const { enrolmentIds } = await client.call(addToRoster, { campaignId, personIds: people });
    const [gia = '', hal = ''] = enrolmentIds;
    await client.call(addDeliverables, {
      campaignId,
      enrolmentIds: [gia],
      platform: 'instagram',
      format: 'post',
      title: 'A photo',
      dueOn: '2026-05-25',
    });
    await client.call(changeCampaignState, { campaignId, from: 'draft', to: 'live' });
    await client.call(putCaptureRules, { campaignId, hashtags: ['giftedoats'] });
    const photos = (lines: string[]) =>
      importFile(client, { name: 'gifts.csv', body: ['username,post id,url,date,caption', ...lines].join('\n') });
    const at = (code: string) => `https://www.instagram.com/p/${code}/`;
    // Nobody who was not even asked to take part is counted.
    await photos([`gia,EARLY1,${at('EARLY1')},2026-05-12,"#giftedoats"`]);
    await test.core.infra.outbox.settle();
    const content = async () =>
      (await client.call(listDeliverables, { campaignId })).rows.map((one) => [one.title, one.state, one.liveUrl]);
    expect(await content()).toEqual([['A photo', 'planned', null]]);
    const enrolments = [gia, hal].map((id) => ({ id, from: 'shortlisted' }));
    const move = { campaignId, enrolments, to: 'delivered', skipReason: 'Handed over' };
    await client.call(moveOnRoster, move);
    await photos([
      `gia,GIFT01,${at('GIFT01')},2026-05-15,"So good #giftedoats"`,
      `gia,GIFT02,${at('GIFT02')},2026-05-16,"Again #giftedoats"`,
    ]);
    await test.core.infra.outbox.settle();
    const byUrl = { url: at('GIFT03'), personId: people[1] ?? '', campaignId };
    expect(await client.call(addAssetByUrl, byUrl)).toMatchObject({ deliverableId: expect.any(String), isNew: true });
    await client.call(addAssetByUrl, byUrl);
    await client.call(captureNow, { campaignId });
    await test.core.infra.outbox.settle();
    expect((await content()).toSorted()).toEqual([
      ['A photo', 'live', at('GIFT01')],
      ['Instagram post', 'live', at('GIFT02')],
      ['Instagram post', 'live', at('GIFT03')],
    ]);
    for (const enrolmentId of [gia, hal])
      expect((await client.call(getEnrolment, { enrolmentId })).stage).toBe('posted');
  });

  it('keeps uploads with colours and previews, refuses what is no picture, and finds by what it was given', async () => {
    const asset = await upload(ids.ana, 'Story of Ana');
    expect(asset).toMatchObject({
      capturedHow: 'screenshot',
      format: 'story',
      file: { kind: 'image', hasPreview: true },
    });
    const changed = await client.call(updateAsset, { assetId: asset.id, products: ['Oat drink'], tags: ['best'] });
    expect(changed.products).toEqual(['Oat drink']);
    for (const search of [
      { product: 'Oat drink' },
      { tag: 'best' },
      { query: 'story of' },
      { capturedHow: 'screenshot' as const },
      { colour: asset.colours[0] },
    ])
      expect((await library(search)).rows.map((row) => row.id)).toEqual([asset.id]);
    expect((await client.open(previewAsset, { assetId: asset.id })).headers.get('content-type')).toBe('image/webp');
    const svg = client.upload(uploadAsset, { how: 'upload' }, { body: '<svg onload="alert(1)"/>', fileName: 'a.png' });
    await expect(svg).rejects.toMatchObject({ code: 'files.not_accepted' });
    const byLikes = await library({ sort: 'likes', limit: 1 });
    expect(byLikes.rows[0]?.figures.likes).toBe(120);
    const next = await library({ sort: 'likes', limit: 1, cursor: byLikes.nextCursor ?? '' });
    expect(next.rows[0]?.figures.likes).toBe(80);
    await expect(library({ sort: 'newest', cursor: byLikes.nextCursor ?? '' })).rejects.toMatchObject({
      code: 'content.bad_cursor',
    });
  });
});

describe('rights', () => {
  it('asked of the creator are answered in the portal, by nobody else, and once', async () => {
    const own = await upload(ids.ana, 'Asked for');
    const nobodys = await upload(undefined, 'Of nobody');
    const asked = await client.call(requestRights, {
      assetIds: [own.id, nobodys.id, 'ast_no'],
      channels: ['brand_social'],
      endsOn: '2026-06-20',
    });
    expect(asked).toMatchObject({ requested: 1, creators: [{ personId: ids.ana, mail: 'no_address' }] });
    expect(asked.refused.map((one) => one.assetId).toSorted()).toEqual([nobodys.id, 'ast_no'].toSorted());
    const ana = await test.portal('mine', ids.ana ?? '');
    const bea = await test.portal('mine', ids.bea ?? '');
    const [request] = await ana.call(listPortalRights, {});
    expect(request).toMatchObject({ state: 'requested', content: { title: 'Asked for' } });
    const rightIds = [request?.id ?? ''];
    await expect(bea.call(answerRights, { rightIds, answer: 'grant', name: 'Bea' })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await ana.call(answerRights, { rightIds, answer: 'grant', name: 'Ana' });
    const after = await ana.call(answerRights, { rightIds, answer: 'decline', name: 'Ana' });
    expect(after[0]?.state).toBe('granted');
    expect(await client.call(getAsset, { assetId: own.id })).toMatchObject({
      rights: { state: 'in_force', endsOn: '2026-06-20', daysLeft: 31, channels: ['brand_social'] },
      rightsList: [{ answeredBy: 'Ana' }],
    });
  });

  it('end: downloads are refused, each step is told once, and what still runs becomes work', async () => {
    const asset = await upload(ids.ana, 'Ending');
    await client.call(grantRights, { assetIds: [asset.id], channels: ['brand_social', 'email'], endsOn: '2026-05-25' });
    await expect(
      client.call(grantRights, {
        assetIds: [asset.id],
        channels: ['email'],
        startsOn: '2026-06-01',
        endsOn: '2026-05-01',
      }),
    ).rejects.toMatchObject({ code: 'content.bad_days', details: [{ field: 'endsOn' }] });
    await expect(
      client.call(addPlacement, { assetId: asset.id, channel: 'brand_social', paid: true, place: 'Spring ads' }),
    ).rejects.toMatchObject({ code: 'content.not_covered', details: [{ field: 'reason' }] });
    const run = await client.call(addPlacement, { assetId: asset.id, channel: 'email', place: 'Newsletter' });
    expect(run).toMatchObject({ state: 'running', isCovered: true, uncovered: null });
    expect((await client.open(downloadAsset, { assetId: asset.id })).status).toBe(200);

    const toldOf = async () =>
      (
        await test.core.infra.db.asSystem((tx) =>
          tx
            .selectFrom('outbox')
            .select(['name', 'payload'])
            .where('name', 'in', [rightEnding, rightEnded])
            .orderBy('id')
            .execute(),
        )
      )
        .map((row) => ({ name: row.name, ...(row.payload as { assetId: string; daysLeft: string }) }))
        .filter((one) => one.assetId === asset.id)
        .map((one) => `${one.name} ${one.daysLeft}`);
    const startMs = nowMs;
    for (const day of ['20', '20', '23', '25', '26', '27']) {
      nowMs = Date.parse(`2026-05-${day}T12:00:00Z`);
      await tellEndingRights(test.core.infra);
    }
    // Five days before the end the 7 are reached; the day before is passed over in a look, its own day tells 1; then the end.
    expect(await toldOf()).toEqual([`${rightEnding} 7`, `${rightEnding} 1`, `${rightEnded} 0`]);
    const work = await test.core.infra.db.inWorkspace(workspaceId, (tx) => openWork(test.core.infra, tx, workspaceId));
    expect(work.find((one) => one.path.endsWith(asset.id))).toMatchObject({ kind: 'right.over', dueOn: '2026-05-25' });
    await expect(client.open(downloadAsset, { assetId: asset.id })).rejects.toMatchObject({
      code: 'content.rights_ended',
    });
    expect((await library({ rights: 'ended' })).rows.map((row) => row.id)).toEqual([asset.id]);
    const stopped = await client.call(endPlacement, { placementId: run.id });
    expect(stopped.state).toBe('over');
    expect((await client.call(endPlacement, { placementId: run.id })).endsOn).toBe(stopped.endsOn);
    nowMs = startMs;
    expect((await client.open(downloadAsset, { assetId: asset.id })).status).toBe(200);
  });

  it('taken back by hand count no more; a permission to advertise holds for a span the platform gives', async () => {
    const asset = await upload(ids.ana, 'Taken back');
    await client.call(grantRights, { assetIds: [asset.id], channels: ['print'] });
    const { rightsList } = await client.call(getAsset, { assetId: asset.id });
    await client.call(endRight, { rightId: rightsList[0]?.id ?? '', reason: 'Agreed by phone' });
    expect((await client.call(getAsset, { assetId: asset.id })).rights.state).toBe('ended');
    const spark = {
      personId: ids.ana ?? '',
      platform: 'tiktok',
      kind: 'spark_code',
      state: 'granted',
      startsOn: '2026-03-01',
    } as const;
    await expect(client.call(saveAdPermission, { ...spark, endsOn: '2026-03-20' })).rejects.toMatchObject({
      code: 'content.code_days',
    });
    await client.call(saveAdPermission, { ...spark, endsOn: '2026-03-31', code: '#abc' });
    expect(await client.call(listAdPermissions, { personId: ids.ana ?? '' })).toMatchObject([
      { state: 'ended', code: '#abc' },
    ]);
  });
});
