import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { addDays, addMonths } from '#kernel/time.ts';
import { changeCampaignState, getEnrolment } from '#modules/campaigns/api.ts';
import { updateWorkspace } from '#modules/workspaces/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';
import { bondsOf, listObligations, openWork, runContractWatch, termsOf } from './index.ts';
import { moveMonths, newTermOf, renewalTitle, renewTerms } from './rules/renew-terms.ts';

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the days of a renewal', () => {
  it('begin on the day after the old term whatever the month, and end on the last day of as many months', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 24 }), (startsOn, months) => {
        const endsOn = addDays(addMonths(startsOn, months), -1);
        const next = newTermOf({ startsOn, endsOn }, null);
        expect(next.startsOn).toBe(addDays(endsOn, 1));
        expect(next.endsOn > next.startsOn).toBe(true);
        expect(addDays(next.endsOn, 1)).toBe(addMonths(next.startsOn, months));
      }),
    );
  });

  it('keep the end of months: a piece due on the 31st is due on the last day of a shorter month', () => {
    const old = api.termsSchema.parse({
      startsOn: '2026-08-01',
      endsOn: '2026-08-31',
      deliverables: [
        { platform: 'instagram', format: 'reel', draftDueOn: '2026-08-28', dueOn: '2026-08-31' },
        { platform: 'instagram', format: 'story' },
      ],
    });
    const term = newTermOf({ startsOn: '2026-08-01', endsOn: '2026-08-31' }, null);
    expect(term).toEqual({ startsOn: '2026-09-01', endsOn: '2026-09-30' });
    const terms = renewTerms(old, { oldStartsOn: '2026-08-01', oldEndsOn: '2026-08-31', term, fee: undefined });
    expect(terms.deliverables.map((line) => line.dueOn)).toEqual(['2026-09-30', null]);
  });

  it('move in titles that name a month, over the end of a year too, and leave other words alone', () => {
    expect(moveMonths('May reel', 3)).toBe('August reel');
    expect(moveMonths('Reel of November 2026', 3)).toBe('Reel of February 2027');
    expect(moveMonths('You may choose, Marching band', 5)).toBe('You may choose, Marching band');
  });

  it('are said once in the title, however often a contract is renewed', () => {
    const once = renewalTitle('Ambassadors', '31 January 2027');
    expect(renewalTitle(once, '30 April 2027')).toBe('Ambassadors, renewed until 30 April 2027');
  });
});

describe('contracts that run out', () => {
  let test: TestCore;
  let now = new Date('2026-08-03T08:00:00Z');
  let roster: TestRoster;
  let workspaceId = '';
  let client: Client;

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    await client.call(updateWorkspace, { timeZone: 'Europe/Berlin' });
    roster = await aCampaign(test.database, workspaceId, ['first', 'second', 'third', 'fourth']);
  }, 60_000);
  afterAll(() => test.close());

  const inWorkspace: TestCore['core']['infra']['db']['inWorkspace'] = (id, work) =>
    test.core.infra.db.inWorkspace(id, work);
  const sign = async (contractId: string, personId: string) => {
    const creator = await test.portal('mine', personId);
    const { version, documentHash } = await creator.call(api.getPortalContract, { contractId });
    await creator.open(api.getPortalDocument, { contractId, version });
    const how = { name: 'Nell Baker', method: 'typed', agrees: true } as const;
    await creator.call(api.signPortalContract, { contractId, version, documentHash, ...how });
    const { hash } = await client.call(api.readDocumentHash, { contractId, version });
    await client.open(api.getDocument, { contractId, version });
    return client.call(api.signContract, { contractId, version, documentHash: hash, ...how, name: 'Ann Oat' });
  };
  const inForce = async (at: number) => {
    const enrolment = roster.enrolments[at];
    if (enrolment === undefined) throw new Error('The test has no creator left');
    const { templates } = await client.call(api.listTemplates, {});
    const template = templates.find((one) => one.model === 'ambassadorship' && one.jurisdiction === 'DE');
    const made = await client.call(api.createContracts, {
      campaignId: roster.campaignId,
      templateId: template?.id ?? '',
      enrolmentIds: [enrolment.id],
      terms: {
        ...(template?.terms ?? {}),
        startsOn: '2026-08-01',
        endsOn: '2026-10-31',
        deliverables: [{ platform: 'instagram', format: 'reel', dueOn: '2026-08-31' }],
        payment: { days: 30, trigger: 'live' },
      },
      fees: [{ enrolmentId: enrolment.id, fee: eur('30000') }],
    });
    const contractId = made.created[0]?.contractId ?? '';
    await client.call(api.sendContracts, { contractIds: [contractId], expiresOn: '2026-12-01' });
    await sign(contractId, enrolment.personId);
    return { enrolment, contractId };
  };
  const workOf = (personId: string) =>
    inWorkspace(workspaceId, (tx) => openWork(test.core.infra, tx, workspaceId)).then((rows) =>
      rows.filter((row) => row.personId === personId).map((row) => row.kind),
    );
  const stateOf = async (contractId: string) => {
    const { isWaiting, ranOutAt, inForceVersion, state } = await client.call(api.getContract, { contractId });
    return { isWaiting, hasRunOut: ranOutAt !== null, isSigned: inForceVersion !== null, state };
  };

  it('are listed thirty days before, follow one another without a gap, and keep what the first one owes', async () => {
    now = new Date('2026-08-03T08:00:00Z');
    const { enrolment, contractId } = await inForce(0);
    expect(await workOf(enrolment.personId)).toEqual([]);
    now = new Date('2026-10-01T08:00:00Z');
    expect(await workOf(enrolment.personId)).toEqual(['contract.running_out']);
    const near = await client.call(api.listRunningOut, {});
    expect(near).toMatchObject([{ contractId, endsOn: '2026-10-31', days: 30, renewal: null }]);

    const renewed = await client.call(api.renewContracts, { contractIds: [contractId], fee: eur('45000') });
    expect(renewed.created).toMatchObject([{ startsOn: '2026-11-01', endsOn: '2027-01-31' }]);
    const again = await client.call(api.renewContracts, { contractIds: [contractId, 'con_none'] });
    expect(again).toMatchObject({ created: [], unchanged: 1, refused: [{ message: 'No such contract.' }] });
    const renewalId = renewed.created[0]?.contractId ?? '';
    const late = await client.call(api.sendContracts, { contractIds: [renewalId], expiresOn: '2026-11-05' });
    expect(late.refused[0]?.message).toContain('31 October 2026');
    await client.call(api.sendContracts, { contractIds: [renewalId], expiresOn: '2026-10-31' });
    await sign(renewalId, enrolment.personId);
    expect(await workOf(enrolment.personId)).toEqual([]);
    const fee = () => inWorkspace(workspaceId, (tx) => termsOf(tx, workspaceId, enrolment.id)).then((one) => one?.fee);
    expect(await fee()).toEqual(eur('30000'));

    // The last day ends at 23:00 UTC: clocks went back on the 25th.
    now = new Date('2026-10-31T22:59:00Z');
    await runContractWatch(test.core.infra);
    expect(await stateOf(contractId)).toMatchObject({ hasRunOut: false });
    now = new Date('2026-10-31T23:01:00Z');
    await runContractWatch(test.core.infra);
    await runContractWatch(test.core.infra);
    expect(await stateOf(contractId)).toMatchObject({ hasRunOut: true });
    expect(await stateOf(renewalId)).toMatchObject({ isWaiting: false, isSigned: true, hasRunOut: false });
    expect(await fee()).toEqual(eur('45000'));
    const owed = await inWorkspace(workspaceId, (tx) =>
      listObligations(test.core.infra, tx, { workspaceId, filter: { enrolmentId: enrolment.id } }),
    );
    expect(
      owed.filter((one) => one.kind === 'deliverable').map((one) => [one.contractId, one.dueOn, one.state]),
    ).toEqual([
      [contractId, '2026-08-31', 'late'],
      [renewalId, '2026-11-30', 'open'],
    ]);
    expect(owed.filter((one) => one.kind === 'payment')).toHaveLength(2);
    const bonds = await inWorkspace(workspaceId, (tx) => bondsOf(tx, workspaceId, [enrolment.id]));
    expect(bonds.get(enrolment.id)).toEqual({ since: '2026-08-01', endsOn: '2027-01-31', holds: true });
    expect((await client.call(getEnrolment, { enrolmentId: enrolment.id })).contractEnd).toBeNull();
  });

  it('end when the creator does not answer, and the roster says so', async () => {
    now = new Date('2026-08-03T08:00:00Z');
    const { enrolment, contractId } = await inForce(1);
    now = new Date('2026-10-10T08:00:00Z');
    const { created } = await client.call(api.renewContracts, { contractIds: [contractId], months: 6 });
    const renewalId = created[0]?.contractId ?? '';
    await client.call(api.sendContracts, { contractIds: [renewalId], expiresOn: '2026-10-25' });
    now = new Date('2026-11-01T08:00:00Z');
    await runContractWatch(test.core.infra);
    expect(await stateOf(renewalId)).toMatchObject({ state: 'expired', isWaiting: false });
    expect(await stateOf(contractId)).toMatchObject({ hasRunOut: true });
    expect((await client.call(getEnrolment, { enrolmentId: enrolment.id })).contractEnd).toEqual({
      on: '2026-10-31',
      reason: 'the renewal was not answered',
    });
    expect(await workOf(enrolment.personId)).toEqual(['contract.ran_out']);
    const bonds = await inWorkspace(workspaceId, (tx) => bondsOf(tx, workspaceId, [enrolment.id]));
    expect(bonds.get(enrolment.id)?.holds).toBe(false);
  });

  it('leave a creator who declines the renewal on the roster until their contract ends', async () => {
    now = new Date('2026-08-03T08:00:00Z');
    const { enrolment, contractId } = await inForce(2);
    now = new Date('2026-10-10T08:00:00Z');
    const { created } = await client.call(api.renewContracts, { contractIds: [contractId] });
    const renewalId = created[0]?.contractId ?? '';
    await client.call(api.sendContracts, { contractIds: [renewalId], expiresOn: '2026-10-25' });
    const creator = await test.portal('mine', enrolment.personId);
    await creator.call(api.declinePortalContract, { contractId: renewalId, version: 1, reason: 'A new job' });
    const standing = await client.call(getEnrolment, { enrolmentId: enrolment.id });
    expect(standing).toMatchObject({ removedAt: null, contractEnd: null });
    expect(await workOf(enrolment.personId)).toEqual(['contract.running_out']);
    now = new Date('2026-11-02T08:00:00Z');
    await runContractWatch(test.core.infra);
    expect((await client.call(getEnrolment, { enrolmentId: enrolment.id })).contractEnd?.reason).toBe(
      'the renewal was declined',
    );
    await expect(client.call(api.renewContracts, { contractIds: [contractId] })).resolves.toMatchObject({
      refused: [{ message: 'This contract ran out on 31 October 2026. Make a new one instead.' }],
    });
  });

  it('whose term lies behind the last day of an ended campaign are owed by contract, and are no cost of it', async () => {
    now = new Date('2026-08-03T08:00:00Z');
    const { enrolment, contractId } = await inForce(3);
    now = new Date('2026-10-10T08:00:00Z');
    const renewed = await client.call(api.renewContracts, { contractIds: [contractId], fee: eur('45000') });
    const renewalId = renewed.created[0]?.contractId ?? '';
    await client.call(api.sendContracts, { contractIds: [renewalId], expiresOn: '2026-10-25' });
    await sign(renewalId, enrolment.personId);
    await client.call(changeCampaignState, { campaignId: roster.campaignId, from: 'live', to: 'ended' });
    now = new Date('2026-11-01T08:00:00Z');
    await runContractWatch(test.core.infra);
    await test.core.infra.outbox.settle();
    expect(await stateOf(renewalId)).toMatchObject({ isWaiting: false, isSigned: true, hasRunOut: false });
    const owed = await inWorkspace(workspaceId, (tx) =>
      listObligations(test.core.infra, tx, { workspaceId, filter: { enrolmentId: enrolment.id } }),
    );
    const payments = owed.filter((one) => one.kind === 'payment');
    expect(payments.map((one) => [one.contractId, one.amount?.amountMinor])).toEqual([
      [contractId, '30000'],
      [renewalId, '45000'],
    ]);
    const { fee } = await client.call(getEnrolment, { enrolmentId: enrolment.id });
    expect(fee).toEqual(eur('30000'));
    // A second look changes nothing.
    await runContractWatch(test.core.infra);
    await test.core.infra.outbox.settle();
    expect((await client.call(getEnrolment, { enrolmentId: enrolment.id })).fee).toEqual(eur('30000'));
  });
});
