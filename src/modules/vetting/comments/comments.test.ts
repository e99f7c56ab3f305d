import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  correctComment,
  exportVettedComments,
  getCommentProgress,
  getVetting,
  listCorrections,
  listVettedComments,
  summariseComments,
  sumPostComments,
  undoCorrection,
} from '../api.ts';
import { aCommentedCreator, commentsNow, importComments, readEverything } from './commented-creators.ts';
import { resumeReading } from './read-comments.ts';

let test: TestCore;
let workspaceId: string;
let made = 0;

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => commentsNow } });
}, 60_000);
afterAll(() => test.close());

async function aWorkspace() {
  made += 1;
  const slug = `talk-${made}`;
  workspaceId = await test.database.createWorkspace(slug);
  return test.client(slug);
}

const allRead = () => readEverything(test.core.infra, workspaceId);

const warm = (n: number, under: string) =>
  Array.from({ length: n }, (_, at) => ({ under, id: `w${at}`, author: `reader_${at}`, text: 'so beautiful 😍' }));

describe('comments that came in', () => {
  it('are read once each in the background, with what decided', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    await importComments(client, [
      { under: 'nell', id: '1', author: 'ana', text: 'Where can I buy this coat? I need it' },
      { under: 'nell', id: '2', author: 'tom', text: '🔥🔥🔥' },
      { under: 'nell', id: '3', author: 'lena', text: '@tom_k @ida 😍' },
      { under: 'nell', id: '4', author: 'spam', text: 'DM us to get featured! Check my page for free followers' },
      { under: 'nell', id: '5', author: 'nell', text: 'It is from the market, thank you!' },
    ]);
    await allRead();

    const { rows } = await client.call(listVettedComments, { personId });
    const summary = await client.call(summariseComments, { personId });
    const progress = await client.call(getCommentProgress, {});

    const kindOf = Object.fromEntries(rows.map((row) => [row.authorHandle, row.kind]));
    expect(kindOf).toMatchObject({ ana: 'conversation', tom: 'emoji_only', lena: 'tag_only', spam: 'spam_promo' });
    const asking = rows.find((row) => row.authorHandle === 'ana');
    expect(asking?.intents).toEqual(expect.arrayContaining(['question', 'purchase_intent']));
    for (const row of rows)
      expect(
        row.reasons.map((reason) => reason.label),
        row.text,
      ).toContain('kind');
    expect(rows.find((row) => row.authorHandle === 'nell')?.isOwn).toBe(true);
    expect(summary.allTime).toMatchObject({ n: 4, unread: 0, isEnough: false, spam: { count: 1, share: null } });
    expect(progress).toMatchObject({ total: 5, read: 5, pods: { state: 'not_enough_data' } });
  });

  it('count with Wilson intervals once there are enough, apart for the last 90 days', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell', posts: 20 });
    await importComments(client, [
      ...warm(24, 'nell'),
      ...Array.from({ length: 6 }, (_, at) => ({
        under: 'nell',
        post: 15,
        id: `q${at}`,
        text: 'Is it open in winter?',
      })),
    ]);
    await allRead();

    const { recent, allTime, weeks } = await client.call(summariseComments, { personId });

    expect(recent.n).toBe(24);
    expect(allTime.n).toBe(30);
    const questions = allTime.intents.find((one) => one.name === 'question');
    expect(questions).toMatchObject({ count: 6, share: 0.2 });
    // Wilson (1927) for 6 of 30.
    expect(questions?.interval?.low).toBeCloseTo(0.0951, 3);
    expect(questions?.interval?.high).toBeCloseTo(0.3731, 3);
    expect(weeks.reduce((sum, week) => sum + week.n, 0)).toBe(30);
  });

  it('do not count as recent or newest when they are dated ahead', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    // The newest post is five days old: 30 days after it lie 25 ahead.
    await importComments(client, [
      ...warm(3, 'nell'),
      { under: 'nell', id: 'ahead', author: 'ida', text: 'so beautiful', after: 30 * 24 * 60 },
    ]);
    await allRead();

    const { recent, allTime, weeks } = await client.call(summariseComments, { personId });
    const listed = await client.call(listVettedComments, { personId, period: '90d' });
    const { comments } = await client.call(getVetting, { personId });

    expect(allTime).toMatchObject({ n: 4, ahead: 1, undated: 0 });
    expect(recent).toMatchObject({ n: 3, ahead: 0 });
    expect(listed.rows.map((row) => row.authorHandle)).not.toContain('ida');
    expect(weeks.reduce((sum, week) => sum + week.n, 0)).toBe(3);
    expect(comments).toMatchObject({ n: 3 });
    for (const asOf of [allTime.asOf, comments?.newestAt])
      expect(Date.parse(asOf ?? '')).toBeLessThanOrEqual(commentsNow.getTime());
  });

  it('end the same whatever the order, however often they come, and are read again when their text changes', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    const comments = warm(6, 'nell');
    await importComments(client, comments.slice(0, 4));
    await allRead();
    await importComments(client, [...comments].reverse());
    await importComments(client, comments);
    await allRead();
    const before = await client.call(summariseComments, { personId });
    await importComments(client, [{ under: 'nell', id: 'w0', author: 'reader_0', text: 'where did you buy it?' }]);
    await allRead();
    const after = await client.call(summariseComments, { personId });

    expect(before.allTime.n).toBe(6);
    expect(after.allTime.n).toBe(6);
    expect(before.allTime.intents.find((one) => one.name === 'question')?.count).toBe(0);
    expect(after.allTime.intents.find((one) => one.name === 'question')?.count).toBe(1);
  });

  it('are filtered by every label and exported with harmless cells', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    await importComments(client, [
      { under: 'nell', id: '1', author: 'ana', text: 'Where can I buy this coat?' },
      { under: 'nell', id: '2', author: 'tom', text: '🔥🔥🔥' },
      { under: 'nell', id: '3', author: 'eve', text: '=HYPERLINK("http://x.example","win") so beautiful' },
    ]);
    await allRead();

    const only = async (filter: object) =>
      (await client.call(listVettedComments, { personId, ...filter })).rows.map((row) => row.authorHandle).sort();
    expect(await only({ kinds: ['emoji_only'] })).toEqual(['tom']);
    expect(await only({ intents: ['purchase_intent'] })).toEqual(['ana']);
    expect(await only({ isCorrected: true })).toEqual([]);
    expect(await only({ period: '90d', limit: 2 })).toHaveLength(2);
    const csv = await (await client.open(exportVettedComments, { personId })).text();
    expect(csv).toContain("'=HYPERLINK");
    expect(csv.split('\r\n')[0]).toContain('kind_by_machine');
  });
});

describe('a correction', () => {
  it('counts at once in every sum, stays when the comment comes again and when models read anew, and is taken back by undo', async () => {
    const client = await aWorkspace();
    const { personId, postIds } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    const comments = warm(20, 'nell');
    await importComments(client, comments);
    await allRead();
    const [first] = (await client.call(listVettedComments, { personId })).rows;
    if (first === undefined) throw new Error('no comment');
    const negative = async () => {
      const { posts, all } = await client.call(sumPostComments, { postIds: postIds.slice(0, 1) });
      const { allTime } = await client.call(summariseComments, { personId });
      return [posts[0]?.sums, all, allTime].map(
        (sums) => sums?.sentiments.find((one) => one.name === 'negative')?.count,
      );
    };
    expect(await negative()).toEqual([0, 0, 0]);

    const corrected = await client.call(correctComment, {
      commentId: first.id,
      labels: { sentiment: 'negative', intents: ['complaint'] },
      reason: 'It is meant as irony',
    });
    expect(corrected).toMatchObject({
      sentiment: 'negative',
      intents: ['complaint'],
      model: { sentiment: first.sentiment },
      correction: { reason: 'It is meant as irony' },
    });
    expect(await negative()).toEqual([1, 1, 1]);

    await importComments(
      client,
      comments.map((one) => ({ ...one, after: 700 })),
    );
    await test.core.infra.db.asSystem((tx) =>
      tx.updateTable('comment_class').set({ model_version: 'older' }).execute(),
    );
    await resumeReading(test.core.infra);
    await allRead();
    expect(await negative()).toEqual([1, 1, 1]);

    await client.call(undoCorrection, { commentId: first.id });
    expect(await negative()).toEqual([0, 0, 0]);
    const history = await client.call(listCorrections, { commentId: first.id });
    expect(history.rows).toMatchObject([{ reason: 'It is meant as irony', undoneAt: commentsNow.toISOString() }]);
    await expect(client.call(undoCorrection, { commentId: first.id })).rejects.toMatchObject({
      code: 'vetting.not_corrected',
    });
    const audit = await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx.selectFrom('audit_entry').select('action').where('subject_id', '=', first.id).orderBy('at').execute(),
    );
    expect(audit.map((one) => one.action)).toEqual(['comment.corrected', 'comment.correction_undone']);
  });

  it('keeps spam and its kind together, and refuses what contradicts itself with the field', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    await importComments(client, warm(1, 'nell'));
    await allRead();
    const [only] = (await client.call(listVettedComments, { personId })).rows;
    const commentId = only?.id ?? '';
    const correct = (labels: object) => client.call(correctComment, { commentId, labels, reason: 'looked' });

    expect(await correct({ isSpam: true })).toMatchObject({ kind: 'spam_promo', isSpam: true });
    await expect(correct({ isSpam: false })).rejects.toMatchObject({ details: [{ field: 'labels.kind' }] });
    expect(await correct({ kind: 'conversation' })).toMatchObject({ kind: 'conversation', isSpam: false });
    await expect(correct({ kind: 'conversation', isSpam: true })).rejects.toMatchObject({
      code: 'vetting.spam_and_kind',
    });
    await expect(correct({})).rejects.toMatchObject({ details: [{ field: 'labels' }] });
    expect(await client.call(undoCorrection, { commentId })).toMatchObject({ kind: 'spam_promo', isSpam: true });
  });

  it('of another workspace is a comment that does not exist', async () => {
    const client = await aWorkspace();
    const { personId } = await aCommentedCreator(test.core.infra, workspaceId, { handle: 'nell' });
    await importComments(client, warm(1, 'nell'));
    await allRead();
    const [only] = (await client.call(listVettedComments, { personId })).rows;
    const stranger = await aWorkspace();
    const failure = (commentId: string) =>
      stranger.call(undoCorrection, { commentId }).then(
        () => 'answered',
        (error: { code: string; message: string }) => `${error.code} ${error.message}`,
      );

    expect(await failure(only?.id ?? '')).toBe(await failure('cmt_none'));
    expect(await failure('cmt_none')).toMatch(/not_found/);
  });
});
