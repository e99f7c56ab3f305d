import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { mergeCreators } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  commentListMember,
  createList,
  exportList,
  listComments,
  listLists,
  listMembers,
  updateList,
  voteListMember,
} from './api.ts';

let test: TestCore;
let client: Client;
let ids: string[];

beforeAll(async () => {
  test = await openTestCore();
  const workspaceId = await test.database.createWorkspace('lists');
  client = test.client('lists');
  const rows = ['=nell', 'sanne', 'tomasz'].map((name, at) => ({
    name,
    profiles: [{ platform: 'instagram' as const, handle: `handle_${at}`, followers: 1000 * (at + 1) }],
  }));
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows,
    source: 'test',
    observedAt: new Date('2026-05-01T00:00:00Z'),
  });
  ids = outcome.personIds.filter((id) => id !== null);
  await test.core.infra.outbox.settle();
});
afterAll(() => test.close());

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('a shortlist', () => {
  it('has a note, tags that are each there once, and an owner, and is found by its tag', async () => {
    const list = await client.call(createList, { name: 'Autumn', personIds: ids });
    const changed = await client.call(updateList, {
      listId: list.id,
      note: 'For the bakery',
      tags: ['Client', 'client', 'autumn'],
      ownerId: 'usr_1',
    });
    expect(changed).toMatchObject({ note: 'For the bakery', tags: ['Client', 'autumn'], ownerId: 'usr_1' });
    await client.call(createList, { name: 'Untagged' });
    const found = await client.call(listLists, { tag: 'autumn' });
    expect(found.rows.map((row) => row.name)).toEqual(['Autumn']);
    const kept = await client.call(updateList, { listId: list.id, name: 'Autumn bakers' });
    expect(kept).toMatchObject({ name: 'Autumn bakers', note: 'For the bakery', tags: ['Client', 'autumn'] });
  });

  it('counts one vote a person, the last one given, and takes it back', async () => {
    const list = await client.call(createList, { name: 'Votes', personIds: ids });
    const [personId = ''] = ids;
    await client.call(voteListMember, { listId: list.id, personId, vote: 'yes' });
    const { votes } = await client.call(voteListMember, { listId: list.id, personId, vote: 'no' });
    expect(votes.map((vote) => vote.vote)).toEqual(['no']);
    const members = await client.call(listMembers, { listId: list.id });
    expect(members.rows.find((row) => row.personId === personId)?.votes).toEqual(votes);
    const none = await client.call(voteListMember, { listId: list.id, personId, vote: null });
    expect(none.votes).toEqual([]);
    expect(await refusal(client.call(voteListMember, { listId: list.id, personId: 'per_none', vote: 'yes' }))).toBe(
      'not_found',
    );
  });

  it('keeps what is said about a member, newest first, by pages', async () => {
    const list = await client.call(createList, { name: 'Talk', personIds: ids });
    const [personId = ''] = ids;
    for (const body of ['first', 'second', 'third'])
      await client.call(commentListMember, { listId: list.id, personId, body });
    const page = await client.call(listComments, { listId: list.id, personId, limit: 2 });
    expect(page.rows.map((row) => row.body)).toEqual(['third', 'second']);
    const rest = await client.call(listComments, { listId: list.id, personId, cursor: page.nextCursor ?? '' });
    expect(rest.rows.map((row) => row.body)).toEqual(['first']);
    const members = await client.call(listMembers, { listId: list.id });
    expect(members.rows.find((row) => row.personId === personId)?.comments).toBe(3);
  });

  it('goes out as XLSX whose words are text and whose figures are numbers', async () => {
    const list = await client.call(createList, { name: 'Sheet', personIds: ids });
    const answer = await client.open(exportList, { listId: list.id, format: 'xlsx' });
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const read = (path: string) => strFromU8(files[path] ?? new Uint8Array());
    const sheet = read('xl/worksheets/sheet1.xml');
    expect(read('xl/sharedStrings.xml')).toContain('=nell');
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('<v>3000</v>');
  });

  it('carries votes and comments along when two creators are one', async () => {
    const list = await client.call(createList, { name: 'Merged', personIds: ids });
    const [kept = '', absorbed = ''] = ids;
    await client.call(voteListMember, { listId: list.id, personId: absorbed, vote: 'maybe' });
    await client.call(commentListMember, { listId: list.id, personId: absorbed, body: 'The same as the other' });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed });
    await test.core.infra.outbox.settle();
    const { rows } = await client.call(listMembers, { listId: list.id });
    const row = rows.find((one) => one.personId === kept);
    expect(row?.votes.map((vote) => vote.vote)).toEqual(['maybe']);
    expect(row?.comments).toBe(1);
    expect(rows.map((one) => one.personId)).not.toContain(absorbed);
  });
});
