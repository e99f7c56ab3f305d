import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '#client/client.ts';
import { mergeCreators } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';
import { type Filter, getContentState, matchCreators, searchCreators } from '#modules/discovery/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import * as api from './api.ts';
import { stateDueRelations } from './state-relations.ts';

const bulk = 120;

describe('what campaigns say of creators to search and matching', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId: string;
  let people: string[];

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('mine');
    people = await createPlainCreators(test.database.db, workspaceId, bulk);
    client = test.client('mine');
    await test.core.modules.discovery.warm();
  });
  afterAll(() => test.close());

  const campaignWith = async (personIds: string[], stage?: string) => {
    const { id } = await client.call(api.createCampaign, {
      name: 'Slow Mornings',
      model: 'sponsored',
      startsOn: '2026-04-20',
      endsOn: '2026-05-31',
    });
    const { enrolmentIds } = await client.call(api.addToRoster, {
      campaignId: id,
      personIds,
      ...(stage ? { stage } : {}),
    });
    return { campaignId: id, enrolmentIds, first: enrolmentIds[0] ?? '' };
  };
  const factsOf = async (personId: string) => {
    const { rows } = await test.database.db.asSystem((tx) =>
      sql<{ name: string; value: unknown }>`
        select name, value from person_fact
        where workspace_id = ${workspaceId} and person_id = ${personId} and stated_by = 'campaigns' order by name`.execute(
        tx,
      ),
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.value]));
  };
  const found = async (...filters: Filter[]) => {
    await test.core.infra.outbox.settle();
    const { rows } = await client.call(searchCreators, { filters, limit: 200 });
    return new Set(rows.map((row) => row.personId));
  };
  const move = (campaignId: string, id: string, from: string, to: string) =>
    client.call(api.moveOnRoster, { campaignId, to, enrolments: [{ id, from }], skipReason: 'Signed on paper' });

  it('states an invited creator as contacted, a hired one as worked with, and takes both back when the move is undone', async () => {
    const [who = ''] = people;
    const { campaignId, first } = await campaignWith([who]);
    expect(await factsOf(who)).toEqual({});
    await move(campaignId, first, 'shortlisted', 'invited');
    expect(await factsOf(who)).toEqual({ contacted: true });
    await move(campaignId, first, 'invited', 'making');
    expect(await factsOf(who)).toEqual({ contacted: true, worked_with: true, campaigns_count: 1 });
    await move(campaignId, first, 'making', 'shortlisted');
    expect(await factsOf(who)).toEqual({});
  });

  it('keeps who was written to when they leave a campaign, and who delivered as worked with', async () => {
    const [, invited = '', making = '', live = ''] = people;
    const one = await campaignWith([invited], 'invited');
    const two = await campaignWith([making], 'making');
    const three = await campaignWith([live], 'live');
    for (const { campaignId, enrolmentIds } of [one, two, three])
      await client.call(api.removeFromRoster, { campaignId, enrolmentIds, reason: 'no longer needed' });
    expect(await factsOf(invited)).toEqual({ contacted: true });
    expect(await factsOf(making)).toEqual({ contacted: true });
    expect(await factsOf(live)).toEqual({ contacted: true, worked_with: true, campaigns_count: 1 });
  });

  it('follows what the stages of a campaign mean, and a draft that is deleted', async () => {
    const [, , , , who = ''] = people;
    const { campaignId } = await campaignWith([who]);
    const campaign = await client.call(api.getCampaign, { campaignId });
    const stages = campaign.stages.map((stage) =>
      stage.name === 'shortlisted' ? { ...stage, phase: 'producing' as const } : stage,
    );
    await client.call(api.replaceStages, { campaignId, stages });
    expect(await factsOf(who)).toEqual({ contacted: true, worked_with: true, campaigns_count: 1 });
    await client.call(api.deleteCampaign, { campaignId });
    expect(await factsOf(who)).toEqual({});
  });

  it('counts the campaigns of a creator, also when two campaigns move them at the same moment', async () => {
    const who = people.slice(10, 30);
    const all = await Promise.all([campaignWith(who), campaignWith(who), campaignWith(who)]);
    await Promise.all(
      all.map(({ campaignId, enrolmentIds }) =>
        client.call(api.moveOnRoster, {
          campaignId,
          to: 'live',
          skipReason: 'Signed on paper',
          enrolments: enrolmentIds.map((id) => ({ id, from: 'shortlisted' })),
        }),
      ),
    );
    for (const personId of who) expect((await factsOf(personId)).campaigns_count).toBe(3);
  });

  it('lets search tell who was never contacted and with whom one worked, whichever way it is asked', async () => {
    const [, , , , , invited = '', hired = '', shortlisted = '', stranger = ''] = people;
    await campaignWith([invited], 'invited');
    await campaignWith([hired], 'making');
    await campaignWith([shortlisted]);
    const isContacted = await found({ field: 'fact.contacted', op: 'is', value: true });
    expect([invited, hired, shortlisted, stranger].map((id) => isContacted.has(id))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const worked = await found({ field: 'fact.worked_with', op: 'is', value: true });
    expect([invited, hired].map((id) => worked.has(id))).toEqual([false, true]);
    const never: Filter[] = [
      { field: 'fact.contacted', op: 'known', value: false },
      { field: 'fact.contacted', op: 'is', value: false },
      { field: 'fact.contacted', op: 'is', value: true, not: true },
    ];
    for (const filter of never) {
      const hits = await found(filter);
      expect([invited, hired, shortlisted, stranger].map((id) => hits.has(id))).toEqual([false, false, true, true]);
      expect(hits.size + isContacted.size).toBe(people.length);
    }
  });

  it('counts previous collaborations in the match of a brief', async () => {
    const brief = 'people who bake bread and make coffee on slow mornings';
    const bio = 'Slow mornings with coffee, bread baking and breakfast recipes at home';
    const imported = await importCreatorRows(test.core.infra, {
      workspaceId,
      rows: [{ profiles: [{ platform: 'instagram', handle: 'slow.bread', bio, followers: 9000 }] }],
      source: 'test',
      observedAt: new Date('2026-05-01T00:00:00Z'),
    });
    const hired = imported.personIds[0] ?? '';
    await campaignWith([hired], 'making');
    await test.core.infra.outbox.settle();
    await vi.waitFor(
      async () => {
        expect((await client.call(getContentState, {})).waiting).toBe(0);
        const { rows } = await client.call(matchCreators, { text: brief });
        expect(rows.map((row) => row.personId)).toContain(hired);
      },
      { timeout: 30_000, interval: 200 },
    );
    const { rows } = await client.call(matchCreators, {
      text: brief,
    });
    const said = rows[0]?.contributions.find((one) => one.signal === 'collaboration');
    expect(said).toMatchObject({ value: 1, line: 'Works or worked with you on 1 campaign.' });
    expect(said?.points).toBeGreaterThan(0);
  });

  it('points both creators of a merge to what holds of them then', async () => {
    const [kept = '', absorbed = ''] = people.slice(40);
    await campaignWith([absorbed], 'live');
    expect((await factsOf(absorbed)).worked_with).toBe(true);
    await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: absorbed, reason: 'the same person' });
    await test.core.infra.outbox.settle();
    expect(await factsOf(kept)).toEqual({ contacted: true, worked_with: true, campaigns_count: 1 });
    expect(await factsOf(absorbed)).toEqual({});
  });

  it('states once, at a start, what campaigns from before this was stated say', async () => {
    const who = people.slice(60, 70);
    await campaignWith(who, 'invited');
    await test.database.db.asSystem(async (tx) => {
      await sql`delete from person_fact where workspace_id = ${workspaceId} and stated_by = 'campaigns'`.execute(tx);
      await sql`insert into relation_due (workspace_id, person_id) select distinct workspace_id, person_id from enrolment`.execute(
        tx,
      );
    });
    await stateDueRelations(test.core.infra);
    for (const personId of who) expect(await factsOf(personId)).toEqual({ contacted: true });
    const left = await test.database.db.asSystem((tx) => sql`select 1 from relation_due`.execute(tx));
    expect(left.rows).toHaveLength(0);
  });
});
