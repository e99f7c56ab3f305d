import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { addFollowerSample, createCreator } from './api.ts';
import { readFollowerSamples } from './queries/observations.ts';

describe('a sample of followers', () => {
  let test: TestCore;
  beforeAll(async () => {
    test = await openTestCore();
  });
  afterAll(() => test.close());

  async function aProfile() {
    const person = await test.client().call(createCreator, {
      profiles: [{ platform: 'instagram', handle: `sampled${Math.random().toString(36).slice(2, 8)}` }],
    });
    return { personId: person.id, profileId: person.profiles[0]?.id ?? '' };
  }
  const account = { followers: 80, following: 1600, posts: 0, hasPicture: false };
  const sample = {
    takenAt: '2026-05-14T08:00:00.000Z',
    source: 'Export',
    method: 'random 2 of all',
    accounts: [account, {}],
  };

  it('is kept once with source, date and method, and what is not known stays null', async () => {
    const profile = await aProfile();
    await test.client().call(addFollowerSample, { ...profile, ...sample });
    await test.client().call(addFollowerSample, { ...profile, ...sample });

    const workspace = await test.core.infra.db.asSystem((tx) =>
      tx.selectFrom('profile').select('workspace_id').where('id', '=', profile.profileId).executeTakeFirstOrThrow(),
    );
    const kept = await test.core.infra.db.inWorkspace(workspace.workspace_id, (tx) =>
      readFollowerSamples(tx, workspace.workspace_id, { profileIds: [profile.profileId], limit: 10 }),
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({
      source: 'Export',
      method: 'random 2 of all',
      size: 2,
      accounts: { following: [1600, null], posts: [0, null] },
    });
  });

  it('is refused when it is empty, negative, from the future, or of a profile that is not the creator’s', async () => {
    const profile = await aProfile();
    const other = await aProfile();
    const add = (change: object) => test.client().call(addFollowerSample, { ...profile, ...sample, ...change });

    await expect(add({ accounts: [] })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(add({ accounts: [{ followers: -1 }] })).rejects.toMatchObject({
      details: [{ field: 'accounts.0.followers' }],
    });
    await expect(add({ takenAt: '2999-01-01T00:00:00Z' })).rejects.toMatchObject({ details: [{ field: 'takenAt' }] });
    await expect(add({ profileId: other.profileId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
