import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import {
  addHandles,
  addProfile,
  checkSuppression,
  countCreators,
  createCreator,
  eraseCreators,
  getCreator,
  keepApart,
  listCreators,
  listMergeCandidates,
  listMerges,
  listSuppressions,
  mergeCreators,
  type Person,
  removeProfile,
  splitCreators,
  suppress,
  updateCreator,
  updateCreators,
} from './api.ts';
import { readCreatorDocuments } from './read-creator-documents.ts';
import { stateFacts } from './state-facts.ts';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

let made = 0;
async function newWorkspace(): Promise<{ client: Client; workspaceId: string }> {
  made += 1;
  const workspaceId = await test.database.createWorkspace(`change-${made}`);
  return { workspaceId, client: test.client(`change-${made}`) };
}

const namesOf = async (workspaceId: string) => {
  const events = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
    tx.selectFrom('outbox').select(['name', 'payload']).where('workspace_id', '=', workspaceId).orderBy('id').execute(),
  );
  return events.map((event) => event.name);
};

/** What a person is, without the dates at which the record itself was touched. */
/** What was entered or read: topics are learnt by a job of the program in its own time. */
const bare = ({ updatedAt: _updated, profiles, facts: { topics: _learnt, ...facts }, ...person }: Person) => ({
  ...person,
  facts,
  profiles: profiles.map(({ updatedAt: _also, ...profile }) => profile),
});

describe('one person, many accounts', () => {
  it('restores both exactly when a merge is split, and keeps what was said in between', async () => {
    const { client } = await newWorkspace();
    const anna = await client.call(createCreator, {
      name: 'Anna',
      country: 'DE',
      emails: ['anna@example.com'],
      niches: ['food'],
      profiles: [{ platform: 'instagram', handle: '@anna', followers: 100 }],
    });
    const other = await client.call(createCreator, {
      name: 'Anna B',
      city: 'Berlin',
      emails: ['b@example.com'],
      niches: ['food', 'pets'],
      profiles: [{ platform: 'tiktok', handle: '@anna', followers: 900 }],
    });
    const merged = await client.call(mergeCreators, {
      keptPersonId: anna.id,
      absorbedPersonId: other.id,
      reason: 'same face',
    });
    expect(merged.profiles.map((profile) => profile.platform)).toEqual(['tiktok', 'instagram']);
    expect(merged).toMatchObject({
      city: 'Berlin',
      niches: ['food', 'pets'],
      emails: ['anna@example.com', 'b@example.com'],
    });
    expect((await client.call(getCreator, { personId: other.id })).id).toBe(anna.id);
    expect((await client.call(countCreators, {})).total).toBe(1);

    await client.call(updateCreators, { personIds: [anna.id], addTags: ['met in person'] });
    const { rows } = await client.call(listMerges, { personId: anna.id });
    expect(rows).toMatchObject([{ absorbedPersonId: other.id, absorbedName: 'Anna B', reason: 'same face' }]);
    const { kept, restored } = await client.call(splitCreators, { mergeId: rows[0]?.id ?? '' });
    expect(bare(restored)).toEqual(bare(other));
    expect(bare(kept)).toEqual({ ...bare(anna), tags: ['met in person'] });
    await expect(client.call(splitCreators, { mergeId: rows[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'creators.already_split',
    });
  });

  it('proposes pairs with the reasons, joins none by itself, and does not propose again those a reader parted', async () => {
    const { client } = await newWorkspace();
    const first = await client.call(createCreator, {
      emails: ['one@example.com'],
      profiles: [{ platform: 'instagram', handle: 'anna' }],
    });
    const second = await client.call(createCreator, {
      emails: ['one@example.com'],
      profiles: [{ platform: 'tiktok', handle: 'anna' }],
    });
    const { rows } = await client.call(listMergeCandidates, {});
    expect(rows).toHaveLength(1);
    expect(rows[0]?.reasons).toEqual(['the same e-mail address', 'the same handle @anna on two platforms']);
    expect((await client.call(countCreators, {})).total).toBe(2);
    await client.call(keepApart, { personA: first.id, personB: second.id });
    expect((await client.call(listMergeCandidates, {})).rows).toEqual([]);
  });

  it('joins rows of one file that share an e-mail address on different platforms, but not two accounts of one platform', async () => {
    const { client } = await newWorkspace();
    await importFile(client, {
      name: 'a.csv',
      body: 'handle,platform,email\nanna,Instagram,anna@example.com\nanna_tt,TikTok,anna@example.com\nben,Instagram,agency@example.com\ncleo,Instagram,agency@example.com\n',
    });
    const { rows } = await client.call(listCreators, {});
    expect(rows.map((row) => row.profiles.length).sort()).toEqual([1, 1, 2]);
  });

  it('adds and removes accounts, but neither one that is known nor the last', async () => {
    const { client } = await newWorkspace();
    const anna = await client.call(createCreator, {
      name: 'Anna',
      profiles: [{ platform: 'instagram', handle: 'anna' }],
    });
    const two = await client.call(addProfile, {
      personId: anna.id,
      platform: 'youtube',
      handle: 'https://www.youtube.com/@annatv',
      followers: 5,
    });
    expect(two.profiles.map((profile) => profile.handle).sort()).toEqual(['anna', 'annatv']);
    expect(two.name).toBe('Anna');
    await expect(
      client.call(addProfile, { personId: anna.id, platform: 'youtube', handle: 'AnnaTV' }),
    ).rejects.toMatchObject({ code: 'creators.handle_taken' });
    const [tv] = two.profiles;
    const one = await client.call(removeProfile, { personId: anna.id, profileId: tv?.id ?? '' });
    await expect(
      client.call(removeProfile, { personId: anna.id, profileId: one.profiles[0]?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'creators.same_person' });
  });
});

describe('what a person enters', () => {
  it('holds against later files, while figures follow the newest source', async () => {
    const { client } = await newWorkspace();
    await importFile(client, { name: 'a.csv', body: 'handle,name,country,followers\nanna,Ana,France,10\n' });
    const before = await client.call(getCreator, { personId: '@anna' });
    await client.call(updateCreator, { personId: before.id, name: 'Anna', country: 'DE' });
    await importFile(client, { name: 'b.csv', body: 'handle,name,country,followers\nanna,Ana Two,Spain,20\n' });
    const after = await client.call(getCreator, { personId: '@anna' });
    expect(after).toMatchObject({ name: 'Anna', country: 'DE' });
    expect(after.provenance.name?.source ?? after.provenance['*']?.source).toMatch(/^entered by /);
    expect(after.profiles[0]).toMatchObject({ followers: 20 });
  });

  it('adds pasted handles and addresses, says which are known and which cannot be read', async () => {
    const { client } = await newWorkspace();
    const text = '@anna\nhttps://www.tiktok.com/@tom?x=1, @anna\nhttps://www.instagram.com/p/abc/';
    const answer = await client.call(addHandles, { text, tags: ['pasted'] });
    expect(answer).toMatchObject({ created: 2, unchanged: 1, errors: [{ row: 4 }] });
    const { rows } = await client.call(listCreators, { tags: ['pasted'] });
    expect(rows).toHaveLength(2);
  });
});

describe('an objection', () => {
  it('erases the creator in every workspace and keeps file, hand and paste from bringing them back', async () => {
    const mine = await newWorkspace();
    const theirs = await newWorkspace();
    const body = 'handle,platform,email\nolga,Instagram,olga@example.com\npia,Instagram,pia@example.com\n';
    for (const { client } of [mine, theirs]) await importFile(client, { name: 'a.csv', body });
    const kept = await mine.client.call(suppress, { handle: 'https://www.instagram.com/Olga/', reason: 'wrote to us' });
    expect(kept).toMatchObject({ erased: 2 });
    await mine.client.call(suppress, { email: 'PIA@example.com' });
    for (const { client } of [mine, theirs]) {
      expect((await client.call(countCreators, {})).total).toBe(0);
      const again = await importFile(client, { name: 'b.csv', body: `${body}new,Instagram,\n` });
      expect(again.counts).toMatchObject({ created: 1, skipped: 2, failed: 0 });
    }
    await expect(
      theirs.client.call(createCreator, { profiles: [{ platform: 'instagram', handle: 'OLGA' }] }),
    ).rejects.toMatchObject({ code: 'creators.suppressed' });
    expect(await theirs.client.call(addHandles, { text: '@olga' })).toMatchObject({ created: 0, skipped: 1 });
    expect(await theirs.client.call(checkSuppression, { handle: '@olga', platform: 'instagram' })).toEqual({
      isSuppressed: true,
    });
    expect(await theirs.client.call(checkSuppression, { handle: '@somebody' })).toEqual({ isSuppressed: false });
    const { rows } = await theirs.client.call(listSuppressions, {});
    expect(JSON.stringify(rows)).not.toMatch(/olga|pia@/);
    expect(await namesOf(theirs.workspaceId)).toContain('creators.removed');
  });
});

describe('the others', () => {
  it('are told of each change, and of facts only when they differ', async () => {
    const { client, workspaceId } = await newWorkspace();
    const { infra } = test.core;
    const anna = await client.call(createCreator, { profiles: [{ platform: 'instagram', handle: 'anna' }] });
    const state = (value: unknown) =>
      infra.db.inWorkspace(workspaceId, (tx) =>
        stateFacts(infra, tx, {
          workspaceId,
          statedBy: 'vetting',
          facts: [
            { personId: anna.id, name: 'credibility', value },
            { personId: 'per_nobody', name: 'credibility', value },
          ],
        }),
      );
    await state(81);
    await state(81);
    expect((await namesOf(workspaceId)).filter((name) => name === 'creators.changed')).toHaveLength(2);
    const [document] = await infra.db.inWorkspace(workspaceId, (tx) =>
      readCreatorDocuments(tx, workspaceId, [anna.id]),
    );
    expect(document).toMatchObject({ facts: { credibility: 81 }, profiles: [{ handle: 'anna', followers: null }] });
    await state(null);
    expect((await client.call(getCreator, { personId: anna.id })).facts).toEqual({});
    await client.call(eraseCreators, { personIds: [anna.id] });
    expect(await namesOf(workspaceId)).toContain('creators.removed');
    await expect(client.call(getCreator, { personId: anna.id })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it("cannot read, change, merge or erase another workspace's creators", async () => {
    const mine = await newWorkspace();
    const theirs = await newWorkspace();
    const anna = await mine.client.call(createCreator, { profiles: [{ platform: 'instagram', handle: 'anna' }] });
    const tom = await theirs.client.call(createCreator, { profiles: [{ platform: 'instagram', handle: 'tom' }] });
    for (const call of [
      () => theirs.client.call(getCreator, { personId: anna.id }),
      () => theirs.client.call(updateCreator, { personId: anna.id, name: 'Stolen' }),
      () => theirs.client.call(mergeCreators, { keptPersonId: tom.id, absorbedPersonId: anna.id }),
      () => theirs.client.call(suppress, { personId: anna.id }),
    ]) {
      await expect(call()).rejects.toMatchObject({ kind: 'not_found', code: 'not_found', message: 'No such creator.' });
    }
    expect(await theirs.client.call(eraseCreators, { personIds: [anna.id] })).toEqual({ erased: 0 });
    expect(await theirs.client.call(updateCreators, { personIds: [anna.id], addTags: ['x'] })).toEqual({ changed: 0 });
    expect((await mine.client.call(getCreator, { personId: anna.id })).tags).toEqual([]);
  });
});
