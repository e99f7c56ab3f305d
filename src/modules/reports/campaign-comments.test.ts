import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { importFile } from '#tests/support/import-file.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import { exportCampaignPdf, getCampaignReport } from './api.ts';

let core: TestCore;
let workspaceId: string;

beforeAll(async () => {
  core = await openTestCore({ clock: { now: () => new Date('2026-05-20T12:00:00Z') } });
  workspaceId = await core.database.createWorkspace('mine');
}, 60_000);
afterAll(() => core.close());

const readAll = async () => {
  await core.core.infra.outbox.settle();
  await core.core.modules.vetting.readAllComments(workspaceId);
  for (let tries = 0; tries < 600; tries += 1) {
    const unread = await core.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx.selectFrom('comment_class').select('comment_id').where('is_due', '=', true).execute(),
    );
    if (unread.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The comments were not read in a minute');
};

test('sums the comments below live content found by address or by id, by post and over all; other posts stand apart', async () => {
  const client = core.client('mine');
  const rows = campaignRows(core.database, workspaceId);
  await rows.campaign({ id: 'cmp_talk', name: 'Talk' });
  await rows.person({ id: 'per_a', name: 'Ana', handle: 'ana' });
  await rows.enrolment({ id: 'enr_a', campaignId: 'cmp_talk', personId: 'per_a' });
  for (const [id, key] of [
    ['dlv_url', 'instagram.com/p/AAAAAA'],
    ['dlv_id', 'instagram.com/reel/BBBBBB'],
    ['dlv_none', 'instagram.com/p/ZZZZZZ'],
  ] as const) {
    await rows.deliverable({ id, enrolmentId: 'enr_a', liveAt: '2026-05-05T09:00:00Z' });
    await core.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx
        .updateTable('deliverable')
        .set({ live_url: `https://${key}/`, live_url_key: key })
        .where('id', '=', id)
        .execute(),
    );
  }
  await importFile(client, {
    name: 'posts.csv',
    body: 'username,post id,url,date\nana,p1,https://www.instagram.com/p/AAAAAA/?igsh=x,2026-05-05\nana,BBBBBB,,2026-05-06\nana,CCCCCC,,2026-05-07\n',
  });
  const comments = ['p1', 'BBBBBB', 'CCCCCC'].flatMap((post) =>
    Array.from({ length: 12 }, (_, at) => `${post},${post}-${at},reader${at},Where can I buy this?`),
  );
  await importFile(client, {
    name: 'comments.csv',
    body: ['post_id,comment_id,author,comment', ...comments].join('\n'),
  });
  await readAll();

  const { comments: found } = await client.call(getCampaignReport, { campaignId: 'cmp_talk' });

  expect(found).toMatchObject({ live: 3, matched: 2, all: { n: 24, isEnough: true } });
  expect(found?.posts.map((post) => [post.deliverableId, post.sums.n, post.sums.isEnough])).toEqual([
    ['dlv_id', 12, false],
    ['dlv_url', 12, false],
  ]);
  expect(found?.all.intents.find((one) => one.name === 'purchase_intent')).toMatchObject({
    count: 24,
    n: 24,
    share: 1,
  });

  const pdf = await client.open(exportCampaignPdf, { campaignId: 'cmp_talk' });
  const { words } = readPdf(new Uint8Array(await pdf.arrayBuffer()));
  expect(words).toContain('What people write');
  expect(words).toContain('24 comments of readers below 2 of 3 live deliverables');
  expect(words).toMatch(/Want to buy\s*100(\.0)? %/);
});
