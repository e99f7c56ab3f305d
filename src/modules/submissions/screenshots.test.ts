import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { addDeliverables, listDeliverables, listResults, recordResults } from '#modules/campaigns/api.ts';
import { listDisclosureEvidence, openEvidencePicture } from '#modules/disclosure/api.ts';
import { exportDisclosurePdf } from '#modules/reports/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import * as api from './api.ts';

let test: TestCore;
let roster: TestRoster;
let client: Client;
let now = new Date('2026-05-14T09:00:00Z');
const laterBy = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => now } });
  const workspaceId = await test.database.createWorkspace('mine');
  await test.database.createWorkspace('theirs');
  client = test.client('mine');
  roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'ravi.brews']);
}, 60_000);
afterAll(() => test.close());

const picture = async (background: string) => {
  const png = await sharp({ create: { width: 40, height: 80, channels: 3, background } })
    .png()
    .toBuffer();
  return { body: new Uint8Array(png), fileName: 'post.png' };
};

async function livePiece(title: string) {
  const enrolment = roster.enrolments[0];
  if (enrolment === undefined) throw new Error('No creator in the test');
  const { deliverableIds } = await client.call(addDeliverables, {
    campaignId: roster.campaignId,
    enrolmentIds: [enrolment.id],
    platform: 'instagram',
    format: 'post',
    title,
    dueOn: null,
  });
  const deliverableId = deliverableIds[0] ?? '';
  const url = `https://www.instagram.com/p/${title.replaceAll(' ', '')}/`;
  const { id: submissionId } = await client.call(api.giveLivePost, { deliverableId, url });
  return { deliverableId, submissionId, creator: await test.portal('mine', enrolment.personId) };
}

it('is kept by its digest, shown at the newest look that read the post, and archived with what was seen', async () => {
  const { submissionId } = await livePiece('Read first');
  await client.call(api.enterSeenPost, { submissionId, caption: '#ad Cocoa', postedAt: null });
  laterBy(1);
  const shot = await picture('#a02050');
  const live = await client.upload(api.addLiveScreenshot, { submissionId }, shot);
  const sha256 = createHash('sha256').update(shot.body).digest('hex');
  expect(live.screenshots).toMatchObject([{ sha256, side: 'manager', checkId: live.checks[0]?.id, width: 40 }]);
  const fileId = live.screenshots[0]?.fileId ?? '';
  const { rows } = await client.call(listDisclosureEvidence, { subjectId: submissionId });
  expect(rows.map((row) => row.screenshotFileId)).toEqual([fileId, null]);
  expect(rows[0]?.caption).toBe('#ad Cocoa');
  const pdf = await client.open(exportDisclosurePdf, { subjectId: submissionId });
  expect(readPdf(new Uint8Array(await pdf.arrayBuffer())).words.replaceAll(' ', '')).toContain(sha256);
  const shown = await client.open(api.openLiveScreenshot, { submissionId, fileId });
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(shot.body);
  const archived = await client.open(openEvidencePicture, { evidenceId: rows[0]?.id ?? '' });
  expect(new Uint8Array(await archived.arrayBuffer())).toEqual(shot.body);
  const bare = client.open(openEvidencePicture, { evidenceId: rows[1]?.id ?? '' });
  await expect(bare).rejects.toMatchObject({ code: 'not_found' });
  // The same picture again is the one that is there.
  const again = await client.upload(api.addLiveScreenshot, { submissionId }, shot);
  expect(again.screenshots).toHaveLength(1);
});

it('waits, when nothing could be read of the post yet, for the look that reads it', async () => {
  const { submissionId, deliverableId, creator } = await livePiece('Shown first');
  const mine = await creator.upload(api.portalAddScreenshot, { deliverableId }, await picture('#2050a0'));
  const fileId = mine.screenshots[0]?.fileId ?? '';
  expect((await client.call(api.getLivePost, { submissionId }))?.screenshots).toMatchObject([
    { checkId: null, side: 'creator' },
  ]);
  const seen = await client.call(api.enterSeenPost, { submissionId, caption: 'Cocoa and nothing else' });
  expect(seen.screenshots[0]?.checkId).toBe(seen.checks[0]?.id);
  const { rows } = await client.call(listDisclosureEvidence, { subjectId: submissionId });
  expect(rows.map((row) => row.screenshotFileId)).toEqual([fileId]);
  expect((await creator.open(api.portalOpenFile, { deliverableId, fileId })).status).toBe(200);
});

it('is refused by its content, before the post is live, and for strangers', async () => {
  const { submissionId, deliverableId } = await livePiece('Refused');
  const svg = { body: new TextEncoder().encode('<svg onload="x()"/>'), fileName: 'a.png' };
  const refused = client.upload(api.addLiveScreenshot, { submissionId }, svg);
  await expect(refused).rejects.toMatchObject({ code: 'files.not_accepted' });
  expect((await client.call(api.getLivePost, { submissionId }))?.screenshots).toEqual([]);
  const other = roster.enrolments[1];
  const stranger = await test.portal('mine', other?.personId ?? '');
  const shot = await picture('#50a020');
  const byStranger = stranger.upload(api.portalAddScreenshot, { deliverableId }, shot);
  await expect(byStranger).rejects.toMatchObject({ code: 'not_found' });
  const byOthers = test.client('theirs').upload(api.addLiveScreenshot, { submissionId }, shot);
  await expect(byOthers).rejects.toMatchObject({ code: 'not_found' });
  const kept = await client.upload(api.addLiveScreenshot, { submissionId }, shot);
  const fileId = kept.screenshots[0]?.fileId ?? '';
  // What the team added is the team's.
  const creator = await test.portal('mine', roster.enrolments[0]?.personId ?? '');
  await expect(creator.open(api.portalOpenFile, { deliverableId, fileId })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('of insights has its figures typed beside it, marked by whom, never before measured ones, by a creator only from their own pictures', async () => {
  const { deliverableId, submissionId, creator } = await livePiece('Insights');
  const ours = await client.upload(api.addLiveScreenshot, { submissionId }, await picture('navy'));
  const brandsPicture = ours.screenshots.at(-1)?.fileId ?? '';
  const theirs = await creator.upload(api.portalAddScreenshot, { deliverableId }, await picture('olive'));
  const ownPicture = theirs.screenshots.at(-1)?.fileId ?? '';
  const measuredAt = new Date(now.getTime() - 3_600_000).toISOString();
  await client.call(recordResults, {
    deliverableId,
    source: 'instagram',
    observedAt: measuredAt,
    values: { likes: 40 },
  });
  const values = { likes: 45, reach: 900 };
  await creator.call(api.portalTypeFigures, { deliverableId, fileId: ownPicture, values });
  const { rows } = await client.call(listDeliverables, { campaignId: roster.campaignId });
  const after = rows.find((one) => one.id === deliverableId);
  expect(after?.results).toMatchObject({
    likes: { value: 40, typedBy: null, source: 'instagram' },
    reach: { value: 900, isEstimate: false, typedBy: expect.any(String) },
  });
  expect(after?.results.reach?.source).toMatch(/^typed by .+, the creator, from a screenshot$/);
  // The same picture again is a correction, not a second result.
  await creator.call(api.portalTypeFigures, { deliverableId, fileId: ownPicture, values: { reach: 950 } });
  const history = await client.call(listResults, { deliverableId });
  expect(history.filter((one) => one.metric === 'reach').map((one) => one.value)).toEqual([950]);
  const typed = await client.call(api.typeFigures, { submissionId, fileId: brandsPicture, values: { saves: 7 } });
  expect(typed.results.saves).toMatchObject({ value: 7, source: expect.stringContaining('from a screenshot') });
  await expect(
    creator.call(api.portalTypeFigures, { deliverableId, fileId: brandsPicture, values: { saves: 9 } }),
  ).rejects.toMatchObject({ kind: 'not_found' });
  const ahead = new Date(now.getTime() + 86_400_000).toISOString();
  await expect(
    client.call(api.typeFigures, { submissionId, fileId: brandsPicture, readAt: ahead, values: { saves: 9 } }),
  ).rejects.toMatchObject({ code: 'submissions.bad_figures' });
});
