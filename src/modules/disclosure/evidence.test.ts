import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  checkCaption,
  checkDisclosureHistory,
  exportDisclosureEvidence,
  listDisclosureEvidence,
  listDisclosurePacks,
  putDisclosureSettings,
  recordDisclosureEvidence,
} from './api.ts';
import { recordEvidence } from './index.ts';

let core: TestCore;
let workspaceId: string;
const client = () => core.client('mine');
const now = new Date('2026-05-04T08:00:00Z');

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => now } });
  workspaceId = await core.database.createWorkspace('mine');
  await core.database.createWorkspace('theirs');
}, 60_000);
afterAll(() => core.close());

test("a check without a country goes by the workspace's first country, its strictness and its own label", async () => {
  const caption = 'Wir sind heute mit dem Rad am See und es ist schön #collab';
  expect((await client().call(checkCaption, { caption })).pack).toMatch(/^us@/u);
  await client().call(putDisclosureSettings, {
    countries: ['de', 'at'],
    strictness: 'strict',
    wording: { de: 'Anzeige' },
  });
  const verdict = await client().call(checkCaption, { caption, relation: 'paid' });
  expect(verdict.pack).toMatch(/^de@/u);
  expect(verdict.repaired).toBe('Anzeige · Wir sind heute mit dem Rad am See und es ist schön');
});

test('an own label that the rules do not take is refused with the field it stands in', async () => {
  const save = { countries: ['GB'], strictness: 'standard' as const, wording: { en: 'Collab' } };
  await expect(client().call(putDisclosureSettings, save)).rejects.toMatchObject({
    code: 'disclosure.not_a_label',
    details: [{ field: 'wording.en' }],
  });
});

test('what was seen is kept as it was seen, with its digest, verdict and version of the rules', async () => {
  const caption = '🌊 Sea and sun with @brisa #collab';
  const kept = await client().call(recordDisclosureEvidence, {
    caption,
    country: 'US',
    relation: 'paid',
    url: 'https://www.instagram.com/p/abc/',
    seenAt: '2026-05-03T10:00:00Z',
    campaignId: 'cmp_1',
  });
  expect(kept).toMatchObject({
    caption,
    captionSha256: createHash('sha256').update(caption).digest('hex'),
    verdict: 'fail',
    seenAt: '2026-05-03T10:00:00.000Z',
    recordedAt: now.toISOString(),
  });
  const { rows } = await client().call(listDisclosureEvidence, { campaignId: 'cmp_1' });
  expect(rows).toEqual([kept]);
  expect((await core.client('theirs').call(listDisclosureEvidence, {})).rows).toEqual([]);
  const answer = await client().open(exportDisclosureEvidence, { campaignId: 'cmp_1' });
  expect(await answer.json()).toMatchObject({ entries: 1, isComplete: true, packs: [{ id: 'us' }], sights: [kept] });
});

test('nobody can change or take away what was kept', async () => {
  const change = core.core.infra.db.inWorkspace(workspaceId, (tx) =>
    tx.updateTable('disclosure_evidence').set({ verdict: 'pass' }).where('workspace_id', '=', workspaceId).execute(),
  );
  await expect(change).rejects.toThrow(/permission denied/u);
  const removal = core.core.infra.db.inWorkspace(workspaceId, (tx) =>
    tx.deleteFrom('disclosure_evidence').where('workspace_id', '=', workspaceId).execute(),
  );
  await expect(removal).rejects.toThrow(/permission denied/u);
});

test('a sight with a key is kept once, and tells of itself once', async () => {
  const sight = {
    workspaceId,
    check: {
      caption: '#ad hello',
      platform: 'instagram' as const,
      media: { kind: 'image' as const },
      relation: 'paid' as const,
      platformLabel: null,
    },
    subject: { kind: 'submission', id: 'sub_1' },
    personId: 'per_1',
    campaignId: null,
    url: null,
    screenshotFileId: null,
    seenAt: now,
    by: { kind: 'system' as const, id: 'live-check', name: 'Live check' },
    key: 'sub_1/1',
  };
  const { infra } = core.core;
  const record = () => infra.db.inWorkspace(workspaceId, (tx) => recordEvidence(infra, tx, sight));
  const first = await record();
  expect(await record()).toEqual(first);
  const { rows } = await client().call(listDisclosureEvidence, { subjectId: 'sub_1' });
  expect(rows).toHaveLength(1);
});

test('a sight from the future, a file that is not there and a foreign cursor are refused', async () => {
  const sight = { caption: '#ad hello', seenAt: '2026-05-05T10:00:00Z' };
  await expect(client().call(recordDisclosureEvidence, sight)).rejects.toMatchObject({ code: 'disclosure.seen_later' });
  await expect(
    client().call(recordDisclosureEvidence, { caption: '#ad hello', screenshotFileId: 'fil_none' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(client().call(listDisclosureEvidence, { cursor: 'abc' })).rejects.toMatchObject({
    code: 'disclosure.bad_cursor',
  });
});

test("a creator's history says how many of the posts with a deal were disclosed, and nothing of too few", async () => {
  const posts = ['#ad one', '#ad two', '#sp three', 'use my code LENA10 for 10% off', 'my cat'].map((caption, at) => ({
    id: `pst_${at}`,
    caption,
  }));
  const few = await client().call(checkDisclosureHistory, { country: 'US', posts });
  expect(few).toMatchObject({ posts: 5, withDeal: 4, disclosed: 2, share: null });
  const enough = await client().call(checkDisclosureHistory, {
    country: 'US',
    posts: [...posts, { id: 'pst_9', caption: 'paid partnership with @brisa' }],
  });
  expect(enough).toMatchObject({
    withDeal: 5,
    disclosed: 3,
    share: 0.6,
    byStanding: { clear: 3, ambiguous: 1, signs: 1 },
  });
});

test('the packs are told with their rules, their sources and what they leave out', async () => {
  const { packs } = await client().call(listDisclosurePacks, {});
  expect(packs.find((pack) => pack.id === 'us')).toMatchObject({ coverage: 'full', countries: ['US'] });
  expect(packs.every((pack) => pack.rules.length > 0 && pack.sources.length > 0)).toBe(true);
});
