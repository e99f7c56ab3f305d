import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { addDeliverables } from '#modules/campaigns/api.ts';
import { listAssets } from '#modules/content/api.ts';
import { createContracts, endContract, type TermsInput } from '#modules/contracts/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { signContract } from '#tests/support/sign-contract.ts';
import * as api from './api.ts';
import { rightsEnd, type SignedRight } from './rules/rights-end.ts';

const signedRight: SignedRight = {
  startsAt: 'signed',
  days: 30,
  from: '2026-05-14',
  until: '2026-06-12',
  contractTitle: 'Spring',
  brokenOffOn: null,
};

describe('rights to an approved piece', () => {
  it('hold to the end of their last day, and while any one of them holds', () => {
    const on = (today: string, ...rights: SignedRight[]) => rightsEnd(rights, { liveOn: null, today })?.endedOn ?? null;
    expect(on('2026-06-12', signedRight)).toBeNull();
    expect(on('2026-06-13', signedRight)).toBe('2026-06-12');
    expect(on('2026-06-13', signedRight, { ...signedRight, days: null, until: null })).toBeNull();
    expect(on('2026-06-13', signedRight, { ...signedRight, until: '2026-06-01' })).toBe('2026-06-12');
    expect(on('2026-06-13')).toBeNull();
  });

  it('that start with the post count from its day, and have not ended before it', () => {
    const right = { ...signedRight, startsAt: 'live' as const, from: null, until: null };
    expect(rightsEnd([right], { liveOn: null, today: '2027-01-01' })).toBeNull();
    expect(rightsEnd([right], { liveOn: '2026-07-01', today: '2026-07-30' })).toBeNull();
    expect(rightsEnd([right], { liveOn: '2026-07-01', today: '2026-07-31' })?.endedOn).toBe('2026-07-30');
  });

  it('end with a contract that is broken off, unless they had ended before', () => {
    const broken = { ...signedRight, brokenOffOn: '2026-05-20' };
    expect(rightsEnd([broken], { liveOn: null, today: '2026-05-20' })).toMatchObject({
      endedOn: '2026-05-20',
      isBrokenOff: true,
    });
    expect(rightsEnd([{ ...broken, brokenOffOn: '2026-08-01' }], { liveOn: null, today: '2026-08-02' })).toMatchObject({
      endedOn: '2026-06-12',
      isBrokenOff: false,
    });
  });
});

describe('approved files', () => {
  let test: TestCore;
  let now = new Date('2026-05-14T09:00:00Z');
  let roster: TestRoster;
  let client: Client;
  let png: Uint8Array<ArrayBuffer>;
  let used = 0;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    const workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'ravi.brews', 'ida.stirs', 'omar.folds']);
    const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    png = new Uint8Array(image);
  }, 60_000);
  afterAll(() => test.close());

  /** An approved picture of the next creator. */
  const approved = async (title: string) => {
    const enrolment = roster.enrolments[used];
    if (enrolment === undefined) throw new Error('The test has no creator left');
    used += 1;
    const { deliverableIds } = await client.call(addDeliverables, {
      campaignId: roster.campaignId,
      enrolmentIds: [enrolment.id],
      platform: 'instagram',
      format: 'post',
      title,
      dueOn: '2026-05-20',
    });
    const deliverableId = deliverableIds[0] ?? '';
    const creator = await test.portal('mine', enrolment.personId);
    await creator.call(api.portalStartDraft, { deliverableId });
    await creator.upload(api.portalAddFile, { deliverableId }, { body: png, fileName: 'morning.png' });
    await creator.call(api.portalWriteDraft, { deliverableId, caption: 'Ad. Half past eight. This cocoa holds.' });
    const sent = await creator.call(api.portalSubmitDraft, { deliverableId, round: 1 });
    const submissionId = sent.submissionId ?? '';
    const draft = await client.call(api.approveDraft, { submissionId, round: 1 });
    const fileId = draft.rounds[0]?.files[0]?.id ?? '';
    return { enrolment, deliverableId, submissionId, fileId };
  };
  type Piece = Awaited<ReturnType<typeof approved>>;
  const terms = (days: number, startsAt: 'signed' | 'live' = 'signed'): Partial<TermsInput> => ({
    deliverables: [],
    endsOn: null,
    usageRights: [{ channels: ['brand_social'], paid: false, territory: 'worldwide', startsAt, days }],
  });
  const contractOf = async ({ enrolment }: Piece) => {
    const made = await client.call(createContracts, {
      campaignId: roster.campaignId,
      templateId: 'sponsored-de',
      enrolmentIds: [enrolment.id],
      fees: [{ enrolmentId: enrolment.id, fee: { amountMinor: '30000', currency: 'EUR' } }],
    });
    return made.created[0]?.contractId ?? '';
  };
  const sign = (piece: Piece, of: { contractId: string; terms: Partial<TermsInput>; expiresOn: string }) =>
    signContract(test, { workspace: 'mine', personId: piece.enrolment.personId, ...of });
  const download = async (piece: Piece, saves = true) => {
    const { submissionId, fileId } = piece;
    const answer = await client.open(api.openFile, { submissionId, fileId, saves });
    return Buffer.from(await answer.arrayBuffer());
  };
  const zip = async (...pieces: Piece[]) => {
    const ids = pieces.map((one) => one.submissionId);
    const answer = await client.open(api.downloadApproved, { campaignId: roster.campaignId, ids });
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    // Drafts made in the same moment are numbered either way.
    return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name.replace(/^\d+ /, ''), bytes]));
  };

  it('are refused and left out of the archive once their rights ended, and come back when they are renewed', async () => {
    const piece = await approved('Bound');
    const free = await approved('Without a contract');
    const contractId = await contractOf(piece);
    await sign(piece, { contractId, terms: terms(30), expiresOn: '2026-06-01' });

    now = new Date('2026-06-12T09:00:00Z');
    expect(await download(piece)).toEqual(Buffer.from(png));
    expect(Object.keys(await zip(piece, free))).toContain('nell - Bound/1 morning.png');
    expect(Object.keys(await zip(piece, free))).not.toContain('left out.txt');

    now = new Date('2026-06-13T09:00:00Z');
    await expect(download(piece)).rejects.toMatchObject({
      code: 'submissions.rights_ended',
      message: expect.stringMatching(/“morning.png”.*ended on 2026-06-12, by the contract “.+”\. To renew them, /),
    });
    const packed = await zip(piece, free);
    expect(Object.keys(packed).toSorted()).toEqual([
      'left out.txt',
      'ravi - Without a contract/1 morning.png',
      'ravi - Without a contract/caption.txt',
    ]);
    expect(new TextDecoder().decode(packed['left out.txt'])).toMatch(
      /^\d{3} nell - Bound: Its usage rights ended on 2026-06-12.*To renew them/,
    );
    expect(Object.keys(await zip(piece))).toEqual(['left out.txt']);
    // No rights were agreed, so none ended.
    expect(await download(free)).toEqual(Buffer.from(png));
    // The review page keeps its small picture, never the original; the creator keeps the work.
    const small = await download(piece, false);
    expect([small.length > 0, small.equals(Buffer.from(png))]).toEqual([true, false]);
    const creator = await test.portal('mine', piece.enrolment.personId);
    const { deliverableId, fileId } = piece;
    const own = await creator.open(api.portalOpenFile, { deliverableId, fileId });
    expect(Buffer.from(await own.arrayBuffer())).toEqual(Buffer.from(png));

    await sign(piece, { contractId, terms: terms(90), expiresOn: '2026-07-01' });
    expect(await download(piece)).toEqual(Buffer.from(png));
    expect(Object.keys(await zip(piece))).toContain('nell - Bound/1 morning.png');
  });

  it('are refused when the contract is ended, which takes its rights along', async () => {
    now = new Date('2026-06-13T09:00:00Z');
    const piece = await approved('Broken off');
    const contractId = await contractOf(piece);
    await sign(piece, { contractId, terms: terms(30, 'live'), expiresOn: '2026-07-01' });
    expect(await download(piece)).toEqual(Buffer.from(png));
    await client.call(endContract, { contractId, reason: 'No post came' });
    await expect(download(piece)).rejects.toMatchObject({
      code: 'submissions.rights_ended',
      message: expect.stringContaining('ended on 2026-06-13, when the contract'),
    });
  });

  it('stand in the content library with the clock of their rights, and the draft says when it ran out', async () => {
    const piece = await approved('A piece for the library');
    const { assets, draft } = {
      assets: async () => {
        await test.core.infra.outbox.settle();
        const { rows } = await client.call(listAssets, { personId: piece.enrolment.personId });
        return rows.map((row) => [row.capturedHow, row.deliverableId, row.file?.id, row.rights.state]);
      },
      draft: () => client.call(api.getSubmission, { submissionId: piece.submissionId }),
    };
    expect(await assets()).toEqual([['approved', piece.deliverableId, piece.fileId, 'none']]);
    await sign(piece, { contractId: await contractOf(piece), terms: terms(20), expiresOn: '2026-07-01' });
    expect(await assets()).toEqual([['approved', piece.deliverableId, piece.fileId, 'ending']]);
    expect((await draft()).rightsEnded).toBeNull();
    const before = now;
    now = new Date(now.getTime() + 31 * 86_400_000);
    expect(await assets()).toEqual([['approved', piece.deliverableId, piece.fileId, 'ended']]);
    expect((await draft()).rightsEnded?.why).toContain('usage rights ended on');
    now = before;
  });
});
