import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { getEnrolment, listCosts } from '#modules/campaigns/api.ts';
import * as contracts from '#modules/contracts/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { signContract } from '#tests/support/sign-contract.ts';
import * as api from './api.ts';

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const name = 'Nell Baker';

describe('a price for rights', () => {
  let test: TestCore;
  let client: Client;
  let roster: TestRoster;
  let png: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => new Date('2026-05-14T09:00:00Z') } });
    const workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'ravi.brews', 'ida.stirs', 'omar.folds']);
    const image = sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } });
    png = new Uint8Array(await image.png().toBuffer());
  }, 60_000);
  afterAll(() => test.close());

  const creatorAt = (at: number) => {
    const enrolment = roster.enrolments[at];
    if (enrolment === undefined) throw new Error('The test has no creator left');
    return enrolment;
  };
  const pieceOf = (at: number, title: string) =>
    client.upload(
      api.uploadAsset,
      { title, personId: creatorAt(at).personId, campaignId: roster.campaignId },
      { body: png, fileName: `${title}.png` },
    );
  const ask = (assetId: string, price: { amountMinor: string; currency: string } | null) =>
    client.call(api.requestRights, {
      assetIds: [assetId],
      channels: ['brand_social', 'email'],
      paid: true,
      startsOn: '2026-06-01',
      endsOn: '2026-11-30',
      price,
    });
  const inForce = async (at: number) => {
    const { id: enrolmentId, personId } = creatorAt(at);
    const fees = [{ enrolmentId, fee: eur('30000') }];
    const made = await client.call(contracts.createContracts, {
      campaignId: roster.campaignId,
      templateId: 'sponsored-de',
      enrolmentIds: [enrolmentId],
      fees,
    });
    const contractId = made.created[0]?.contractId ?? '';
    const terms = { deliverables: [], usageRights: [], fee: eur('30000') };
    await signContract(test, { workspace: 'mine', contractId, personId, terms, expiresOn: '2026-06-10' });
    await test.core.infra.outbox.settle();
    return { contractId, enrolmentId, personId };
  };
  const standing = async (assetId: string) => {
    await test.core.infra.outbox.settle();
    const { rights, rightsList } = await client.call(api.getAsset, { assetId });
    return { state: rights.state, right: rightsList.find((one) => one.source === 'request') };
  };
  /** The creator and the brand sign what is in hand. */
  const signAmendment = async (contractId: string, personId: string) => {
    const creator = await test.portal('mine', personId);
    const { version, documentHash } = await creator.call(contracts.getPortalContract, { contractId });
    const signature = { contractId, version, documentHash, method: 'typed' as const, agrees: true as const };
    await creator.open(contracts.getPortalDocument, { contractId, version });
    await creator.call(contracts.signPortalContract, { ...signature, name });
    await client.open(contracts.getDocument, { contractId, version });
    await client.call(contracts.signContract, { ...signature, name: 'Ann Oat' });
    return version;
  };

  it('that is countered and accepted ends as an amendment with the fee, and is granted for that piece alone once both signed', async () => {
    const { contractId, enrolmentId, personId } = await inForce(0);
    const asset = await pieceOf(0, 'Morning');
    const other = await pieceOf(0, 'Evening');
    await ask(asset.id, eur('10000'));
    const creator = await test.portal('mine', personId);
    const [asked] = await creator.call(api.listPortalRights, {});
    expect(asked).toMatchObject({ state: 'requested', price: eur('10000'), counter: null, currency: 'EUR' });
    const rightId = asked?.id ?? '';
    const rightIds = [rightId];
    const other2 = { amountMinor: '20000', currency: 'USD' };
    await expect(creator.call(api.counterRights, { rightIds, price: other2, name })).rejects.toMatchObject({
      code: 'content.bad_price',
    });
    const countered = await creator.call(api.counterRights, {
      rightIds,
      price: eur('18000'),
      note: 'Half a year',
      name,
    });
    expect(countered.find((one) => one.id === rightId)).toMatchObject({
      state: 'countered',
      counter: { price: eur('18000'), note: 'Half a year' },
    });
    // What was not seen is not accepted.
    await expect(
      client.call(api.answerCounter, { rightId, answer: 'accept', price: eur('10000') }),
    ).rejects.toMatchObject({ code: 'content.bad_price' });
    const answered = { rightId, answer: 'accept', price: eur('18000') } as const;
    expect(await client.call(api.answerCounter, answered)).toMatchObject({
      state: 'agreed',
      price: eur('18000'),
      amendsId: contractId,
    });
    expect(await client.call(api.answerCounter, answered)).toMatchObject({ state: 'agreed' });
    expect((await standing(asset.id)).state).toBe('requested');
    const inHand = await client.call(contracts.getContract, { contractId });
    expect(inHand).toMatchObject({ state: 'sent', inForceVersion: 1, versions: [{ version: 2 }, { version: 1 }] });
    const [amendment] = inHand.versions;
    expect(amendment?.terms.fee).toEqual(eur('48000'));
    expect(amendment?.terms.feeParts.at(-1)).toMatchObject({ label: 'Rights for “Morning”', trigger: 'signed' });
    expect(amendment?.terms.usageRights.at(-1)).toMatchObject({ from: '2026-06-01', days: 183, paid: true });

    expect(await signAmendment(contractId, personId)).toBe(2);
    expect(await standing(asset.id)).toMatchObject({
      state: 'later',
      right: { state: 'granted', price: eur('18000') },
    });
    expect((await standing(other.id)).right).toBeUndefined();
    expect((await client.call(getEnrolment, { enrolmentId })).fee).toEqual(eur('48000'));
  });

  it('that the creator takes is an amendment too, and falls with it when they do not sign', async () => {
    const { contractId, personId } = await inForce(1);
    const asset = await pieceOf(1, 'Noon');
    await ask(asset.id, eur('5000'));
    const creator = await test.portal('mine', personId);
    const [asked] = await creator.call(api.listPortalRights, {});
    const rightIds = [asked?.id ?? ''];
    const after = await creator.call(api.answerRights, { rightIds, answer: 'grant', name });
    expect(after.find((one) => one.id === rightIds[0])).toMatchObject({ state: 'agreed', contractId });
    // A second one has to wait: one change of a contract at a time.
    const second = await pieceOf(1, 'Night');
    await ask(second.id, eur('5000'));
    const open = (await creator.call(api.listPortalRights, {})).find((one) => one.state === 'requested');
    await expect(
      creator.call(api.answerRights, { rightIds: [open?.id ?? ''], answer: 'grant', name }),
    ).rejects.toMatchObject({ code: 'content.not_amendable' });
    await creator.call(contracts.declinePortalContract, { contractId, version: 2, reason: 'Not at that price' });
    expect((await standing(asset.id)).right).toMatchObject({ state: 'declined' });
    expect((await client.call(contracts.getContract, { contractId })).inForceVersion).toBe(1);
  });

  it('without a contract is granted at once, and is a cost of the campaign that is due', async () => {
    const asset = await pieceOf(2, 'Dusk');
    await ask(asset.id, eur('7500'));
    const creator = await test.portal('mine', creatorAt(2).personId);
    const [asked] = await creator.call(api.listPortalRights, {});
    await creator.call(api.answerRights, { rightIds: [asked?.id ?? ''], answer: 'grant', name });
    expect((await standing(asset.id)).right).toMatchObject({ state: 'granted', amendsId: null, price: eur('7500') });
    const costs = await client.call(listCosts, { campaignId: roster.campaignId });
    expect(costs).toMatchObject([{ amount: eur('7500'), state: 'due', note: expect.stringContaining('Dusk') }]);
  });

  it('in another currency than the contract is refused for that piece, and a price of nothing is none', async () => {
    await inForce(3);
    const asset = await pieceOf(3, 'Dawn');
    const asked = await ask(asset.id, { amountMinor: '5000', currency: 'USD' });
    expect(asked).toMatchObject({
      requested: 0,
      refused: [{ assetId: asset.id, message: expect.stringContaining('EUR') }],
    });
    await expect(ask(asset.id, eur('0'))).rejects.toMatchObject({ kind: 'invalid' });
  });
});
