import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { addDeliverables } from '#modules/campaigns/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

const wording = {
  text: 'You let the brand show what you hand in.',
  channels: ['brand_social' as const],
  isPaid: false,
  territory: 'worldwide',
  days: 90,
};

describe('rights that are accepted on handing in', () => {
  let test: TestCore;
  let client: Client;
  let roster: TestRoster;
  let workspaceId = '';

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    roster = await aCampaign(test.database, workspaceId, ['one', 'two']);
  });
  afterAll(() => test.close());

  const draftOf = async (at: number) => {
    const enrolment = roster.enrolments[at];
    if (enrolment === undefined) throw new Error('No creator left');
    const { campaignId } = roster;
    const piece = { platform: 'instagram' as const, format: 'reel', title: `Reel ${at}` };
    const { deliverableIds } = await client.call(addDeliverables, {
      campaignId,
      enrolmentIds: [enrolment.id],
      ...piece,
    });
    const deliverableId = deliverableIds[0] ?? '';
    const creator = await test.portal('mine', enrolment.personId);
    await creator.call(api.portalStartDraft, { deliverableId });
    const draft = await creator.call(api.portalWriteDraft, { deliverableId, caption: 'Morning #ad' });
    return { creator, deliverableId, draft, enrolment };
  };
  const refusalOf = (call: Promise<unknown>) =>
    call.then(
      () => 'taken',
      (error: { code?: string }) => error.code,
    );

  it('stand with who, when, from where and the hash of the words that were shown, and are asked for once a version', async () => {
    const { campaignId } = roster;
    expect(await client.call(api.getRightsWording, { campaignId })).toBeNull();
    const saved = await client.call(api.putRightsWording, { campaignId, ...wording });
    expect(await client.call(api.putRightsWording, { campaignId, ...wording })).toMatchObject({ version: 1 });
    const { creator, deliverableId, draft, enrolment } = await draftOf(0);
    const asked = draft.rightsToAccept;
    expect(asked).toEqual({ version: 1, shown: saved.shown, textHash: saved.textHash });
    expect(saved.textHash).toBe(createHash('sha256').update(saved.shown).digest('hex'));
    const hand = { deliverableId, round: 1 };
    expect(await refusalOf(creator.call(api.portalSubmitDraft, hand))).toBe('submissions.rights_not_accepted');
    const other = { version: 1, textHash: '0'.repeat(64) };
    expect(await refusalOf(creator.call(api.portalSubmitDraft, { ...hand, acceptsRights: other }))).toBe(
      'submissions.rights_outdated',
    );
    expect(await client.call(api.listRightsAcceptances, { campaignId })).toEqual([]);
    const acceptsRights = { version: 1, textHash: saved.textHash };
    const sent = await creator.call(api.portalSubmitDraft, { ...hand, acceptsRights });
    expect(sent.rightsToAccept).toBeNull();
    await creator.call(api.portalSubmitDraft, { ...hand, acceptsRights });
    const kept = await client.call(api.listRightsAcceptances, { campaignId });
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({
      deliverableId,
      round: 1,
      personId: enrolment.personId,
      version: 1,
      shown: saved.shown,
      textHash: saved.textHash,
    });
    await creator.call(api.portalWithdrawDraft, hand);
    const again = await creator.call(api.portalStartDraft, { deliverableId });
    expect(again.rightsToAccept).toBeNull();
    await client.call(api.putRightsWording, { campaignId, ...wording, days: 30 });
    expect((await creator.call(api.portalGetSubmission, { deliverableId })).rightsToAccept).toMatchObject({
      version: 2,
    });
    expect((await client.call(api.listRightsAcceptances, { campaignId }))[0]).toMatchObject({
      version: 1,
      shown: saved.shown,
    });
  });

  it('are not asked for any more once the words are taken away', async () => {
    await client.call(api.putRightsWording, { campaignId: roster.campaignId, ...wording, text: '' });
    const { creator, deliverableId, draft } = await draftOf(1);
    expect(draft.rightsToAccept).toBeNull();
    await creator.call(api.portalSubmitDraft, { deliverableId, round: 1 });
  });
});
