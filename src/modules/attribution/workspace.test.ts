import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import {
  cancelOrder,
  createCode,
  createLink,
  createOrder,
  createOrderSource,
  refundOrder,
} from '#modules/tracking/api.ts';
import { createClickIds } from '#modules/tracking/index.ts';
import { aCampaign, type TestRoster } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  cancelCreditRun,
  changeExperiment,
  compareModels,
  createExperiment,
  explainOrder,
  getCreditRun,
  getTriangle,
  importAnswers,
  listAnswers,
  listExperimentUnits,
  type PolicyInput,
  policySchema,
  recordAnswers,
  recordOutcomes,
  tryPolicy,
  updateAttributionSettings,
} from './api.ts';
import { lastTouch } from './compute-comparison.ts';
import { creditOrders } from './credit-orders.ts';

const money = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const timeZone = 'UTC';

describe('credit by rules in a workspace', () => {
  let test: TestCore;
  let client: Client;
  let workspaceId: string;
  let roster: TestRoster;
  const links: string[] = [];
  let made = 0;

  beforeAll(async () => {
    test = await openTestCore();
    workspaceId = await test.database.createWorkspace('rules');
    client = test.client('rules');
    roster = await aCampaign(test.database, workspaceId, ['nell.bakes', 'tomasz.brews', 'ines.walks']);
    for (const [at, one] of roster.enrolments.entries()) {
      const link = await client.call(createLink, {
        destination: 'https://shop.example/',
        slug: `rules-${at}`,
        enrolmentId: one.id,
      });
      links.push(link.id);
      await client.call(createCode, { code: `RULES${at}`, percent: 10, enrolmentId: one.id });
    }
    await settle();
  });
  afterAll(() => test.close());

  const settle = () => test.core.infra.outbox.settle();
  /** A click as the drain leaves it, so many hours before now. */
  async function aClick(link: number, hoursAgo: number, over: { drop?: string } = {}): Promise<string> {
    const linkId = links[link] ?? '';
    const clickedAt = new Date(Date.now() - hoursAgo * 3_600_000);
    const clickId = createClickIds(test.core.infra.secret).make(linkId, clickedAt.getTime());
    await store(clickId, { linkId, clickedAt, drop: over.drop ?? null });
    return clickId;
  }
  const store = (clickId: string, of: { linkId: string; clickedAt: Date; drop: string | null }) =>
    test.database.db.inWorkspace(workspaceId, (tx) =>
      sql`insert into click (workspace_id, day, click_id, link_id, clicked_at, counted, drop_reason)
        values (${workspaceId}, ${of.clickedAt.toISOString().slice(0, 10)}::date, ${clickId}, ${of.linkId}, ${of.clickedAt}, ${of.drop === null}, ${of.drop}) on conflict do nothing`.execute(
        tx,
      ),
    );
  async function anOrder(over: Record<string, unknown> = {}): Promise<string> {
    made += 1;
    const { order } = await client.call(createOrder, {
      id: `order-${made}`,
      orderedAt: new Date(Date.now() + 60_000).toISOString(),
      amount: money('1000'),
      ...over,
    });
    await settle();
    return order.id;
  }
  async function apply(policy: PolicyInput): Promise<void> {
    const { run } = await client.call(updateAttributionSettings, { policy });
    if (run !== null) await done(run.id);
  }
  async function done(runId: string) {
    await expect.poll(async () => (await client.call(getCreditRun, { runId })).state, { timeout: 15_000 }).toBe('done');
    await settle();
    return await client.call(getCreditRun, { runId });
  }
  /** Journal and credit, order by order and creator by creator: nothing but the sums differs in shape. */
  async function journalDiffers(): Promise<unknown[]> {
    const { rows } = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql`select * from (
        select conversion_id, person_id, currency, sum(delta_minor)::bigint as minor, sum(delta_orders)::int as orders from credit_change where workspace_id = ${workspaceId} group by 1, 2, 3
      ) j full join (
        select conversion_id, person_id, currency, sum(credited_minor)::bigint as minor, count(*) filter (where is_counted)::int as orders
        from credit where workspace_id = ${workspaceId} and model = 'paid' and rule <> 'none' group by 1, 2, 3
      ) c on c.conversion_id = j.conversion_id and c.person_id is not distinct from j.person_id and c.currency = j.currency
      where coalesce(j.minor, 0) <> coalesce(c.minor, 0) or coalesce(j.orders, 0) <> coalesce(c.orders, 0)`.execute(tx),
    );
    return rows;
  }

  it('shares an order to the last cent, lowers every share with a refund, and keeps a journal that sums to what stands', async () => {
    await apply({ model: 'linear' });
    const clickIds = [await aClick(0, 30), await aClick(1, 20), await aClick(2, 10)];
    const orderId = await anOrder({ clickIds });
    const shared = await client.call(explainOrder, { orderId });
    const parts = [shared.winner, ...shared.sharers].map((touch) => touch?.credited?.amountMinor);
    expect(parts).toEqual(['334', '333', '333']);
    await client.call(refundOrder, { orderId, id: 'r1', amount: money('500') });
    await settle();
    const after = await client.call(explainOrder, { orderId });
    expect([after.winner, ...after.sharers].map((touch) => touch?.credited?.amountMinor)).toEqual([
      '167',
      '167',
      '166',
    ]);
    expect(after.credited.amountMinor).toBe('500');
    expect(after.history).toHaveLength(6);
    await client.call(cancelOrder, { orderId });
    await settle();
    expect((await client.call(explainOrder, { orderId })).credited.amountMinor).toBe('0');
    expect(await journalDiffers()).toEqual([]);
  });

  it('lowers by a refunded line the shares of that line alone, and says so line by line', async () => {
    await apply({ model: 'linear' });
    const orderId = await anOrder({
      clickIds: [await aClick(0, 30), await aClick(1, 20)],
      items: [
        { id: 'l1', name: 'Tin', quantity: 2, total: '6.00' },
        { id: 'l2', name: 'Cup', quantity: 1, total: '3.01' },
      ],
    });
    const read = async () => (await client.call(explainOrder, { orderId })).lines;
    const shown = (lines: Awaited<ReturnType<typeof read>>) =>
      lines.map((line) => [line.name, line.refunded.amountMinor, ...line.credited.map((part) => part.amountMinor)]);
    expect(shown(await read())).toEqual([
      ['Tin', '0', '300', '300'],
      ['Cup', '0', '151', '150'],
      [null, '0', '49', '50'],
    ]);
    await client.call(refundOrder, {
      orderId,
      id: 'line',
      amount: money('301'),
      lines: [{ line: 'l2', quantity: 1, amount: money('301') }],
    });
    await settle();
    expect(shown(await read())).toEqual([
      ['Tin', '0', '300', '300'],
      ['Cup', '301', '0', '0'],
      [null, '0', '50', '49'],
    ]);
    expect(await journalDiffers()).toEqual([]);
  });

  it('tells who would gain and lose before it is applied, changes nothing by telling, and posts exactly those differences', async () => {
    await apply({});
    const orderId = await anOrder({ clickIds: [await aClick(0, 30), await aClick(1, 5)] });
    const policy = policySchema.parse({ model: 'first' });
    const tried = await done((await client.call(tryPolicy, { policy })).id);
    expect((await client.call(explainOrder, { orderId })).winner?.creator?.handle).toBe('tomasz.brews');
    expect(tried.ordersChanged).toBeGreaterThan(0);
    const { run } = await client.call(updateAttributionSettings, { policy, note: 'who came first' });
    const applied = await done(run?.id ?? '');
    const shape = (one: typeof tried) =>
      one.moves.map((move) => [
        move.creator?.handle,
        move.before.amountMinor,
        move.after.amountMinor,
        move.ordersBefore,
        move.ordersAfter,
      ]);
    expect(shape(applied)).toEqual(shape(tried));
    const why = await client.call(explainOrder, { orderId });
    expect(why).toMatchObject({ winner: { creator: { handle: 'nell.bakes' } }, model: 'first' });
    expect(why.history.at(-1)).toMatchObject({ cause: 'rules', policyVersion: why.policyVersion });
    expect((await client.call(updateAttributionSettings, { policy })).run).toBeNull();
    expect(await journalDiffers()).toEqual([]);
    await expect(client.call(cancelCreditRun, { runId: tried.id })).rejects.toThrow(/ended already/);
  });

  it('keeps a customer with the creator of their first order, also when that order arrives last', async () => {
    await apply({ precedence: ['customer', 'code', 'link'] });
    const customer = { email: 'ana@example.com' };
    const later = await anOrder({ customer, codes: ['RULES1'], orderedAt: '2026-05-10T10:00:00Z' });
    expect((await client.call(explainOrder, { orderId: later })).rule).toBe('code');
    const first = await anOrder({ customer, codes: ['RULES0'], orderedAt: '2026-05-01T10:00:00Z' });
    expect(await client.call(explainOrder, { orderId: later })).toMatchObject({
      rule: 'customer',
      winner: { creator: { handle: 'nell.bakes' } },
    });
    await client.call(cancelOrder, { orderId: first });
    await settle();
    expect((await client.call(explainOrder, { orderId: later })).rule).toBe('code');
    expect(await journalDiffers()).toEqual([]);
  });

  it('never pays an order twice when many decide it at once while rules change', async () => {
    await apply({});
    const orderId = await anOrder({ clickIds: [await aClick(0, 9), await aClick(1, 8)], codes: ['RULES2'] });
    const decide = () =>
      test.database.db.inWorkspace(workspaceId, (tx) =>
        creditOrders(test.core.infra, tx, { workspaceId, conversionIds: [orderId] }),
      );
    await Promise.all([
      ...Array.from({ length: 8 }, decide),
      client.call(updateAttributionSettings, { policy: { model: 'linear', isTogether: true } }),
      ...Array.from({ length: 8 }, decide),
    ]);
    await settle();
    const { rows } = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql<{
        minor: bigint;
        counted: number;
      }>`select sum(credited_minor)::bigint as minor, count(*) filter (where is_counted)::int as counted from credit
        where workspace_id = ${workspaceId} and conversion_id = ${orderId} and model = 'paid'`.execute(tx),
    );
    expect(rows).toEqual([{ minor: 1000n, counted: 1 }]);
    expect(await journalDiffers()).toEqual([]);
  });

  it('ends in the same credit in whatever order click, order, edit, refund, cancellation and code arrive, and however often', async () => {
    await apply({ model: 'position', isTogether: true, precedence: ['customer', 'code', 'link'] });
    const { source } = await client.call(createOrderSource, { name: 'Permutations', kind: 'api' });
    const results: unknown[] = [];
    for (const [round, steps] of permutations.entries()) {
      const ids = createClickIds(test.core.infra.secret);
      const clickedAt = [new Date(Date.now() - 7_200_000), new Date(Date.now() - 3_600_000)] as const;
      const clicks = ([0, 1] as const).map((link) => ({
        linkId: links[link] ?? '',
        clickId: ids.make(links[link] ?? '', clickedAt[link].getTime()),
      }));
      const code = `LATE${round}`;
      const orderedAt = new Date(Date.now() + 60_000).toISOString();
      const base = {
        sourceId: source.id,
        id: `perm-${round}`,
        orderedAt,
        customer: { email: `p${round}@example.com` },
      };
      const actions: Record<string, () => Promise<unknown>> = {
        click: async () => {
          for (const [at, one] of clicks.entries())
            await store(one.clickId, { linkId: one.linkId, clickedAt: clickedAt[at] ?? new Date(), drop: null });
        },
        order: () =>
          client.call(createOrder, {
            ...base,
            updatedAt: '2026-05-01T00:00:00Z',
            amount: money('900'),
            clickIds: [clicks[0]?.clickId],
            codes: [code],
          }),
        edit: () =>
          client.call(createOrder, {
            ...base,
            updatedAt: '2026-05-02T00:00:00Z',
            amount: money('1000'),
            clickIds: clicks.map((one) => one.clickId),
            codes: [code],
          }),
        refund: () =>
          client.call(createOrder, {
            ...base,
            updatedAt: '2026-05-02T00:00:00Z',
            amount: money('1000'),
            clickIds: clicks.map((one) => one.clickId),
            codes: [code],
            refunds: [{ id: 'r', amount: money('101'), refundedAt: '2026-05-03T00:00:00Z' }],
          }),
        cancel: () =>
          client.call(createOrder, {
            ...base,
            updatedAt: '2026-05-02T00:00:00Z',
            amount: money('1000'),
            clickIds: clicks.map((one) => one.clickId),
            codes: [code],
            state: 'cancelled',
          }),
        code: async () => {
          await client
            .call(createCode, { code, percent: 10, enrolmentId: roster.enrolments[2]?.id })
            .catch(() => undefined);
        },
      };
      for (const step of steps) await actions[step]?.();
      await wakeAll();
      const { rows } = await test.database.db.inWorkspace(workspaceId, (tx) =>
        sql`select k.place, k.person_id, k.rule, k.share::numeric(6, 4)::text as share, k.credited_minor::text as minor from credit k join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id
          where k.workspace_id = ${workspaceId} and c.external_id = ${base.id} and k.model = 'paid' order by place`.execute(
          tx,
        ),
      );
      results.push(rows);
    }
    const cancelled = permutations.findIndex((steps) => steps.includes('cancel'));
    for (const [at, result] of results.entries()) expect(result).toEqual(results[at < cancelled ? 0 : cancelled]);
    expect(results[0]).toMatchObject([{ minor: '360' }, { minor: '359' }, { minor: '180' }]);
    expect(results[cancelled]).toMatchObject([{ minor: '0' }, { minor: '0' }, { minor: '0' }]);
    expect(await journalDiffers()).toEqual([]);
  });

  /** As the drain and the sweep do once clicks are stored. */
  async function wakeAll(): Promise<void> {
    const { wakeOverdueOrders } = await import('../tracking/jobs.ts');
    await settle();
    await wakeOverdueOrders(test.core.infra);
    await settle();
  }

  it('sums last touch over all orders in one statement to what each order is credited for by itself', async () => {
    await apply({ windows: { firstDays: 3, repeatDays: 1, codeGraceDays: 2 } });
    for (let n = 0; n < 12; n += 1)
      await anOrder({
        amount: money(String(100 + n)),
        clickIds: [
          await aClick(n % 3, 12 + n * 5),
          await aClick((n + 1) % 3, 11 + n * 5, n % 5 === 0 ? { drop: 'bot' } : {}),
          'no-click-id',
        ],
        codes: n % 4 === 0 ? [`RULES${n % 3}`, 'NOBODY'] : [],
        ...(n % 3 === 0 ? {} : { customer: { email: `n${n}@example.com`, isNew: n % 3 === 1 } }),
      });
    const sums = await lastTouch(test.core.infra, {
      workspaceId,
      from: '2026-01-01',
      to: '2100-01-01',
      timeZone,
      by: 'creator',
    });
    const { rows } = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql<{
        person_id: string;
        orders: bigint;
        minor: bigint;
      }>`select person_id, count(*) as orders, sum(credited_minor)::bigint as minor from credit
        where workspace_id = ${workspaceId} and model = 'paid' and is_counted and person_id is not null group by 1 order by 1`.execute(
        tx,
      ),
    );
    expect(sums.map((sum) => [sum.channel, sum.orders, sum.net_minor])).toEqual(
      rows.map((row) => [row.person_id, row.orders, row.minor]),
    );
    const compared = () => client.call(compareModels, { from: '2026-01-01', to: '2100-01-01' });
    await expect.poll(async () => (await compared()).state, { timeout: 20_000 }).toBe('ready');
    const comparison = await compared();
    const total = comparison.rows.reduce(
      (sum, row) => sum + BigInt(row.models.linear?.credited[0]?.amountMinor ?? '0'),
      0n,
    );
    expect(total.toString()).toBe(comparison.totals[0]?.amountMinor);
    expect(comparison.missing.map((one) => one.model)).toContain('shapley');
    expect(comparison.missing[0]?.why).toContain('Not enough data');
  });

  it('takes answers once, reads the creator from them, and shows them beside what is tracked', async () => {
    const orderId = await anOrder();
    const externalId = `order-${made}`;
    const answer = { id: 'a1', answer: 'I saw @nell.bakes', answeredAt: new Date().toISOString(), orderId: externalId };
    expect(await client.call(recordAnswers, { answers: [answer] })).toEqual({ created: 1, unchanged: 0, matched: 1 });
    expect(await client.call(recordAnswers, { answers: [answer] })).toEqual({ created: 0, unchanged: 1, matched: 0 });
    const csv = `id,answer,answered at,order\na1,again,2026-05-01,\na2,Google,2026-05-01T10:00:00Z,\na3,,2026-05-01,\na4,x,yesterday,\na5,@tomasz.brews,${new Date().toISOString()},not-here-yet\n`;
    const file = await client.upload(importAnswers, {}, { body: new Blob([csv]), fileName: 'answers.csv' });
    expect(file).toMatchObject({ read: 5, created: 2, unchanged: 1, matched: 1, errorsTotal: 2 });
    expect(file.errors.map((error) => [error.row, error.field])).toEqual([
      [4, 'answer'],
      [5, 'answered at'],
    ]);
    expect(await client.call(explainOrder, { orderId })).toMatchObject({
      rule: 'none',
      seen: { creator: { handle: 'nell.bakes' } },
    });
    made += 1;
    const { order } = await client.call(createOrder, {
      id: 'not-here-yet',
      orderedAt: new Date().toISOString(),
      amount: money('100'),
    });
    await settle();
    expect(await client.call(explainOrder, { orderId: order.id })).toMatchObject({
      seen: { creator: { handle: 'tomasz.brews' } },
    });
    expect((await client.call(listAnswers, { limit: 2 })).rows).toHaveLength(2);
    const triangle = await client.call(getTriangle, { campaignId: roster.campaignId });
    expect(triangle.said).toMatchObject({ named: 2, share: null, untracked: 2 });
    expect(triangle.incremental).toEqual([]);
    await expect(
      client.call(recordAnswers, { answers: [{ ...answer, id: 'b', personId: 'per_nobody' }] }),
    ).rejects.toThrow(/no creator of that id/);
  });

  it('plans a hold-out, measures it, and shows its result only once it has ended', async () => {
    const units = Array.from({ length: 24 }, (_, n) => ({ key: `Region ${n}`, before: 1000 + n * 10 }));
    const planned = await client.call(createExperiment, {
      campaignId: roster.campaignId,
      name: 'Regions',
      unit: 'place',
      outcome: 'net revenue',
      currency: 'EUR',
      units,
    });
    expect(planned.arms.map((arm) => arm.units)).toEqual([12, 12]);
    expect(planned.plan?.detectable).toBeGreaterThan(0);
    expect(planned.why).toContain('Not enough data');
    const listed = await client.call(listExperimentUnits, { experimentId: planned.id });
    const outcomes = listed.map((unit, n) => ({
      key: unit.key,
      value: (unit.before ?? 0) + (unit.arm === 'Campaign' ? 50 : 0) + (n % 4),
    }));
    await expect(
      client.call(recordOutcomes, { experimentId: planned.id, outcomes: [...outcomes, { key: 'Nowhere', value: 1 }] }),
    ).rejects.toThrow(/not in this experiment/);
    const measured = await client.call(recordOutcomes, { experimentId: planned.id, outcomes });
    const arm = measured.arms[1];
    expect(arm?.adjusted?.effect).toBeCloseTo(50, -1);
    expect((arm?.adjusted?.high ?? 0) - (arm?.adjusted?.low ?? 0)).toBeLessThan(
      (arm?.raw?.high ?? 0) - (arm?.raw?.low ?? 0),
    );
    expect((await client.call(getTriangle, { campaignId: roster.campaignId })).incremental).toEqual([]);
    await expect(client.call(changeExperiment, { experimentId: planned.id, state: 'ended' })).rejects.toThrow(
      /not started/,
    );
    await client.call(changeExperiment, { experimentId: planned.id, state: 'running' });
    await client.call(changeExperiment, { experimentId: planned.id, state: 'ended' });
    expect((await client.call(getTriangle, { campaignId: roster.campaignId })).incremental).toMatchObject([
      { arm: 'Campaign', units: 12, isAdjusted: true },
    ]);
    await expect(
      client.call(createExperiment, {
        campaignId: roster.campaignId,
        name: 'Twice',
        unit: 'place',
        outcome: 'x',
        units: [...units, units[0] ?? { key: '' }],
      }),
    ).rejects.toThrow(/stands twice/);
  });
});

/** Orders in which the same things may arrive, with repeats; each holds all of them. */
const permutations = [
  ['click', 'code', 'order', 'edit', 'refund'],
  ['refund', 'edit', 'order', 'code', 'click'],
  ['order', 'refund', 'click', 'edit', 'code', 'order'],
  ['edit', 'click', 'edit', 'order', 'code', 'refund', 'refund'],
  ['order', 'code', 'refund', 'click', 'click', 'edit', 'order'],
  ['code', 'refund', 'order', 'click', 'edit', 'refund'],
  ['click', 'code', 'order', 'edit', 'refund', 'cancel'],
  ['cancel', 'refund', 'code', 'order', 'click', 'cancel', 'edit'],
  ['order', 'cancel', 'click', 'edit', 'refund', 'code'],
];
