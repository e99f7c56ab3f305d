import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import * as contracts from '#modules/contracts/api.ts';
import { listMerges, mergeCreators, previewSplit, splitCreators, updateCreator } from '#modules/creators/api.ts';
import { createLink } from '#modules/tracking/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { offerContract } from '#tests/support/sign-contract.ts';
import * as api from './api.ts';

let test: TestCore;
let client: Client;
let roster: TestRoster;
const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });

beforeAll(async () => {
  test = await openTestCore({ clock: { now: () => new Date('2026-05-14T09:00:00Z') } });
  const workspaceId = await test.database.createWorkspace('mine');
  await test.database.createWorkspace('theirs');
  client = test.client('mine');
  roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'ida.stirs']);
}, 60_000);
afterAll(() => test.close());

const who = (at: number) => {
  const found = roster.enrolments[at];
  if (found === undefined) throw new Error('The test has no creator left');
  return found;
};
const offered = async (at: number) => {
  const made = await client.call(contracts.createContracts, {
    campaignId: roster.campaignId,
    templateId: 'sponsored-de',
    enrolmentIds: [who(at).id],
  });
  const contractId = made.created[0]?.contractId ?? '';
  await offerContract(client, { contractId, terms: { fee: eur('30000'), deliverables: [] }, expiresOn: '2026-06-10' });
};
const pieceOf = async (at: number) => {
  const piece = { platform: 'instagram' as const, format: 'post' as const, title: `Piece ${at}`, dueOn: '2026-05-30' };
  await client.call(api.addDeliverables, { campaignId: roster.campaignId, enrolmentIds: [who(at).id], ...piece });
};

it('the undo of a merge says before it is done what comes back and what cannot, and does just that', async () => {
  const [kept, absorbed] = [who(0), who(1)];
  for (const at of [0, 1]) {
    await offered(at);
    await pieceOf(at);
  }
  const link = { campaignId: roster.campaignId, enrolmentId: absorbed.id, personId: absorbed.personId };
  await client.call(createLink, { destination: 'https://shop.example/', ...link });
  await client.call(api.updateEnrolment, { enrolmentId: absorbed.id, note: 'Likes cocoa' });
  await client.call(mergeCreators, { keptPersonId: kept.personId, absorbedPersonId: absorbed.personId });
  await test.core.infra.outbox.settle();
  await client.call(api.updateEnrolment, { enrolmentId: kept.id, note: 'Answers in the evening' });
  const { rows } = await client.call(listMerges, { personId: kept.personId });
  const mergeId = rows[0]?.id ?? '';

  const before = await client.call(api.listRoster, { campaignId: roster.campaignId });
  const told = await client.call(previewSplit, { mergeId });
  expect(told).toMatchObject({ keptName: 'nell', restoredName: 'ida', asOf: '2026-05-14T09:00:00.000Z' });
  const lines = (some: typeof told.stays) => some.map(({ about, text }) => `${about ?? '-'}: ${text}`);
  expect(lines(told.comesBack)).toEqual([
    '-: ida is a creator again, with @ida.stirs on Instagram and all their posts and figures, those since the merge too.',
    'Slow Mornings: Two entries stand apart again, each as it was; back to ida: 1 deliverable, 1 contract, 1 link.',
    'Slow Mornings: Clicks go with their links, and orders are credited anew.',
  ]);
  expect(lines(told.stays)).toEqual([
    '-: What was written down about nell since the merge, such as notes and tags, stays with nell.',
    'Slow Mornings: The note was changed since and stays as it is now.',
    'Slow Mornings: What was added to or changed in the joint entry since, such as deliverables, links, costs and letters, stays with nell.',
    'Slow Mornings: The offer of a contract that was withdrawn stays withdrawn; make a new one.',
  ]);
  expect(await client.call(api.listRoster, { campaignId: roster.campaignId })).toEqual(before);
  await expect(test.client('theirs').call(previewSplit, { mergeId })).rejects.toMatchObject({ kind: 'not_found' });

  await client.call(splitCreators, { mergeId });
  await test.core.infra.outbox.settle();
  const entry = async (enrolmentId: string) => (await client.call(api.getEnrolment, { enrolmentId })).note;
  expect([await entry(kept.id), await entry(absorbed.id)]).toEqual(['Answers in the evening', 'Likes cocoa']);
  const { rows: pieces } = await client.call(api.listDeliverables, { campaignId: roster.campaignId });
  expect(pieces.map((one) => [one.title, one.enrolmentId]).sort()).toEqual([
    ['Piece 0', kept.id],
    ['Piece 1', absorbed.id],
  ]);
  const { rows: all } = await client.call(contracts.listContracts, { campaignId: roster.campaignId });
  expect(all.map((one) => [one.enrolmentId, one.state]).sort()).toEqual(
    [
      [kept.id, 'sent'],
      [absorbed.id, 'withdrawn'],
    ].sort(),
  );
  await expect(client.call(previewSplit, { mergeId })).rejects.toMatchObject({ code: 'creators.already_split' });
  expect(await client.call(updateCreator, { personId: absorbed.personId, tags: ['back'] })).toMatchObject({
    id: absorbed.personId,
  });
});
