import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDeliverables } from '#modules/campaigns/api.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore({
    clock: { now: () => new Date('2026-05-14T09:00:00Z') },
    env: { RAPPORT_SMTP_URL: 'smtp://127.0.0.1:9', RAPPORT_MAIL_FROM: 'Rapport <hello@brand.example>' },
  });
}, 60_000);
afterAll(() => test.close());

it('a creator who handed in no draft is written to once when the label of the live post is missing', async () => {
  const workspaceId = await test.database.createWorkspace('mine');
  const client = test.client('mine');
  const { campaignId, enrolments } = await aCampaign(test.database, workspaceId, ['nell.bakes']);
  const [enrolment] = enrolments;
  await test.database.db.asSystem(async (tx) => {
    await tx
      .updateTable('person')
      .set({ emails: ['nell@creator.example'] })
      .execute();
    await tx.updateTable('enrolment').set({ fee_minor: 30_000n }).execute();
  });
  const { deliverableIds } = await client.call(addDeliverables, {
    campaignId,
    enrolmentIds: [enrolment?.id ?? ''],
    platform: 'instagram',
    format: 'post',
    title: 'A gift',
    dueOn: '2026-05-20',
  });
  const creator = await test.portal('mine', enrolment?.personId ?? '');
  const deliverableId = deliverableIds[0] ?? '';
  await creator.call(api.portalGiveLive, { deliverableId, url: 'https://www.instagram.com/p/Cgift0001/' });
  const submissionId = (await client.call(api.listSubmissions, { deliverableId })).rows[0]?.id ?? '';
  const seen = (caption: string) => client.call(api.enterSeenPost, { submissionId, caption, handle: 'nell.bakes' });
  const mails = () =>
    test.database.db.asSystem((tx) =>
      tx.selectFrom('mail_out').select('subject').where('subject', 'like', '%A gift%').execute(),
    );
  await seen('This cocoa holds. What a morning.');
  await seen('This cocoa holds! Another word, and still no label.');
  expect(await mails()).toMatchObject([{ subject: expect.stringContaining('Please mend the post: A gift') }]);
  await seen('Ad. This cocoa holds.');
  await seen('This cocoa holds, once more without.');
  expect(await mails()).toHaveLength(1);
});
