import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';
import { stateFacts } from './index.ts';
import { mapCreatorRow } from './rules/map-creator-row.ts';

describe('contact types', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId = '';
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    const row = (handle: string, more: object = {}) => ({
      name: handle,
      profiles: [{ platform: 'instagram', handle }],
      ...more,
    });
    const rows = [
      row('nell', { custom: { 'Shoe size': '38' } }),
      row('dee'),
      row('ann', { contactType: 'manager', custom: { 'Shoe size': '41' } }),
      row('kit'),
    ];
    const { personIds } = await client.call(api.importCreators, { source: 'crm', rows });
    for (const [at, name] of ['nell', 'dee', 'ann', 'kit'].entries()) ids[name] = personIds[at] ?? '';
    await test.database.db.inWorkspace(workspaceId, async (tx) => {
      const { infra } = test.core;
      await stateFacts(infra, tx, {
        workspaceId,
        statedBy: 'campaigns',
        facts: [{ personId: ids.nell ?? '', name: 'worked_with', value: true }],
      });
      await tx
        .insertInto('person_key')
        .values({ workspace_id: workspaceId, scope: 'application', key: 'app_1', person_id: ids.dee ?? '' })
        .execute();
    });
  }, 60_000);
  afterAll(() => test.close());

  const listed = async (filter: Partial<api.CreatorFilter> = {}) =>
    Object.fromEntries(
      (await client.call(api.listCreators, { ...filter, limit: 50 })).rows.map((row) => [
        row.name,
        [row.contactType, row.isContactTypeSaid],
      ]),
    );

  it('are told from what happened until somebody says them, and are counted and filtered by', async () => {
    expect(await listed()).toEqual({
      nell: ['influencer', false],
      dee: ['application', false],
      ann: ['manager', true],
      kit: ['prospect', false],
    });
    expect(Object.keys(await listed({ contactTypes: ['influencer', 'application'] })).sort()).toEqual(['dee', 'nell']);
    const { contactTypes } = await client.call(api.countCreators, {});
    expect(Object.fromEntries(contactTypes.map((one) => [one.value, one.count]))).toEqual({
      ...{ influencer: 1, application: 1, manager: 1, prospect: 1 },
    });
  });

  it('are said of many at once, hold against later files, and are told again when they are taken back', async () => {
    const many = { personIds: [ids.kit ?? '', ids.dee ?? ''] };
    expect(await client.call(api.updateCreators, { ...many, contactType: 'influencer' })).toEqual({ changed: 2 });
    expect(await client.call(api.updateCreators, { ...many, contactType: 'influencer' })).toEqual({ changed: 0 });
    const rows = [{ contactType: 'prospect', profiles: [{ platform: 'instagram', handle: 'kit' }] }];
    await client.call(api.importCreators, { source: 'crm', observedAt: '2030-01-01T00:00:00Z', rows });
    expect(await client.call(api.getCreator, { personId: ids.kit ?? '' })).toMatchObject({ contactType: 'influencer' });
    await client.call(api.updateCreators, { personIds: [ids.dee ?? ''], contactType: null });
    expect(await listed({ contactTypes: ['application'] })).toEqual({ dee: ['application', false] });
  });

  it('come from a column of a file, whose unknown words are said with their place', () => {
    const plain = { decimal: null, scale: null, dateOrder: null };
    const read = (cell: string) =>
      mapCreatorRow(
        [
          { column: 'Handle', target: 'handle', platform: 'instagram', ...plain },
          { column: 'Contact type', target: 'contactType', platform: null, ...plain },
        ],
        ['@nell', cell],
        { row: 2, platform: 'instagram' },
      );
    expect(read('Talent Manager')).toMatchObject({ ok: true, row: { contactType: 'manager' } });
    expect(read('')).toMatchObject({ ok: true });
    expect(read('friend')).toMatchObject({
      ok: false,
      problems: [
        { row: 2, field: 'Contact type', message: '"friend" is none of influencer, prospect, manager and application' },
      ],
    });
  });

  it('stand beside owners and extra fields, which are filtered by as well', async () => {
    await client.call(api.updateCreators, { personIds: [ids.ann ?? ''], ownerId: 'usr_ada' });
    expect(Object.keys(await listed({ ownerId: 'usr_ada' }))).toEqual(['ann']);
    expect(Object.keys(await listed({ ownerId: 'none' }))).not.toContain('ann');
    expect(Object.keys(await listed({ custom: ['Shoe size=38'] }))).toEqual(['nell']);
    const { custom } = await client.call(api.updateCreator, {
      ...{ personId: ids.nell ?? '', custom: { 'Shoe size': null, Allergy: 'nuts' } },
    });
    expect(custom).toEqual({ Allergy: 'nuts' });
    expect(await listed({ custom: ['Allergy=NUTS', 'Shoe size=38'] })).toEqual({});
    await expect(client.call(api.listCreators, { custom: ['Allergy'] })).rejects.toMatchObject({ kind: 'invalid' });
  });
});
