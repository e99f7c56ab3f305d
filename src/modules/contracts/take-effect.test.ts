import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import {
  addDeliverables,
  briefSchema,
  changeDeliverableState,
  createFromBrief,
  getEnrolment,
  listDeliverables,
  listEnrolmentHistory,
  removeFromRoster,
  saveBrief,
  updateDeliverable,
  updateEnrolment,
} from '#modules/campaigns/api.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { signContract } from '#tests/support/sign-contract.ts';
import * as api from './api.ts';
import { contractSigned, openWork, runContractWatch } from './index.ts';

const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const reel = { platform: 'instagram' as const, format: 'reel' };

describe('what is signed', () => {
  let test: TestCore;
  let roster: TestRoster;
  let workspaceId = '';
  let client: Client;
  let used = 0;

  beforeAll(async () => {
    let nowMs = Date.parse('2026-05-14T09:00:00Z');
    const now = () => {
      nowMs += 1;
      return new Date(nowMs);
    };
    test = await openTestCore({ clock: { now } });
    workspaceId = await test.database.createWorkspace('mine');
    client = test.client('mine');
    roster = await aCampaign(
      test.database,
      workspaceId,
      Array.from({ length: 12 }, (_, at) => `creator.${at}`),
    );
  }, 60_000);
  afterAll(() => test.close());

  const next = () => {
    const enrolment = roster.enrolments[used];
    if (enrolment === undefined) throw new Error('The test has no creator left');
    used += 1;
    return enrolment;
  };
  type One = { enrolment: { id: string; personId: string }; contractId: string };
  const drafted = async (enrolment = next()): Promise<One> => {
    const { created } = await client.call(api.createContracts, {
      campaignId: roster.campaignId,
      templateId: 'sponsored-de',
      enrolmentIds: [enrolment.id],
      fees: [{ enrolmentId: enrolment.id, fee: eur('30000') }],
    });
    return { enrolment, contractId: created[0]?.contractId ?? '' };
  };
  /** Puts these terms to the contract, and has both sign them. */
  const sign = async (one: One, terms: Partial<api.TermsInput>, settle = true) => {
    const { contractId, enrolment } = one;
    const { personId } = enrolment;
    await signContract(test, { workspace: 'mine', contractId, personId, terms, expiresOn: '2026-06-01' });
    if (settle) await test.core.infra.outbox.settle();
  };
  const pieces = async (enrolmentId: string) =>
    (await client.call(listDeliverables, { campaignId: roster.campaignId, enrolmentId, limit: 100 })).rows.map((one) =>
      [one.title, one.dueOn, one.state].join(' | '),
    );
  const effects = (one: One) => client.call(api.listContractEffects, { contractId: one.contractId });
  const feeOf = async (one: One) => {
    const { fee, signedFee } = await client.call(getEnrolment, { enrolmentId: one.enrolment.id });
    return { fee, signedFee };
  };
  const repeat = async (one: One) => {
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      test.core.infra.outbox.emit(tx, {
        workspaceId,
        name: contractSigned,
        payload: {
          ...{ contractId: one.contractId, campaignId: roster.campaignId, enrolmentId: one.enrolment.id },
          ...{ personId: one.enrolment.personId, actorName: 'A repeat', version: '1', side: 'brand' },
        },
      }),
    );
    await test.core.infra.outbox.settle();
  };

  it('becomes the fee and the pieces of the campaign, once, however often it is told', async () => {
    const one = await drafted();
    await sign(one, {
      fee: eur('45000'),
      deliverables: [
        { ...reel, count: 2, dueOn: '2026-05-28' },
        { platform: 'tiktok', format: 'video', title: 'Morning', dueOn: null },
      ],
    });
    const planned = [
      'Instagram reel 1 | 2026-05-28 | planned',
      'Instagram reel 2 | 2026-05-28 | planned',
      'Morning |  | planned',
    ];
    expect(await pieces(one.enrolment.id)).toEqual(planned);
    expect(await feeOf(one)).toEqual({ fee: eur('45000'), signedFee: eur('45000') });
    await repeat(one);
    await repeat(one);
    expect(await pieces(one.enrolment.id)).toEqual(planned);
    const [effect, ...others] = await effects(one);
    expect(others).toEqual([]);
    expect(effect).toMatchObject({ key: 'v1', needsLook: false, effect: { fee: { outcome: 'set', before: null } } });
    expect(effect?.remarks.map((remark) => remark.text)).toEqual([
      'The fee on the campaign is 450.00 EUR, as signed.',
      '3 pieces planned: Instagram reel 1, Instagram reel 2, Morning.',
    ]);
  });

  it('is caught up on, once and with an entry in the audit trail, where it was signed before anything took effect by itself', async () => {
    const one = await drafted();
    await sign(one, { fee: eur('45000'), deliverables: [{ ...reel, dueOn: '2026-05-28' }] });
    // As a contract stood that was signed before the update.
    await test.database.db.asSystem(async (tx) => {
      const { contractId, enrolment } = one;
      await sql`delete from contract_effect where workspace_id = ${workspaceId} and contract_id = ${contractId}`.execute(
        tx,
      );
      await sql`delete from deliverable where workspace_id = ${workspaceId} and enrolment_id = ${enrolment.id}`.execute(
        tx,
      );
      await sql`update contract set in_force_since = '2026-05-01T09:00:00Z' where workspace_id = ${workspaceId} and id = ${contractId}`.execute(
        tx,
      );
      await sql`
        update enrolment set fee_minor = null, signed_fee_minor = null, signed_fee_currency = null
        where workspace_id = ${workspaceId} and id = ${enrolment.id}`.execute(tx);
    });
    await runContractWatch(test.core.infra);
    await runContractWatch(test.core.infra);
    expect(await pieces(one.enrolment.id)).toEqual(['Instagram reel | 2026-05-28 | planned']);
    expect(await feeOf(one)).toEqual({ fee: eur('45000'), signedFee: eur('45000') });
    const { rows } = await test.database.db.asSystem((tx) =>
      sql`select 1 from audit_entry where workspace_id = ${workspaceId} and action = 'contract.caught-up' and subject_id = ${one.contractId}`.execute(
        tx,
      ),
    );
    expect(rows).toHaveLength(1);
  });

  it('is what the brief asks for too: its pieces are not made a second time', async () => {
    const one = await drafted();
    await sign(one, {
      deliverables: [
        { ...reel, count: 2, dueOn: '2026-05-28' },
        { platform: 'tiktok', format: 'video', title: 'Morning', dueOn: null },
      ],
    });
    const { campaignId } = roster;
    const brief = briefSchema.parse({
      deliverables: [
        { ...reel, count: 2 },
        { platform: 'tiktok', format: 'Video', title: 'Evening' },
        { platform: 'instagram', format: 'story' },
      ],
    });
    await client.call(saveBrief, { campaignId, basedOn: 0, brief });
    const enrolmentIds = [one.enrolment.id];
    expect(await client.call(createFromBrief, { campaignId, enrolmentIds })).toEqual({ created: 1, unchanged: 3 });
    expect(await client.call(createFromBrief, { campaignId, enrolmentIds })).toEqual({ created: 0, unchanged: 4 });
    expect((await pieces(one.enrolment.id)).map((piece) => piece.split(' | ')[0])).toEqual([
      'Instagram reel 1',
      'Instagram reel 2',
      'Morning',
      'Instagram story',
    ]);
  });

  it('takes the place of a fee set by hand where everybody sees it, and leaves one that was paid', async () => {
    const one = await drafted();
    await client.call(updateEnrolment, { enrolmentId: one.enrolment.id, fee: eur('20000') });
    await sign(one, { fee: eur('30000'), deliverables: [] });
    expect(await feeOf(one)).toEqual({ fee: eur('30000'), signedFee: eur('30000') });
    const history = await client.call(listEnrolmentHistory, { enrolmentId: one.enrolment.id });
    const change = history.find((entry) => entry.changes.because === 'contract');
    expect(change).toMatchObject({ by: 'Rapport', changes: { fee_minor: { from: '20000', to: '30000' } } });
    const [effect] = await effects(one);
    expect(effect).toMatchObject({ needsLook: true, effect: { fee: { outcome: 'replaced', before: eur('20000') } } });
    const waiting = async () =>
      (await test.core.infra.db.inWorkspace(workspaceId, (tx) => openWork(test.core.infra, tx, workspaceId)))
        .filter((work) => work.kind === 'contract.effect' && work.path === `/contracts/${one.contractId}`)
        .map((work) => work.detail);
    expect(await waiting()).toEqual(['The fee on the campaign was 200.00 EUR and is 300.00 EUR now, as signed.']);
    const seen = await client.call(api.seeContractEffect, { contractId: one.contractId, key: 'v1' });
    expect(seen[0]).toMatchObject({ needsLook: false, seenBy: expect.any(String) });
    expect(await client.call(api.seeContractEffect, { contractId: one.contractId, key: 'v1' })).toEqual(seen);
    expect(await waiting()).toEqual([]);

    await client.call(updateEnrolment, {
      enrolmentId: one.enrolment.id,
      feePaidOn: '2026-05-10',
      payEarlyReason: 'As agreed',
    });
    await sign(one, { fee: eur('50000') });
    expect(await feeOf(one)).toEqual({ fee: eur('30000'), signedFee: eur('50000') });
    expect((await effects(one))[0]).toMatchObject({ key: 'v2', needsLook: true, effect: { fee: { outcome: 'paid' } } });
  });

  it('leaves a fee set by hand after signing alone until another one is signed', async () => {
    const one = await drafted();
    await sign(one, { fee: eur('30000'), deliverables: [{ ...reel, dueOn: '2026-05-20' }] });
    await client.call(updateEnrolment, { enrolmentId: one.enrolment.id, fee: eur('28000') });
    await sign(one, { fee: eur('30000'), deliverables: [{ ...reel, dueOn: '2026-05-22' }] });
    expect(await feeOf(one)).toEqual({ fee: eur('28000'), signedFee: eur('30000') });
    expect((await effects(one))[0]?.remarks.map((remark) => remark.text)).toEqual([
      'Due on another day: Instagram reel (20 May 2026 to 22 May 2026).',
    ]);
    expect(await pieces(one.enrolment.id)).toEqual(['Instagram reel | 2026-05-22 | planned']);
  });

  it('meets what was planned already, and an amendment changes only what differs and never takes work that has begun', async () => {
    const one = await drafted();
    const { deliverableIds } = await client.call(addDeliverables, {
      ...{ campaignId: roster.campaignId, enrolmentIds: [one.enrolment.id], ...reel },
      ...{ title: 'Unboxing', dueOn: '2026-05-18' },
    });
    const [begun = ''] = deliverableIds;
    await sign(one, { deliverables: [{ ...reel, count: 3, dueOn: '2026-05-20' }] });
    expect(await pieces(one.enrolment.id)).toEqual([
      'Unboxing | 2026-05-20 | planned',
      'Instagram reel 2 | 2026-05-20 | planned',
      'Instagram reel 3 | 2026-05-20 | planned',
    ]);
    await client.call(changeDeliverableState, { deliverableId: begun, from: 'planned', to: 'drafted' });
    // A day that was put off by hand stays, since the amendment does not speak of it.
    await client.call(updateDeliverable, { deliverableId: begun, dueOn: '2026-05-25' });
    await sign(one, { deliverables: [{ ...reel, count: 1, dueOn: '2026-05-20' }] });
    expect((await pieces(one.enrolment.id)).sort()).toEqual([
      'Instagram reel 2 | 2026-05-20 | cancelled',
      'Instagram reel 3 | 2026-05-20 | cancelled',
      'Unboxing | 2026-05-25 | drafted',
    ]);
    await sign(one, { deliverables: [{ platform: 'tiktok', format: 'video', dueOn: '2026-05-30' }] });
    expect((await pieces(one.enrolment.id)).sort()).toEqual([
      'Instagram reel 2 | 2026-05-20 | cancelled',
      'Instagram reel 3 | 2026-05-20 | cancelled',
      'TikTok video | 2026-05-30 | planned',
      'Unboxing | 2026-05-25 | drafted',
    ]);
    expect((await effects(one))[0]).toMatchObject({
      ...{ key: 'v3', needsLook: true },
      effect: { kept: [{ id: begun, title: 'Unboxing', state: 'drafted' }], created: [{ title: 'TikTok video' }] },
    });
  });

  it('is what holds now, when the news of an earlier version comes after an amendment', async () => {
    const one = await drafted();
    await sign(one, { fee: eur('10000'), deliverables: [{ ...reel, count: 2 }] }, false);
    await sign(one, { fee: eur('15000'), deliverables: [{ ...reel, count: 1 }] });
    await repeat(one);
    expect((await feeOf(one)).fee).toEqual(eur('15000'));
    const open = (await pieces(one.enrolment.id)).filter((piece) => !piece.endsWith('cancelled'));
    expect(open).toHaveLength(1);
    expect((await effects(one))[0]?.key).toBe('v2');
  });

  it('closes what is open with the reason when it ends, and a second contract makes its own', async () => {
    const first = await drafted();
    await sign(first, { fee: eur('10000'), deliverables: [{ ...reel, count: 2, dueOn: '2026-05-20' }] });
    const { rows } = await client.call(listDeliverables, {
      ...{ campaignId: roster.campaignId, enrolmentId: first.enrolment.id, limit: 10 },
    });
    const liveId = rows[0]?.id ?? '';
    const liveUrl = 'https://www.instagram.com/p/abc/';
    await client.call(changeDeliverableState, { deliverableId: liveId, from: 'planned', to: 'live', liveUrl });
    await client.call(api.endContract, { contractId: first.contractId, reason: 'The product is recalled' });
    await test.core.infra.outbox.settle();
    const after = await client.call(listDeliverables, {
      ...{ campaignId: roster.campaignId, enrolmentId: first.enrolment.id, limit: 10 },
    });
    expect(after.rows.map((row) => [row.state, row.closedReason])).toEqual([
      ['live', null],
      ['cancelled', 'The contract ended: The product is recalled'],
    ]);
    expect((await effects(first))[0]).toMatchObject({ key: 'ended', needsLook: true });

    const second = await drafted(roster.enrolments.find((one) => one.id === first.enrolment.id));
    await sign(second, { fee: eur('7000'), deliverables: [{ ...reel, dueOn: '2026-05-29' }] });
    await repeat(first);
    expect((await pieces(first.enrolment.id)).sort()).toEqual([
      'Instagram reel 1 | 2026-05-20 | live',
      'Instagram reel 2 | 2026-05-20 | cancelled',
      'Instagram reel | 2026-05-29 | planned',
    ]);
    expect(await feeOf(second)).toEqual({ fee: eur('7000'), signedFee: eur('7000') });
  });

  it('plans nothing for a creator who is off the campaign, and says so', async () => {
    const one = await drafted();
    await client.call(removeFromRoster, { campaignId: roster.campaignId, enrolmentIds: [one.enrolment.id] });
    await sign(one, { fee: eur('10000'), deliverables: [reel] });
    expect(await pieces(one.enrolment.id)).toEqual([]);
    const [effect] = await effects(one);
    expect(effect?.remarks.at(-1)).toEqual({
      text: 'The creator was taken off the campaign, so the pieces they owe were not planned.',
      needsLook: true,
    });
  });

  it('leaves the fee alone where it counts in another currency, and says what was signed', async () => {
    const one = await drafted();
    await client.call(updateEnrolment, { enrolmentId: one.enrolment.id, fee: eur('9000') });
    await sign(one, { fee: { amountMinor: '10000', currency: 'USD' }, deliverables: [] });
    expect(await feeOf(one)).toEqual({ fee: eur('9000'), signedFee: { amountMinor: '10000', currency: 'USD' } });
    expect((await effects(one))[0]).toMatchObject({ needsLook: true, effect: { fee: { outcome: 'other_currency' } } });
  });
});
