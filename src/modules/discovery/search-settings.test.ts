import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { type Filter, getSearchSettings, matchCreators, putSearchSettings, searchCreators } from './api.ts';

describe('the least size of profiles that searches find', () => {
  let test: TestCore;
  let client: Client;
  let ids: string[];

  beforeAll(async () => {
    test = await openTestCore();
    const workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    const bio = 'I bake sourdough bread and cakes at home, with recipes';
    const { personIds } = await importCreatorRows(test.core.infra, {
      workspaceId,
      rows: [
        { profiles: [{ platform: 'instagram', handle: 'tiny', bio, followers: 999 }] },
        { profiles: [{ platform: 'instagram', handle: 'grown', bio, followers: 1000 }] },
        { profiles: [{ platform: 'instagram', handle: 'unknown.size', bio }] },
        {
          profiles: [
            { platform: 'instagram', handle: 'both', bio, followers: 300 },
            { platform: 'tiktok', handle: 'both', followers: 40_000 },
          ],
        },
      ],
      source: 'test',
      observedAt: new Date('2026-05-01T00:00:00Z'),
    });
    ids = personIds.flatMap((id) => id ?? []);
    await test.core.infra.outbox.settle();
    await test.core.modules.discovery.warm();
  });
  afterAll(() => test.close());

  const search = (...filters: Filter[]) => client.call(searchCreators, { filters });
  const handles = async (...filters: Filter[]) =>
    (await search(...filters)).rows.map((hit) => hit.profile?.handle).sort();

  it('is none until a workspace sets one, which is then said with every answer and kept in the trail', async () => {
    expect(await client.call(getSearchSettings, {})).toEqual({ followersMin: 0 });
    expect((await search()).total).toBe(4);
    await client.call(putSearchSettings, { followersMin: 1000 });
    const answer = await search();
    expect(answer.rows.map((hit) => hit.profile?.handle).sort()).toEqual(['both', 'grown']);
    expect(answer.unknown).toEqual([{ field: 'followers', creators: 1 }]);
    expect(answer.notes[0]).toMatch(/under 1,000 followers are left out by a setting/);
    const audited = await test.database.db.asSystem((tx) =>
      tx.selectFrom('audit_entry').select('changes').where('action', '=', 'search.settings_changed').execute(),
    );
    expect(audited).toHaveLength(1);
  });

  it('does not stand in the way of a question that says itself which sizes, creators or lists it means', async () => {
    expect(await handles({ field: 'followers', op: 'lt', value: 1000 })).toEqual(['both', 'tiny']);
    expect(await handles({ field: 'creator', op: 'in', values: [ids[0] ?? ''] })).toEqual(['tiny']);
    expect(await handles({ field: 'country', op: 'known', value: false })).toEqual(['both', 'grown']);
  });

  it('holds for matches of a brief too', async () => {
    const ask = () => client.call(matchCreators, { text: 'people who bake sourdough bread and cakes at home' });
    await expect
      .poll(async () => (await ask()).rows.map((row) => row.hit?.profile?.handle).sort(), { timeout: 30_000 })
      .toEqual(['both', 'grown']);
    await client.call(putSearchSettings, { followersMin: 0 });
    expect((await ask()).rows).toHaveLength(4);
  });
});
