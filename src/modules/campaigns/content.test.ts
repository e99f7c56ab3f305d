import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import { holdEnrolment } from './advance-enrolment.ts';
import * as api from './api.ts';
import { lockDeliverablesOf } from './queries/content.ts';

describe('content and its results', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId: string;
  let people: string[];
  let campaignId: string;
  let enrolmentIds: string[];
  let now = new Date('2026-05-10T09:00:00Z');

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    people = await createPlainCreators(test.database.db, workspaceId, 3);
    client = test.client('mine');
  });
  beforeEach(async () => {
    now = new Date('2026-05-10T09:00:00Z');
    const campaign = await client.call(api.createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: '2026-04-20',
      endsOn: '2026-05-31',
    });
    campaignId = campaign.id;
    enrolmentIds = (await client.call(api.addToRoster, { campaignId, personIds: people })).enrolmentIds;
  });
  afterAll(() => test.close());

  const plan = async (enrolment = enrolmentIds[0] ?? '', dueOn: string | null = null) => {
    const { deliverableIds } = await client.call(api.addDeliverables, {
      campaignId,
      enrolmentIds: [enrolment],
      platform: 'instagram',
      format: 'reel',
      title: 'Reel',
      dueOn,
    });
    return deliverableIds[0] ?? '';
  };
  const goLive = (deliverableId: string, liveUrl: string) =>
    client.call(api.changeDeliverableState, { deliverableId, from: 'planned', to: 'live', liveUrl });
  const upload = (body: string | Uint8Array<ArrayBuffer>, input: object = {}) =>
    client.upload(api.importResults, { campaignId, ...input }, { body, fileName: 'insights.csv' });
  /** How many transactions wait for what another one holds. */
  const waiting = () =>
    test.database.db.asSystem(async (tx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_locks l join pg_stat_activity a using (pid)
        where not l.granted and a.datname = current_database()`.execute(tx);
      return rows[0]?.count;
    });
  const read = async (id: string) =>
    (await client.call(api.listDeliverables, { campaignId })).rows.find((row) => row.id === id);

  it('makes what the brief asks for once for each creator, however often it is asked', async () => {
    const brief = api.briefSchema.parse({
      deliverables: [
        { platform: 'instagram', format: 'story', count: 2, title: 'Morning', dueOn: '2026-05-20' },
        { platform: 'tiktok', format: 'video' },
      ],
    });
    await expect(client.call(api.createFromBrief, { campaignId })).rejects.toMatchObject({
      code: 'campaigns.brief_empty',
    });
    await client.call(api.saveBrief, { campaignId, basedOn: 0, brief });
    const outcomes = await Promise.all([1, 2].map(() => client.call(api.createFromBrief, { campaignId })));
    expect(outcomes.reduce((sum, outcome) => sum + outcome.created, 0)).toBe(9);
    const { rows } = await client.call(api.listDeliverables, { campaignId });
    expect(rows.filter((row) => row.person.name === 'Creator 1').map((row) => row.title)).toEqual([
      'Morning 1',
      'Morning 2',
      'TikTok video',
    ]);
  });

  it('moves on while a contract of the same creator takes effect, neither waiting for the other for ever', async () => {
    const deliverableId = await plan();
    const enrolmentId = enrolmentIds[0] ?? '';
    const { infra } = test.core;
    const holds = Promise.withResolvers<void>();
    const asks = Promise.withResolvers<void>();
    const effect = infra.db.inWorkspace(workspaceId, async (tx) => {
      await holdEnrolment(tx, workspaceId, enrolmentId);
      holds.resolve();
      await asks.promise;
      await expect.poll(waiting).toBe(1);
      return lockDeliverablesOf(tx, workspaceId, enrolmentId);
    });
    await holds.promise;
    const step = goLive(deliverableId, 'https://example.org/p/both');
    asks.resolve();
    expect(await effect).toHaveLength(1);
    expect((await step).state).toBe('live');
  });

  it('goes only the steps that are allowed, once each, and is live only with an address', async () => {
    const id = await plan();
    const go = (from: api.DeliverableState, to: api.DeliverableState, rest: object = {}) =>
      client.call(api.changeDeliverableState, { deliverableId: id, from, to, ...rest });
    await expect(go('planned', 'live')).rejects.toMatchObject({
      code: 'campaigns.no_live_url',
      details: [{ field: 'liveUrl' }],
    });
    await expect(go('planned', 'live', { liveUrl: 'javascript:alert(1)' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(
      go('planned', 'live', { liveUrl: 'https://a.b/c', liveAt: '2027-01-01T00:00:00Z' }),
    ).rejects.toMatchObject({ details: [{ field: 'liveAt' }] });
    expect((await go('planned', 'drafted')).state).toBe('drafted');
    await expect(go('planned', 'approved')).rejects.toMatchObject({ code: 'campaigns.state_changed' });
    expect(await go('drafted', 'live', { liveUrl: 'https://instagram.com/p/a' })).toMatchObject({
      state: 'live',
      liveAt: now.toISOString(),
    });
    await expect(go('live', 'planned')).rejects.toMatchObject({ code: 'campaigns.step_not_allowed' });
    await expect(client.call(api.updateDeliverable, { deliverableId: id, liveUrl: null })).rejects.toMatchObject({
      code: 'campaigns.no_live_url',
    });
  });

  it('counts the newest result, measured before estimated, keeps the earlier ones, and never makes 0 of what is missing', async () => {
    const id = await plan();
    const enter = (values: Partial<Record<api.ContentMetric, number>>, observedAt: string, isEstimate = false) =>
      client.call(api.recordResults, { deliverableId: id, source: 'insights', observedAt, values, isEstimate });
    await enter({ reach: 100, likes: 10 }, '2026-05-09T00:00:00Z');
    await enter({ reach: 50 }, '2026-05-01T00:00:00Z');
    const after = await enter({ reach: 900 }, '2026-05-10T00:00:00Z', true);
    expect(after.results).toMatchObject({ reach: { value: 100, isEstimate: false }, likes: { value: 10 } });
    expect(after.results.comments).toBeUndefined();
    expect(after.engagements).toBeNull();
    expect(await client.call(api.listResults, { deliverableId: id })).toHaveLength(4);
    await enter({ reach: 100, likes: 10 }, '2026-05-09T00:00:00Z');
    expect(await client.call(api.listResults, { deliverableId: id })).toHaveLength(4);
    const corrected = await enter({ reach: 101 }, '2026-05-09T00:00:00Z');
    expect(corrected.results.reach?.value).toBe(101);
    expect(await client.call(api.listResults, { deliverableId: id })).toHaveLength(4);
    await expect(enter({ reach: 1 }, '2026-06-01T00:00:00Z')).rejects.toMatchObject({
      details: [{ field: 'observedAt' }],
    });
  });

  it('reads a dirty file by address, handle and id, and says of each bad row which column and why', async () => {
    const [first = '', second = '', third = ''] = enrolmentIds;
    const a = await plan(first);
    await goLive(a, 'https://www.instagram.com/reel/AbC/?igsh=x');
    const b = await plan(second);
    const c = await plan(third);
    await plan(third);
    const file = [
      'Deliverable ID;Post URL;Username;Accounts reached;Likes;Comments;Date;Mood',
      ';instagram.com/reel/AbC;;12.5K;1.204;n/a;09/05/2026;good',
      ';;@creator2;1,2M;3 400;0;13/04/2026;',
      `${c};;;10;20;30;2026-05-01;`,
      ';;creator3;1;1;1;01/05/2026;',
      ';;nobody;1;1;1;01/05/2026;',
      ';instagram.com/reel/other;;1;1;1;01/05/2026;',
      `${c};;;many;3.4 %;-5;01/06/2026;`,
      ';;;1;1;1;01/05/2026;',
    ].join('\r\n');
    const outcome = await upload(file);
    expect(outcome).toMatchObject({ read: 8, recorded: 3, skipped: 5, values: 8, ignoredColumns: ['Mood'] });
    expect(outcome.errors.map((error) => [error.row, error.field])).toEqual([
      [5, 'handle'],
      [6, 'handle'],
      [7, 'url'],
      [8, 'date'],
      [8, 'reach'],
      [8, 'likes'],
      [8, 'comments'],
      [9, 'handle'],
    ]);
    expect((await read(a))?.results).toMatchObject({
      reach: { value: 12_500, observedAt: '2026-05-09T00:00:00.000Z', source: 'insights.csv' },
      likes: { value: 1204 },
    });
    expect((await read(a))?.results.comments).toBeUndefined();
    expect((await read(b))?.results).toMatchObject({
      reach: { value: 1_200_000 },
      likes: { value: 3400 },
      comments: { value: 0 },
    });
  });

  it('changes nothing when a file is read again, also on a later day and in another order', async () => {
    const [first = '', second = ''] = enrolmentIds;
    const a = await plan(first);
    const b = await plan(second);
    const rows = [`${a},100,10`, `${b},200,20`];
    expect(await upload(['deliverable_id,reach,likes', ...rows].join('\n'))).toMatchObject({ recorded: 2, values: 4 });
    now = new Date('2026-05-17T09:00:00Z');
    expect(await upload(['deliverable_id,reach,likes', ...rows.toReversed()].join('\n'))).toMatchObject({
      recorded: 0,
      unchanged: 2,
      values: 0,
    });
    expect(await client.call(api.listResults, { deliverableId: a })).toHaveLength(2);
    expect(await upload(`deliverable_id,reach,likes\n${a},150,10`)).toMatchObject({ recorded: 1, values: 1 });
    expect((await read(a))?.results.reach?.value).toBe(150);
  });

  it('writes nothing in a dry run and says the same as the real one', async () => {
    const a = await plan();
    const file = `deliverable_id,reach\n${a},100\nnone,1`;
    const dry = await upload(file, { dryRun: true });
    expect((await read(a))?.results).toEqual({});
    expect({ ...(await upload(file)), dryRun: true }).toEqual(dry);
  });

  it('refuses two numbers for one post and day in one file, and takes the first', async () => {
    const a = await plan();
    const outcome = await upload(
      `deliverable_id,reach,date\n${a},100,2026-05-01\n${a},200,2026-05-01\n${a},100,2026-05-01`,
    );
    expect(outcome).toMatchObject({ recorded: 1, skipped: 1, values: 1, errors: [{ row: 3, field: 'reach' }] });
    expect((await read(a))?.results.reach?.value).toBe(100);
  });

  it('reads UTF-16 and Windows-1252, and refuses what is no table of results with a reason', async () => {
    const a = await plan();
    const utf16 = Buffer.from(`\ufeffdeliverable_id\treach\n${a}\t7`, 'utf16le');
    expect(await upload(new Uint8Array(utf16))).toMatchObject({ recorded: 1 });
    const latin = Buffer.from(`deliverable_id,reach,source\n${a},8,Caf\u00e9`, 'latin1');
    await upload(new Uint8Array(latin));
    expect((await client.call(api.listResults, { deliverableId: a })).map((row) => row.source)).toContain('Caf\u00e9');
    for (const [body, word] of [
      ['', 'empty'],
      ['a,b\n1,2', 'deliverable_id'],
      ['handle,mood\nx,good', 'reach'],
      ['\u0000\u0001\u0002', 'text'],
      ['handle,reach\n"x,1', 'row'],
    ] as const) {
      await expect(upload(body)).rejects.toMatchObject({
        kind: 'invalid',
        code: 'campaigns.bad_file',
        message: expect.stringContaining(word),
      });
    }
  });

  it('says what is late, and lists by state and creator', async () => {
    const late = await plan(enrolmentIds[0], '2026-05-09');
    await plan(enrolmentIds[1], '2026-05-10');
    const { rows } = await client.call(api.listDeliverables, { campaignId, late: true });
    expect(rows.map((row) => row.id)).toEqual([late]);
    expect((await client.call(api.listDeliverables, { campaignId, states: ['live'] })).total).toBe(0);
    expect((await client.call(api.listDeliverables, { campaignId, enrolmentId: enrolmentIds[1] ?? '' })).total).toBe(1);
  });
});

describe('briefs', () => {
  let test: TestCore;
  let client: Client;
  beforeAll(async () => {
    test = await openTestCore();
    await test.database.createWorkspace('mine');
    client = test.client('mine');
  });
  afterAll(() => test.close());

  it('keep every version, make none for an equal save, and never overwrite what somebody saved in between', async () => {
    const { id: campaignId } = await client.call(api.createCampaign, {
      name: 'Briefed',
      model: 'product_seeding',
      startsOn: '2026-05-01',
      endsOn: '2026-05-31',
    });
    const brief = (background: string) => api.briefSchema.parse({ background, keyMessages: ['One'] });
    const save = (basedOn: number, background: string) =>
      client.call(api.saveBrief, { campaignId, basedOn, brief: brief(background) });
    expect((await client.call(api.getBrief, { campaignId })).version).toBe(0);
    expect((await save(0, 'First')).version).toBe(1);
    expect((await save(1, 'First')).version).toBe(1);
    const outcomes = await Promise.allSettled([save(1, 'Hers'), save(1, 'His')]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'campaigns.brief_outdated', kind: 'conflict' } });
    expect((await client.call(api.listBriefVersions, { campaignId })).map((version) => version.version)).toEqual([
      2, 1,
    ]);
    expect((await client.call(api.getBrief, { campaignId, version: 1 })).brief.background).toBe('First');
    const { changes } = await client.call(api.compareBriefs, { campaignId, from: 1, to: 2 });
    expect(changes).toMatchObject([{ field: 'background', before: ['First'] }]);
    await expect(client.call(api.getBrief, { campaignId, version: 9 })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
