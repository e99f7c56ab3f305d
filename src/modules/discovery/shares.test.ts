import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  commentAsGuest,
  commentListMember,
  createList,
  listMembers,
  listShares,
  noteListMember,
  openShare,
  revokeShare,
  shareList,
  updateList,
  voteAsGuest,
  voteListMember,
} from './api.ts';

let test: TestCore;
let client: Client;
let stranger: Client;
let ids: string[];
let nowMs = Date.parse('2026-05-01T00:00:00Z');
const guestKey = 'a-random-key-of-a-browser';

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => new Date(nowMs) } });
  const workspaceId = await test.database.createWorkspace('shares');
  client = test.client('shares');
  // Nobody in particular: no key, no session, no workspace.
  const { createClient } = await import('#client/client.ts');
  stranger = createClient({ baseUrl: test.core.infra.config.publicUrl, fetch: test.fetch, workspace: () => null });
  const rows = ['nell', 'sanne'].map((name, at) => ({
    name,
    country: 'IE',
    profiles: [{ platform: 'instagram' as const, handle: name, followers: 1000 * (at + 1), engagementRate: 0.04 }],
  }));
  const outcome = await importCreatorRows(test.core.infra, {
    workspaceId,
    rows,
    source: 'test',
    observedAt: new Date(nowMs),
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
const tokenOf = (link: string) => new URL(link).pathname.split('/').at(-1) ?? '';
async function aList(name: string) {
  const list = await client.call(createList, { name, personIds: ids });
  return list.id;
}

describe('a shared list', () => {
  it('shows the chosen columns and nothing the team keeps to itself', async () => {
    const listId = await aList('For a client');
    const [personId = ''] = ids;
    await client.call(noteListMember, { listId, personId, note: 'secret-note' });
    await client.call(voteListMember, { listId, personId, vote: 'yes' });
    await client.call(commentListMember, { listId, personId, body: 'secret-comment' });
    await client.call(updateList, { listId, note: 'secret-list-note' });
    const { share, link } = await client.call(shareList, {
      listId,
      name: 'Bakery Ltd',
      columns: ['followers'],
      canComment: true,
    });
    const answer = await stranger.call(openShare, { token: tokenOf(link) });
    expect(answer).toMatchObject({
      listName: 'For a client',
      forName: 'Bakery Ltd',
      members: 2,
      columns: ['followers'],
    });
    expect(JSON.stringify(answer)).not.toContain('secret');
    const row = answer.rows.find((one) => one.personId === personId);
    expect(row).toMatchObject({ handle: 'nell', followers: 1000, myVote: null, comments: [] });
    expect(row).not.toHaveProperty('engagementRate');
    expect(row).not.toHaveProperty('country');
    expect(row?.origins['*'] ?? row?.origins.followers).toMatchObject({ source: 'test' });
    const { rows } = await client.call(listShares, { listId });
    expect(rows).toEqual([{ ...share, opened: 1, lastOpenedAt: new Date(nowMs).toISOString() }]);
  });

  it('keeps no secret of the link that a copy of the database would give away', async () => {
    const listId = await aList('Hashed');
    const { link } = await client.call(shareList, { listId, name: 'Client', passphrase: 'open sesame' });
    const rows = await test.core.infra.db.asSystem((tx) => tx.selectFrom('guest_link').selectAll().execute());
    const kept = JSON.stringify(rows.map((row) => ({ ...row, token_hash: row.token_hash.toString('base64url') })));
    expect(kept).not.toContain(tokenOf(link));
    expect(kept).not.toContain('open sesame');
  });

  it('takes a vote a guest can change and comments that guests of the link read, where the link allows them', async () => {
    const listId = await aList('Votes of guests');
    const [personId = ''] = ids;
    const { link } = await client.call(shareList, { listId, name: 'Client', canVote: true, canComment: true });
    const guest = { token: tokenOf(link), guestKey, guestName: 'Ines', personId };
    await stranger.call(voteAsGuest, { ...guest, vote: 'yes' });
    await stranger.call(voteAsGuest, { ...guest, vote: 'maybe' });
    await stranger.call(commentAsGuest, { ...guest, body: 'Lovely bread' });
    const own = await stranger.call(openShare, { token: guest.token, guestKey });
    const row = own.rows.find((one) => one.personId === personId);
    expect(row?.myVote).toBe('maybe');
    expect(row?.comments.map((comment) => [comment.authorName, comment.body])).toEqual([['Ines', 'Lovely bread']]);
    const others = await stranger.call(openShare, { token: guest.token, guestKey: 'another-browser-of-a-guest' });
    expect(others.rows.every((one) => one.myVote === null)).toBe(true);
    const { rows } = await client.call(listMembers, { listId });
    const member = rows.find((one) => one.personId === personId);
    expect(member?.votes).toMatchObject([{ voterKind: 'guest', voterName: 'Ines', vote: 'maybe' }]);
    expect(member?.comments).toBe(1);
    const silent = await client.call(shareList, { listId, name: 'Read only' });
    const readOnly = { ...guest, token: tokenOf(silent.link) };
    expect(await refusal(stranger.call(voteAsGuest, { ...readOnly, vote: 'yes' }))).toBe('discovery.share_read_only');
    expect(await refusal(stranger.call(commentAsGuest, { ...readOnly, body: 'x' }))).toBe('discovery.share_read_only');
    expect(
      (await stranger.call(openShare, { token: readOnly.token, guestKey })).rows.flatMap((one) => one.comments),
    ).toEqual([]);
  });

  it('asks for its passphrase, and stops those who guess', async () => {
    const listId = await aList('Passphrase');
    const { link } = await client.call(shareList, { listId, name: 'Client', passphrase: 'open sesame' });
    const token = tokenOf(link);
    expect(await refusal(stranger.call(openShare, { token }))).toBe('guest_link.passphrase_needed');
    expect((await stranger.call(openShare, { token, passphrase: 'open sesame' })).members).toBe(2);
    for (let n = 0; n < 10; n += 1)
      expect(await refusal(stranger.call(openShare, { token, passphrase: `guess ${n}` }))).toBe(
        'guest_link.passphrase_wrong',
      );
    expect(await refusal(stranger.call(openShare, { token, passphrase: 'open sesame' }))).toBe(
      'guest_link.passphrase_tries',
    );
    nowMs += 16 * 60_000;
    expect((await stranger.call(openShare, { token, passphrase: 'open sesame' })).members).toBe(2);
  });

  it('ends by its day, by hand and with the list, and all ends look the same', async () => {
    const listId = await aList('Ends');
    const first = await client.call(shareList, { listId, name: 'Client', days: 1 });
    const second = await client.call(shareList, { listId, name: 'Client' });
    expect((await stranger.call(openShare, { token: tokenOf(first.link) })).members).toBe(2);
    nowMs += 86_400_000 + 1000;
    expect(await refusal(stranger.call(openShare, { token: tokenOf(first.link) }))).toBe('guest_link.ended');
    expect((await stranger.call(openShare, { token: tokenOf(second.link) })).members).toBe(2);
    const ended = await client.call(revokeShare, { listId, shareId: second.share.id });
    expect(await client.call(revokeShare, { listId, shareId: second.share.id })).toEqual(ended);
    expect(await refusal(stranger.call(openShare, { token: tokenOf(second.link) }))).toBe('guest_link.ended');
    expect(await refusal(stranger.call(openShare, { token: 'never-was' }))).toBe('guest_link.ended');
    const third = await client.call(shareList, { listId, name: 'Client' });
    await client.call(updateList, { listId, archived: true });
    expect(await refusal(stranger.call(openShare, { token: tokenOf(third.link) }))).toBe('guest_link.ended');
    expect(await refusal(client.call(shareList, { listId, name: 'Client' }))).toBe('discovery.list_archived');
  });
});
