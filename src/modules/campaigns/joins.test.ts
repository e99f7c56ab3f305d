import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import * as contracts from '#modules/contracts/api.ts';
import { listMerges, mergeCreators, splitCreators } from '#modules/creators/api.ts';
import { campaignRows } from '#tests/support/campaign-rows.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import * as api from './api.ts';

/** What one of two entries of a creator has. */
const side = fc.record({
  fee: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: null }),
  isSigned: fc.boolean(),
  isPaid: fc.boolean(),
  isRemoved: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  goods: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null }),
  stage: fc.constantFrom('short', 'agreed', 'making', 'done'),
  lines: fc.array(fc.record({ line: fc.constantFrom('l1', 'l2', null), state: fc.constantFrom('planned', 'live') }), {
    maxLength: 3,
  }),
  clicks: fc.integer({ min: 0, max: 40 }),
  orders: fc.array(fc.integer({ min: 1, max: 9000 }), { maxLength: 2 }),
  offer: fc.constantFrom('none', 'draft', 'sent'),
  picks: fc.array(fc.constantFrom('rejected', 'sent', 'submitted'), { maxLength: 2 }),
  cost: fc.integer({ min: 0, max: 500 }),
  happened: fc.subarray(['invited', 'accepted', 'post_live']),
});
type Side = typeof side extends fc.Arbitrary<infer Value> ? Value : never;

describe('two creators who turn out to be one, on one campaign', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId: string;
  let rows: ReturnType<typeof campaignRows>;
  let terms: unknown;
  let runs = 0;
  const system = <Value>(query: ReturnType<typeof sql<Value>>) =>
    test.database.db.asSystem(async (tx) => (await query.execute(tx)).rows);

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('joins');
    client = test.client('joins');
    rows = campaignRows(test.database, workspaceId);
    await rows.orderSource('src_joins');
    await rows.campaign({ id: 'cmp_terms' });
    await rows.person({ id: 'per_terms', name: 'Terms' });
    await rows.enrolment({ id: 'enr_terms', campaignId: 'cmp_terms', personId: 'per_terms' });
    await client.call(contracts.createContracts, {
      campaignId: 'cmp_terms',
      enrolmentIds: ['enr_terms'],
      templateId: 'sponsored-de',
    });
    const [version] = await system(
      sql<{ terms: unknown }>`select terms from contract_version where workspace_id = ${workspaceId}`,
    );
    terms = version?.terms;
  });
  afterAll(() => test.close());

  async function write(enrolmentId: string, personId: string, of: { campaignId: string; side: Side }) {
    const { side, campaignId } = of;
    const isSigned = side.isSigned && side.fee !== null;
    await rows.person({ id: personId, name: personId });
    await rows.enrolment({
      ...{ id: enrolmentId, campaignId, personId, stage: side.stage },
      feeMinor: side.fee === null ? null : BigInt(side.fee),
      productCostMinor: side.goods === null ? null : BigInt(side.goods),
      feePaidOn: side.isPaid && side.fee !== null ? '2026-05-10' : null,
      removedAt: side.isRemoved ? '2026-05-09T10:00:00Z' : null,
    });
    for (const [at, { line, state }] of side.lines.entries()) {
      const isFirst = side.lines.findIndex((one) => one.line === line) === at;
      const id = `dlv_${enrolmentId}_${at}`;
      await rows.deliverable({ id, enrolmentId, state });
      if (line !== null && isFirst)
        await system(
          sql`update deliverable set brief_line = ${line} where workspace_id = ${workspaceId} and id = ${id}`,
        );
    }
    const linkId = `lnk_${enrolmentId}`;
    await rows.link({ id: linkId, campaignId, enrolmentId, personId });
    if (side.clicks > 0) await rows.clicksOfDay({ linkId, day: '2026-05-11', clicks: BigInt(side.clicks) });
    const code = `C${enrolmentId.toUpperCase()}`;
    await rows.code({ code, campaignId, enrolmentId });
    await system(
      sql`update discount_code set person_id = ${personId} where workspace_id = ${workspaceId} and code = ${code}`,
    );
    for (const amount of side.orders) {
      const order = {
        sourceId: 'src_joins',
        orderedAt: '2026-05-12T10:00:00Z',
        amountMinor: BigInt(amount),
        codes: [code],
      };
      await rows.order({ ...order, rule: 'code', campaignId, enrolmentId, personId });
    }
    await system(sql`update conversion set code_keys = codes where workspace_id = ${workspaceId}`);
    if (side.cost > 0) await rows.cost({ campaignId, enrolmentId, amountMinor: BigInt(side.cost) });
    for (const happening of side.happened)
      await system(sql`
        insert into enrolment_happening (workspace_id, enrolment_id, happening, by_name, at)
        values (${workspaceId}, ${enrolmentId}, ${happening}, 'test', now())`);
    if (isSigned) {
      await system(sql`
        update enrolment set signed_fee_minor = fee_minor, signed_fee_currency = 'EUR' where workspace_id = ${workspaceId} and id = ${enrolmentId}`);
      await contract(enrolmentId, personId, { campaignId, state: 'signed', feeMinor: side.fee ?? 0 });
    } else if (side.offer !== 'none')
      await contract(enrolmentId, personId, { campaignId, state: side.offer, feeMinor: 0 });
    for (const [at, state] of side.picks.entries()) {
      const isOpen = state === 'submitted' && side.picks.indexOf('submitted') === at;
      const isSent = state === 'sent';
      const id = `pck_${enrolmentId}_${at}`;
      await system(sql`
        insert into pick (workspace_id, id, campaign_id, enrolment_id, person_id, round, state, is_sent, picked_by, created_at)
        values (${workspaceId}, ${id}, ${campaignId}, ${enrolmentId}, ${personId}, ${at + 1},
          ${isSent ? 'approved' : isOpen ? 'submitted' : 'rejected'}, ${isSent}, 'brand', now())`);
      if (isSent)
        await system(sql`
          insert into shipment (workspace_id, id, pick_id, campaign_id, enrolment_id, person_id, state, cost_minor, created_by, created_at)
          values (${workspaceId}, ${`shp_${id}`}, ${id}, ${campaignId}, ${enrolmentId}, ${personId}, 'shipped', 300, 'test', now())`);
    }
    await system(sql`
      update enrolment e set postage_minor = s.minor from (
        select sum(cost_minor)::bigint as minor from shipment where workspace_id = ${workspaceId} and enrolment_id = ${enrolmentId}) s
      where e.workspace_id = ${workspaceId} and e.id = ${enrolmentId}`);
  }

  async function contract(
    enrolmentId: string,
    personId: string,
    of: { campaignId: string; state: string; feeMinor: number },
  ) {
    const id = `ctr_${enrolmentId}`;
    const isSigned = of.state === 'signed';
    const own = {
      ...(terms as object),
      startsOn: null,
      endsOn: null,
      deliverables: [],
      fee: { amountMinor: String(of.feeMinor), currency: 'EUR' },
    };
    await system(sql`
      insert into contract (workspace_id, id, campaign_id, enrolment_id, person_id, person_name, title, model, jurisdiction, state, state_since,
        in_force_version, in_force_since, created_by, created_at, updated_at)
      values (${workspaceId}, ${id}, ${of.campaignId}, ${enrolmentId}, ${personId}, ${personId}, 'Contract', 'sponsored', 'DE', ${of.state}, now(),
        ${isSigned ? 1 : null}, ${isSigned ? new Date('2026-05-01T10:00:00Z') : null}, 'test', now(), now())`);
    await system(sql`
      insert into contract_version (workspace_id, contract_id, version, terms, clauses, by_side, by_name, made_at)
      values (${workspaceId}, ${id}, 1, ${JSON.stringify(own)}::jsonb, '[]'::jsonb, 'brand', 'test', now())`);
  }

  /** All that must be the same before and after, of a campaign. */
  async function sumsOf(campaignId: string) {
    const [sums] = await system(sql<Record<string, unknown>>`
      select
        (select coalesce(sum(fee_minor), 0)::text from enrolment where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
          and (fee_paid_on is not null or removed_at is null or joined_into is not null)) as fees,
        (select coalesce(sum(fee_minor), 0)::text from enrolment where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and fee_paid_on is not null) as paid,
        (select coalesce(sum(product_cost_minor), 0)::text from enrolment where workspace_id = ${workspaceId} and campaign_id = ${campaignId}) as goods,
        (select coalesce(sum(postage_minor), 0)::text from enrolment where workspace_id = ${workspaceId} and campaign_id = ${campaignId}) as postage,
        (select count(*)::int from deliverable d join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
          where d.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId}) as pieces,
        (select count(*)::int from deliverable d join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
          where d.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId} and d.state = 'live') as live,
        (select coalesce(sum(amount_minor), 0)::text from campaign_cost where workspace_id = ${workspaceId} and campaign_id = ${campaignId}) as costs,
        (select coalesce(sum(c.clicks), 0)::text from click_daily c join link l on l.workspace_id = c.workspace_id and l.id = c.link_id
          where c.workspace_id = ${workspaceId} and l.campaign_id = ${campaignId}) as clicks,
        (select coalesce(sum(credited_minor), 0)::text from credit where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and model = 'paid') as credit,
        (select count(*)::int from credit where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and model = 'paid' and is_counted) as orders,
        (select count(*)::int from contract where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and in_force_version is not null and is_live) as signed,
        (select count(*)::int from shipment where workspace_id = ${workspaceId} and campaign_id = ${campaignId}) as parcels,
        (select count(*)::int from pick where workspace_id = ${workspaceId} and campaign_id = ${campaignId}) as picks`);
    return sums;
  }

  /** Who owns each row: table, id, enrolment and creator. */
  const owners = (campaignId: string) =>
    system(sql<{ row: string }>`
      select row from (
        select 'deliverable ' || d.id || ' ' || d.enrolment_id || ' ' || coalesce(d.brief_line, '') || ' ' || d.state as row from deliverable d join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
          where d.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId}
        union all select 'cost ' || id || ' ' || enrolment_id from campaign_cost where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        union all select 'link ' || id || ' ' || enrolment_id || ' ' || person_id from link where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        union all select 'code ' || code || ' ' || enrolment_id || ' ' || person_id from discount_code where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        union all select 'credit ' || conversion_id || ' ' || enrolment_id || ' ' || person_id || ' ' || credited_minor from credit where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and model = 'paid'
        union all select 'contract ' || id || ' ' || enrolment_id || ' ' || person_id || ' ' || beside from contract where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        union all select 'pick ' || id || ' ' || enrolment_id || ' ' || person_id from pick where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        union all select 'shipment ' || id || ' ' || enrolment_id || ' ' || person_id from shipment where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        union all select 'happening ' || enrolment_id || ' ' || happening from enrolment_happening h where workspace_id = ${workspaceId}
          and exists (select from enrolment e where e.workspace_id = h.workspace_id and e.id = h.enrolment_id and e.campaign_id = ${campaignId})
        union all select 'enrolment ' || e.id || ' ' || (to_jsonb(e) - 'stage_since')::text from enrolment e where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
      ) all_rows order by row`).then((all) => all.map((one) => one.row));

  async function happenAgain(order: readonly number[]) {
    const names = ['enrolment.joined', 'enrolment.parted', 'creators.merged', 'creators.split'];
    const events = (
      await system(sql<{ id: string; name: string; payload: unknown; created_at: Date }>`
        select id, name, payload, created_at from outbox where workspace_id = ${workspaceId} and name = any(${names}::text[]) order by id desc limit 12`)
    ).map(
      (row): OutboxEvent => ({
        workspaceId,
        id: row.id,
        name: row.name,
        payload: row.payload,
        createdAt: row.created_at,
      }),
    );
    const followers = test.core.modules.all
      .flatMap((module): readonly Consumer[] => module.consumers ?? [])
      .filter((one) => /follow-(joins|merges)$/.test(one.name));
    expect(followers.map((one) => one.name)).toContain('contracts.follow-joins');
    const shuffled = events
      .map((event, at) => ({ event, key: order[at % order.length] ?? at }))
      .sort((a, b) => a.key - b.key);
    for (const { event } of shuffled)
      for (const follower of followers.filter(
        (one) => one.name.endsWith('joins') || one.name === 'campaigns.follow-merges',
      ))
        if (follower.events.includes(event.name)) await follower.handle([event]);
    await test.core.infra.outbox.settle();
  }

  it('become one entry with the same sums, however often and in whatever order that is told, and part again as they were', async () => {
    await fc.assert(
      fc.asyncProperty(side, side, fc.array(fc.nat(), { minLength: 4, maxLength: 12 }), async (one, other, order) => {
        runs += 1;
        const [campaignId, kept, joined] = [`cmp_${runs}`, `per_${runs}k`, `per_${runs}j`];
        const [keptId, joinedId] = [`enr_${runs}k`, `enr_${runs}j`];
        await rows.campaign({ id: campaignId });
        await write(keptId, kept, { campaignId, side: one });
        await write(joinedId, joined, { campaignId, side: other });
        const before = await sumsOf(campaignId);
        const ownersBefore = await owners(campaignId);
        await client.call(mergeCreators, { keptPersonId: kept, absorbedPersonId: joined, reason: 'The same person' });
        await test.core.infra.outbox.settle();
        expect(await sumsOf(campaignId)).toEqual(before);
        const after = await owners(campaignId);
        const roster = await client.call(api.listRoster, { campaignId });
        const gone = await client.call(api.listRoster, { campaignId, removed: true });
        expect([...roster.rows, ...gone.rows].map((row) => row.id)).toEqual([keptId]);
        const moved = after.filter(
          (row) => / enr_\d+j/.test(row) && /^(link|code|credit|cost|shipment|contract|pick) /.test(row),
        );
        expect(moved).toEqual([]);
        await happenAgain(order);
        expect(await owners(campaignId)).toEqual(after);
        const [merge] = (await client.call(listMerges, { personId: kept })).rows;
        await client.call(splitCreators, { mergeId: merge?.id ?? '' });
        await test.core.infra.outbox.settle();
        await happenAgain(order);
        expect(await owners(campaignId)).toEqual(ownersBefore);
        expect({ ...(await sumsOf(campaignId)), signed: before?.signed }).toEqual(before);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });
});
