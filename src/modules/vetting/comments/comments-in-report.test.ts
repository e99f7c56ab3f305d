import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  correctComment,
  getNamedBrands,
  getVetting,
  listPodComments,
  listPods,
  listVettedComments,
  putBrandProfile,
  summariseComments,
} from '../api.ts';
import {
  aCommentedCreator,
  commentsNow,
  importComments,
  readEverything,
  type WrittenComment,
} from './commented-creators.ts';
import { countRead } from './queries/classes.ts';
import { readDueComments } from './read-comments.ts';

let test: TestCore;
let workspaceId: string;
let made = 0;

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => commentsNow } });
}, 60_000);
afterAll(() => test.close());

async function aWorkspace() {
  made += 1;
  workspaceId = await test.database.createWorkspace(`report-${made}`);
  return test.client(`report-${made}`);
}

const allRead = () => readEverything(test.core.infra, workspaceId);

const people = (n: number, under: string, text: (at: number) => string): WrittenComment[] =>
  Array.from({ length: n }, (_, at) => ({
    under,
    id: `${under}-${at}`,
    author: `${under}_reader_${'abcdefghijklmnopqrstuvwxyz'[at % 26]}${at}`,
    text: text(at),
  }));

const podWords = ['wow', '🔥🔥', 'so good', 'love it', '😍😍😍'];

/** Seven accounts under the first six creators, minutes after each post. */
const podUnder = (handles: readonly string[]): WrittenComment[] =>
  handles.flatMap((under) =>
    Array.from({ length: 7 }, (_, at) => ({
      under,
      id: `${under}-pod-${at}`,
      author: `podder_${'abcdefg'[at]}`,
      text: podWords[at % podWords.length] ?? 'wow',
      after: 3 + at,
    })),
  );

describe('pods over creators', () => {
  it('are found with members, evidence and times, raise a flag where they are many, and vanish when their comments do', async () => {
    const client = await aWorkspace();
    const handles = Array.from({ length: 14 }, (_, at) => `maker${'abcdefghijklmn'[at]}`);
    const ids: Record<string, string> = {};
    for (const handle of handles)
      ids[handle] = (await aCommentedCreator(test.core.infra, workspaceId, { handle })).personId;
    const podHandles = handles.slice(0, 6);
    await importComments(client, [
      ...handles.flatMap((under) => people(20, under, () => 'Where did you buy the blue bowl?')),
      ...podUnder(podHandles),
    ]);
    await allRead();

    const { rows, search } = await client.call(listPods, {});
    expect(search).toMatchObject({ state: 'searched', creators: 14 });
    expect(rows).toMatchObject([{ state: 'likely', members: 7, creators: 6, medianMinutes: 6, genericShare: 1 }]);
    const evidence = await client.call(listPodComments, { podId: rows[0]?.id ?? '' });
    expect(evidence.rows[0]).toMatchObject({ minutesAfterPost: 3, authorHandle: 'podder_a' });
    const inside = await client.call(summariseComments, { personId: ids[podHandles[0] ?? ''] ?? '' });
    const outside = await client.call(summariseComments, { personId: ids.makern ?? '' });
    expect([inside.pods.length, outside.pods.length]).toEqual([1, 0]);

    const report = await client.call(getVetting, { personId: ids[podHandles[0] ?? ''] ?? '' });
    const signal = report.signals.find((one) => one.name === 'comment_pods');
    expect(signal).toMatchObject({ state: 'known', n: 27 });
    expect(signal?.value).toBeCloseTo(7 / 27, 6);
    expect(signal?.evidence[0]).toMatchObject({ kind: 'comment', label: expect.stringContaining('@podder_') });
    expect(report.flags.map((flag) => flag.name)).toContain('engagement_pod');

    const again = (await client.call(listPods, {})).rows[0]?.id;
    await readDueComments(test.core.infra, workspaceId);
    expect((await client.call(listPods, {})).rows[0]?.id).toBe(again);
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx
        .deleteFrom('comment')
        .where('workspace_id', '=', workspaceId)
        .where('external_id', 'like', '%-pod-%')
        .execute(),
    );
    await readDueComments(test.core.infra, workspaceId);
    expect((await client.call(listPods, {})).rows).toEqual([]);
  });
});

describe('comments in the report', () => {
  it('leave open what they cannot say: none, too few, unnamed authors', async () => {
    const client = await aWorkspace();
    const none = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'silent' });
    const unnamed = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'unnamed' });
    await importComments(
      client,
      people(25, 'unnamed', () => '🔥🔥🔥').map(({ author: _, ...comment }) => comment),
    );
    await allRead();
    const signalOf = async (personId: string, name: string) =>
      (await client.call(getVetting, { personId })).signals.find((one) => one.name === name);

    expect(await signalOf(none.personId, 'comment_authenticity')).toMatchObject({ state: 'unknown', contribution: 0 });
    expect(await signalOf(unnamed.personId, 'comment_authenticity')).toMatchObject({
      state: 'unknown',
      needs: expect.stringContaining('handles'),
    });
    expect(await signalOf(unnamed.personId, 'comment_pods')).toMatchObject({ state: 'unknown' });
    expect(await client.call(getNamedBrands, { personId: none.personId })).toMatchObject({
      state: 'unknown',
      rows: [],
    });
  });

  it('tell which brands the commenters name, once the brand profile says whom to look for', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'named' });
    await importComments(
      client,
      people(40, 'named', (i) => (i < 10 ? `I use @kettlemoth too ${i}` : `Lovely light ${i}`)),
    );
    await allRead();
    const before = await client.call(getNamedBrands, { personId });
    const empty = { niches: [], keywords: [], noGoWords: [] };
    await client.call(putBrandProfile, { ...empty, competitors: ['kettlemoth'] });
    const after = await client.call(getNamedBrands, { personId });

    expect(before).toMatchObject({ state: 'unknown', lookedFor: 0, commenters: 40 });
    expect(after).toMatchObject({
      state: 'estimated',
      commenters: 40,
      rows: [{ brand: 'kettlemoth', from: 'competitor', commenters: 10, share: 0.25 }],
    });
  });

  it('take hollow comments for bought only by accounts with a mark: 25 emoji of readers are fine, 15 of 25 by machines are an alarm', async () => {
    const client = await aWorkspace();
    const loved = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'loved' });
    const bought = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'bought' });
    await importComments(client, [
      ...people(25, 'loved', () => '🔥🔥🔥'),
      ...people(25, 'bought', () => '🔥🔥🔥').map((one, at) =>
        at < 15 ? { ...one, author: `user${8_812_000 + at * 7}` } : one,
      ),
    ]);
    await allRead();

    const fine = await client.call(getVetting, { personId: loved.personId });
    const alarm = await client.call(getVetting, { personId: bought.personId });
    const share = (report: typeof fine) => report.signals.find((one) => one.name === 'comment_authenticity')?.value;

    expect(share(fine)).toBe(0);
    expect(fine.flags.map((flag) => flag.name)).not.toContain('hollow_comments');
    expect(share(alarm)).toBeCloseTo(0.6, 6);
    expect(alarm.flags).toContainEqual(expect.objectContaining({ name: 'hollow_comments', severity: 'red' }));
  });

  it('follow a correction at the next reading', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    await importComments(
      client,
      people(20, 'nell', () => 'so beautiful, I love it'),
    );
    await allRead();
    const before = await client.call(getVetting, { personId });
    const [first] = (await client.call(listVettedComments, { personId })).rows;
    await client.call(correctComment, {
      commentId: first?.id ?? '',
      labels: { kind: 'spam_promo' },
      reason: 'The same account sells followers',
    });
    const after = await client.call(getVetting, { personId });

    expect([before.comments?.spam, after.comments?.spam]).toEqual([0, 1]);
    expect(after.comments).toMatchObject({ n: 20, corrected: 1 });
  });
});

describe('reading in the background', () => {
  it('goes on after a stop where the last batch was committed, and ends as without it', async () => {
    const client = await aWorkspace();
    await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    await importComments(
      client,
      people(40, 'nell', (at) => `Comment number ${at} about the blue bowl on the shelf`),
    );
    await test.core.infra.outbox.settle();
    const stopped = new AbortController();
    stopped.abort(new Error('The process ends'));
    await expect(readDueComments(test.core.infra, workspaceId, stopped.signal)).rejects.toThrow('The process ends');

    await Promise.all([1, 2, 3].map(() => readDueComments(test.core.infra, workspaceId)));

    const counts = await test.core.infra.db.inWorkspace(workspaceId, (tx) => countRead(tx, workspaceId));
    expect(counts).toEqual({ total: 40, read: 40 });
  });
});
