import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { mergeCreators } from '#modules/creators/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import * as api from './api.ts';

const bulk = 500;
const bulkMsMax = 2000;

describe('the roster', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId: string;
  let people: string[];
  let now = new Date('2026-05-01T09:00:00Z');

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => now } });
    workspaceId = await test.database.createWorkspace('mine');
    people = await createPlainCreators(test.database.db, workspaceId, bulk);
    client = test.client('mine');
  });
  afterAll(() => test.close());

  const create = () =>
    client.call(api.createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: '2026-04-20',
      endsOn: '2026-05-31',
      budget: { amountMinor: '100000', currency: 'EUR' },
    });
  const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
  const enrolled = async (count: number) => {
    const { id } = await create();
    const { enrolmentIds } = await client.call(api.addToRoster, { campaignId: id, personIds: people.slice(0, count) });
    return { id, enrolmentIds, first: enrolmentIds[0] ?? '' };
  };

  it('adds the same creators once, in the order given, and names those it does not know', async () => {
    const { id } = await create();
    const [a = '', b = '', c = ''] = people;
    const first = await client.call(api.addToRoster, {
      campaignId: id,
      personIds: [c, a, 'per_unknown'],
      handles: [
        { platform: 'instagram', handle: 'https://instagram.com/Creator2/?igsh=1' },
        { platform: 'instagram', handle: 'nobody' },
      ],
      fee: eur('30000'),
    });
    expect(first).toMatchObject({ added: 3, unchanged: 0 });
    expect(first.refused.map((one) => [one.who, one.reason])).toEqual([
      ['nobody', 'unknown'],
      ['per_unknown', 'unknown'],
    ]);
    const again = await client.call(api.addToRoster, { campaignId: id, personIds: [a, b, c] });
    expect(again).toMatchObject({ added: 0, unchanged: 3, refused: [] });
    const { rows, total } = await client.call(api.listRoster, { campaignId: id });
    expect(total).toBe(3);
    expect(rows.map((row) => row.person.id)).toEqual([c, a, b]);
    expect(rows[0]).toMatchObject({
      stage: 'shortlisted',
      fee: eur('30000'),
      feeState: 'proposed',
      blocking: { who: 'us', what: 'Decide and invite', days: 0 },
    });
  });

  it('enrols nobody twice when two people add them at the same moment', async () => {
    const { id } = await create();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => client.call(api.addToRoster, { campaignId: id, personIds: people.slice(0, 20) })),
    );
    expect(outcomes.reduce((sum, outcome) => sum + outcome.added, 0)).toBe(20);
    expect((await client.call(api.listRoster, { campaignId: id })).total).toBe(20);
  });

  it('refuses creators who objected, and names them', async () => {
    const { findSuppressedPersons, readPersonCards } = await import('#modules/creators/index.ts');
    const { suppressionHash } = await import('#modules/creators/suppression-hash.ts');
    const [personId = ''] = await createPeopleNamed('objector');
    const hash = suppressionHash(test.core.infra.secret, {
      kind: 'handle',
      platform: 'instagram',
      handleKey: 'objector',
    });
    await test.database.db.asSystem((tx) =>
      tx.insertInto('suppression').values({ subject_hash: hash, kind: 'handle', reason: 'asked' }).execute(),
    );
    const cards = await test.database.db.inWorkspace(workspaceId, (tx) => readPersonCards(tx, workspaceId, [personId]));
    const found = await test.database.db.inWorkspace(workspaceId, (tx) =>
      findSuppressedPersons(test.core.infra, tx, [...cards.values()]),
    );
    expect([...found]).toEqual([personId]);
    const { id } = await create();
    const outcome = await client.call(api.addToRoster, { campaignId: id, personIds: [personId, people[0] ?? ''] });
    expect(outcome.added).toBe(1);
    expect(outcome.refused).toMatchObject([{ reason: 'suppressed' }]);
  });

  const createPeopleNamed = async (handle: string) => {
    const { newId } = await import('#kernel/id.ts');
    const id = newId('person');
    await test.database.db.inWorkspace(workspaceId, async (tx) => {
      await tx.insertInto('person').values({ workspace_id: workspaceId, id, name: handle }).execute();
      await tx
        .insertInto('profile')
        .values({
          workspace_id: workspaceId,
          id: newId('profile'),
          person_id: id,
          platform: 'instagram',
          handle,
          handle_key: handle,
          source: 'test',
        })
        .execute();
    });
    return [id];
  };

  it('lets the first of two people move a creator and tells the second where they stand now', async () => {
    const { id, first } = await enrolled(1);
    const to = (stage: string) =>
      client.call(api.moveOnRoster, { campaignId: id, to: stage, enrolments: [{ id: first, from: 'shortlisted' }] });
    now = new Date(now.getTime() + 1000);
    const outcomes = await Promise.all([to('invited'), to('contract')]);
    now = new Date('2026-05-01T09:00:00Z');
    expect(outcomes.map((outcome) => outcome.moved).sort()).toEqual([0, 1]);
    const lost = outcomes.find((outcome) => outcome.moved === 0);
    const { stage } = await client.call(api.getEnrolment, { enrolmentId: first });
    expect(lost?.conflicts).toMatchObject([{ enrolmentId: first, stage, name: 'Creator 1' }]);
    const history = await client.call(api.listEnrolmentHistory, { enrolmentId: first });
    expect(history.map((entry) => [entry.kind, entry.toStage])).toEqual([
      ['moved', stage],
      ['added', 'shortlisted'],
    ]);
  });

  it('does nothing when a creator is asked to where they stand, and refuses stages that do not exist', async () => {
    const { id, first } = await enrolled(1);
    const same = await client.call(api.moveOnRoster, {
      campaignId: id,
      to: 'shortlisted',
      enrolments: [{ id: first, from: 'invited' }],
    });
    expect(same).toEqual({ moved: 0, unchanged: 1, conflicts: [] });
    await expect(
      client.call(api.moveOnRoster, {
        campaignId: id,
        to: 'nowhere',
        enrolments: [{ id: first, from: 'shortlisted' }],
      }),
    ).rejects.toMatchObject({ code: 'campaigns.unknown_stage' });
  });

  it(`adds, moves and removes ${bulk} creators in under ${bulkMsMax} ms each`, async () => {
    const { id } = await create();
    const timed = async <Value>(work: () => Promise<Value>) => {
      const startedMs = performance.now();
      const value = await work();
      expect(performance.now() - startedMs).toBeLessThan(bulkMsMax);
      return value;
    };
    const added = await timed(() => client.call(api.addToRoster, { campaignId: id, personIds: people }));
    expect(added.added).toBe(bulk);
    const enrolments = added.enrolmentIds.map((enrolment) => ({ id: enrolment, from: 'shortlisted' }));
    expect(
      await timed(() =>
        client.call(api.moveOnRoster, { campaignId: id, to: 'making', enrolments, skipReason: 'Signed on paper' }),
      ),
    ).toMatchObject({ moved: bulk, conflicts: [] });
    expect((await timed(() => client.call(api.listRoster, { campaignId: id, limit: 500 }))).rows).toHaveLength(bulk);
    expect(
      await timed(() => client.call(api.removeFromRoster, { campaignId: id, enrolmentIds: added.enrolmentIds })),
    ).toEqual({ removed: bulk, unchanged: 0 });
  });

  it('keeps the history of a removed creator and brings it back with them', async () => {
    const { id, first } = await enrolled(2);
    await client.call(api.removeFromRoster, { campaignId: id, enrolmentIds: [first], reason: 'No answer' });
    expect((await client.call(api.listRoster, { campaignId: id })).total).toBe(1);
    expect((await client.call(api.listRoster, { campaignId: id, removed: true })).rows).toMatchObject([
      { id: first, removedReason: 'No answer' },
    ]);
    const back = await client.call(api.addToRoster, { campaignId: id, personIds: [people[0] ?? ''] });
    expect(back).toMatchObject({ added: 0, restored: 1, enrolmentIds: [first] });
    const history = await client.call(api.listEnrolmentHistory, { enrolmentId: first });
    expect(history.map((entry) => entry.kind).sort()).toEqual(['added', 'removed', 'restored']);
    expect(history.find((entry) => entry.kind === 'removed')?.changes).toEqual({ reason: 'No answer' });
  });

  it('follows the money: proposed, committed, due, paid, and over the budget is said and not refused', async () => {
    const { id, first } = await enrolled(1);
    const budget = async () => (await client.call(api.getCampaign, { campaignId: id })).budget;
    const move = (from: string, to: string) =>
      client.call(api.moveOnRoster, {
        campaignId: id,
        to,
        enrolments: [{ id: first, from }],
        skipReason: 'Signed on paper',
      });
    await client.call(api.updateEnrolment, { enrolmentId: first, fee: eur('90000'), productCost: eur('20000') });
    expect(await budget()).toMatchObject({ proposed: eur('110000'), spent: eur('0'), free: eur('100000') });
    await move('shortlisted', 'making');
    expect(await budget()).toMatchObject({
      proposed: eur('0'),
      committed: eur('90000'),
      paid: eur('20000'),
      free: eur('-10000'),
      isOver: true,
      over: eur('10000'),
    });
    await move('making', 'live');
    expect(await budget()).toMatchObject({ due: eur('90000') });
    await client.call(api.updateEnrolment, { enrolmentId: first, feePaidOn: '2026-05-01' });
    expect(await budget()).toMatchObject({ due: eur('0'), paid: eur('110000') });
    await client.call(api.removeFromRoster, { campaignId: id, enrolmentIds: [first] });
    expect(await budget()).toMatchObject({ paid: eur('110000') });
  });

  it('refuses amounts in another currency, payments in the future or without a fee, and accounts of others, naming the field', async () => {
    const { first } = await enrolled(1);
    const change = (input: object) => client.call(api.updateEnrolment, { enrolmentId: first, ...input });
    await expect(change({ fee: { amountMinor: '100', currency: 'USD' } })).rejects.toMatchObject({
      code: 'campaigns.bad_money',
      details: [{ field: 'fee' }],
    });
    await expect(change({ fee: { amountMinor: '1.5', currency: 'EUR' } })).rejects.toMatchObject({
      details: [{ field: 'fee.amountMinor' }],
    });
    await expect(change({ feePaidOn: '2026-05-01' })).rejects.toMatchObject({
      code: 'campaigns.bad_day',
      details: [{ field: 'feePaidOn' }],
    });
    await expect(change({ fee: eur('1'), feePaidOn: '2026-05-02' })).rejects.toMatchObject({
      details: [{ field: 'feePaidOn' }],
    });
    await expect(change({ profileId: 'prf_other' })).rejects.toMatchObject({ details: [{ field: 'profileId' }] });
    expect((await client.call(api.getEnrolment, { enrolmentId: first })).fee).toBeNull();
  });

  it('says what holds a creator up and since when, and counts who waits for whom', async () => {
    const { id, first, enrolmentIds } = await enrolled(3);
    await client.call(api.moveOnRoster, {
      campaignId: id,
      to: 'invited',
      enrolments: enrolmentIds.slice(0, 2).map((one) => ({ id: one, from: 'shortlisted' })),
    });
    now = new Date('2026-05-05T09:00:00Z');
    await client.call(api.updateEnrolment, { enrolmentId: first, blocker: 'Second vote' });
    now = new Date('2026-05-07T09:00:00Z');
    const { rows } = await client.call(api.listRoster, { campaignId: id });
    expect(rows.map((row) => [row.blocking.who, row.blocking.what, row.blocking.days])).toEqual([
      ['us', 'Second vote', 2],
      ['creator', 'No answer yet', 6],
      ['us', 'Decide and invite', 6],
    ]);
    now = new Date('2026-05-09T09:00:00Z');
    expect((await client.call(api.getCampaign, { campaignId: id })).roster).toMatchObject({
      creators: 3,
      waitForUs: 2,
      waitForCreator: 0,
      late: 1,
    });
    expect((await client.call(api.listRoster, { campaignId: id, waitsFor: 'late' })).rows.map((row) => row.id)).toEqual(
      [enrolmentIds[1]],
    );
    expect(
      (await client.call(api.listRoster, { campaignId: id, query: '@creator3' })).rows.map((row) => row.person.name),
    ).toEqual(['Creator 3']);
    now = new Date('2026-05-01T09:00:00Z');
  });

  it('keeps stages that creators stand in, or stood in when they were removed', async () => {
    const { id, first } = await enrolled(1);
    const stages = (await client.call(api.getCampaign, { campaignId: id })).stages;
    const without = stages.filter((stage) => stage.name !== 'shortlisted');
    await expect(client.call(api.replaceStages, { campaignId: id, stages: without })).rejects.toMatchObject({
      code: 'campaigns.stage_in_use',
    });
    await client.call(api.removeFromRoster, { campaignId: id, enrolmentIds: [first] });
    await expect(client.call(api.replaceStages, { campaignId: id, stages: without })).rejects.toMatchObject({
      code: 'campaigns.stage_in_use',
    });
  });

  it('pages through the roster once and exports it as CSV in which no cell is a formula', async () => {
    const { id, first } = await enrolled(5);
    await client.call(api.updateEnrolment, { enrolmentId: first, note: '=1+1', fee: eur('12345') });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const answer: { rows: api.Enrolment[]; nextCursor: string | null } = await client.call(api.listRoster, {
        campaignId: id,
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...answer.rows.map((row) => row.person.name));
      cursor = answer.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toEqual(['Creator 1', 'Creator 2', 'Creator 3', 'Creator 4', 'Creator 5']);
    const csv = await (await client.open(api.exportRoster, { campaignId: id })).text();
    expect(csv.split('\n').filter((line) => line !== '')).toHaveLength(6);
    expect(csv).toContain(`'=1+1`);
    expect(csv).toContain('123.45');
  });

  it('lists the campaigns of a creator, and follows a creator into the person they were merged into', async () => {
    const [kept = '', absorbed = ''] = [...(await createPeopleNamed('kept')), ...(await createPeopleNamed('absorbed'))];
    const { id } = await create();
    await client.call(api.addToRoster, { campaignId: id, personIds: [absorbed] });
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed });
    await test.core.infra.outbox.settle();
    const campaigns = await client.call(api.listPersonCampaigns, { personId: kept });
    expect(campaigns).toMatchObject([
      { campaign: { id, name: 'Slow Mornings' }, enrolment: { person: { id: kept, name: 'kept' } } },
    ]);
  });
});
