import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { aCampaign } from '#tests/support/campaign.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  cancelOrder,
  createLink,
  createOrder,
  createOrderSource,
  getOrder,
  importOrders,
  listDeliveries,
  listOrders,
  type OrderSource,
  refundOrder,
  revokeOrderSource,
  rotateOrderSource,
} from './api.ts';
import { createClickIds } from './click-id.ts';
import { wakeOverdueOrders } from './jobs.ts';

let test: TestCore;
let client: Client;
let workspaceId: string;
let source: OrderSource;
let secret: string;

beforeAll(async () => {
  test = await openTestCore();
  workspaceId = await test.database.createWorkspace('brand');
  client = test.client('brand');
  ({ source, secret } = await newSource('Shop'));
});

afterAll(() => test.close());

async function newSource(name: string): Promise<{ source: OrderSource; secret: string }> {
  const answer = await client.call(createOrderSource, { name, kind: 'webhook' });
  return { source: answer.source, secret: answer.secret ?? '' };
}

let deliveries = 0;

interface Delivery {
  id?: string;
  at?: Date;
  secret?: string;
  to?: string;
  tamper?: (body: string) => string;
}

async function deliver(body: unknown, how: Delivery = {}) {
  deliveries += 1;
  const id = how.id ?? `msg_${deliveries}`;
  const at = how.at ?? new Date();
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = new Webhook(how.secret ?? secret).sign(id, at, raw);
  const response = await test.fetch(
    new Request(how.to ?? source.webhookUrl ?? '', {
      method: 'POST',
      body: how.tamper === undefined ? raw : how.tamper(raw),
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signature,
        'content-type': 'application/json',
      },
    }),
  );
  return {
    status: response.status,
    ...((await response.json()) as {
      data?: { outcome: string; orderId: string | null };
      error?: { code: string; details: { field: string; message: string }[] };
    }),
  };
}

const anOrder = (over: Record<string, unknown> = {}) => ({
  id: 'o-1',
  orderedAt: '2026-05-14T09:38:00Z',
  updatedAt: '2026-05-14T09:38:00Z',
  amount: { amountMinor: '5240', currency: 'EUR' },
  ...over,
});

async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('a signed webhook', () => {
  it('is stored once however often the same delivery comes, and answered as the first time', async () => {
    const id = 'msg_same';
    const first = await deliver({ type: 'order.paid', data: anOrder({ id: 'w-1' }) }, { id });
    expect(first).toMatchObject({ status: 200, data: { outcome: 'applied' } });
    const repeats = await Promise.all(
      Array.from({ length: 8 }, () => deliver({ type: 'order.paid', data: anOrder({ id: 'w-1' }) }, { id })),
    );
    for (const repeat of repeats) expect(repeat).toEqual(first);
    expect((await client.call(listOrders, { q: 'w-1' })).rows).toHaveLength(1);
  });

  it('makes one order of parallel deliveries of one order', async () => {
    await Promise.all(
      Array.from({ length: 8 }, () => deliver({ type: 'order.paid', data: anOrder({ id: 'w-parallel' }) })),
    );
    expect((await client.call(listOrders, { q: 'w-parallel' })).rows).toHaveLength(1);
  });

  it('is refused with 401 when it is forged, changed on the way, too old, or signed with another secret', async () => {
    // Orders of the tests before get their credit meanwhile.
    await test.core.infra.outbox.settle();
    const before = await client.call(listOrders, { limit: 500 });
    expect((await deliver(anOrder({ id: 'forged' }), { tamper: (body) => body.replace('5240', '9999') })).status).toBe(
      401,
    );
    expect(
      (await deliver(anOrder({ id: 'forged' }), { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` })).status,
    ).toBe(401);
    expect((await deliver(anOrder({ id: 'forged' }), { at: new Date(Date.now() - 6 * 60_000) })).status).toBe(401);
    expect((await deliver(anOrder({ id: 'forged' }), { at: new Date('1970-01-02') })).status).toBe(401);
    expect((await deliver(anOrder({ id: 'forged' }), { at: new Date('2100-01-01') })).status).toBe(401);
    const unsigned = await test.fetch(new Request(source.webhookUrl ?? '', { method: 'POST', body: '{}' }));
    expect(unsigned.status).toBe(401);
    expect(await client.call(listOrders, { limit: 500 })).toEqual(before);
  });

  it('is accepted with the plain HMAC that simple shops send', async () => {
    const body = JSON.stringify(anOrder({ id: 'w-plain' }));
    const { createHmac } = await import('node:crypto');
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const send = () =>
      test.fetch(
        new Request(source.webhookUrl ?? '', {
          method: 'POST',
          body,
          headers: { 'x-rapport-signature': `sha256=${signature}` },
        }),
      );
    const first = await send();
    expect(first.status).toBe(200);
    expect(await (await send()).json()).toEqual(await first.json());
  });

  it('is accepted with the old secret for a day after a new one was made, and not after the source was revoked', async () => {
    const { source: other, secret: old } = await newSource('Second shop');
    const { secret: next } = await client.call(rotateOrderSource, { sourceId: other.id });
    const to = other.webhookUrl ?? '';
    expect((await deliver(anOrder({ id: 'r-1' }), { secret: old, to })).status).toBe(200);
    expect((await deliver(anOrder({ id: 'r-2' }), { secret: next ?? '', to })).status).toBe(200);
    await client.call(revokeOrderSource, { sourceId: other.id });
    expect((await deliver(anOrder({ id: 'r-3' }), { secret: next ?? '', to })).status).toBe(404);
  });

  it('says which field is at fault, and says the same to a repeat', async () => {
    const id = 'msg_bad';
    const bad = { type: 'order.paid', data: anOrder({ id: 'bad', amount: undefined, total: 52.4, currency: 'EUR' }) };
    const first = await deliver(bad, { id });
    expect(first.status).toBe(422);
    expect(first.error?.details).toEqual([{ field: 'data.total', message: expect.stringContaining('as text') }]);
    expect((await deliver(bad, { id })).error?.details).toEqual(first.error?.details);
    const listed = await client.call(listDeliveries, { sourceId: source.id });
    expect(listed.rows.find((row) => row.deliveryId === id)).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    ['not JSON', '{"id":', ''],
    ['a list', '[]', ''],
    ['a float in minor units', anOrder({ amount: { amountMinor: '52.40', currency: 'EUR' } }), 'amount.amountMinor'],
    ['a number in minor units', anOrder({ amount: { amountMinor: 5240, currency: 'EUR' } }), 'amount.amountMinor'],
    ['a negative amount', anOrder({ amount: { amountMinor: '-1', currency: 'EUR' } }), 'amount.amountMinor'],
    [
      'an amount beyond belief',
      anOrder({ amount: { amountMinor: '999999999999999999', currency: 'EUR' } }),
      'amount.amountMinor',
    ],
    ['an unknown currency', anOrder({ amount: { amountMinor: '1', currency: 'XYZ' } }), 'amount.currency'],
    ['too many decimals', anOrder({ amount: undefined, total: '52.405', currency: 'EUR' }), 'total'],
    ['decimals of a currency without', anOrder({ amount: undefined, total: '52.5', currency: 'JPY' }), 'total'],
    ['a time of 1970', anOrder({ orderedAt: '1970-01-01T00:00:00Z' }), 'orderedAt'],
    ['a time of 2100', anOrder({ orderedAt: '2100-01-01T00:00:00Z' }), 'orderedAt'],
    ['a time without a zone', anOrder({ orderedAt: '2026-05-14T09:38:00' }), 'orderedAt'],
    ['no id', anOrder({ id: '' }), 'id'],
    ['an id with a zero byte', anOrder({ id: 'a\u0000b' }), 'id'],
    ['too many lines', anOrder({ items: Array.from({ length: 10_001 }, () => ({ name: 'x' })) }), 'items'],
    [
      'refunds above the order',
      anOrder({ refunds: [{ id: 'r', amount: { amountMinor: '5241', currency: 'EUR' } }] }),
      'refunds',
    ],
    [
      'a refund in another currency',
      anOrder({ refunds: [{ id: 'r', amount: { amountMinor: '1', currency: 'USD' } }] }),
      'refunds.0.amount.currency',
    ],
    ['a state that is none', anOrder({ state: 'shipped' }), 'state'],
  ])('refuses %s and names the field', async (_, body, field) => {
    const answer = await deliver(body);
    expect(answer.status).toBe(422);
    expect(answer.error?.details.map((detail) => detail.field)).toContain(field);
  });

  it('takes an order with ten thousand lines', async () => {
    const items = Array.from({ length: 10_000 }, (_, index) => ({
      name: `Line ${index}`,
      sku: `S${index}`,
      quantity: 1,
      total: '0.01',
      currency: 'EUR',
    }));
    expect((await deliver(anOrder({ id: 'large', items }))).status).toBe(200);
  });

  it('keeps a refund that overtakes its order, and never the address of a customer', async () => {
    const early = await deliver({
      type: 'order.refunded',
      data: { orderId: 'late', id: 'r-1', amount: { amountMinor: '1000', currency: 'EUR' } },
    });
    expect(early).toMatchObject({ status: 200, data: { outcome: 'applied', orderId: null } });
    const order = await deliver({
      type: 'order.paid',
      data: anOrder({ id: 'late', customer: { email: 'Jo@Example.com', isNew: true } }),
    });
    expect(await client.call(getOrder, { orderId: order.data?.orderId ?? '' })).toMatchObject({
      refunded: { amountMinor: '1000' },
      net: { amountMinor: '4240' },
      isNewCustomer: true,
    });
    const rows = await test.database.db.inWorkspace(workspaceId, (tx) =>
      tx.selectFrom('conversion').selectAll().where('external_id', '=', 'late').execute(),
    );
    const kept = await test.database.db.inWorkspace(workspaceId, (tx) =>
      tx.selectFrom('order_intake').select('body').execute(),
    );
    const all = [
      ...kept.map((row) => row.body.toString('utf8')),
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    ];
    expect(all.join('\n').toLowerCase()).not.toContain('example.com');
    expect(rows[0]?.customer_hash).toHaveLength(32);
  });
});

describe('the same facts in any order, any number of times', () => {
  const money = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency: 'EUR' });
  const at = (minute: number) => `2026-05-14T10:${String(minute).padStart(2, '0')}:00Z`;
  const lines = [{ id: 'l1', name: 'Sun cream', quantity: 2, total: '60.00', currency: 'EUR' }];
  const paid = { orderedAt: at(0), amount: money(10_000), codes: ['NELL10'], items: lines };
  let clickIds: ReturnType<typeof createClickIds>;
  let linkId = '';
  let run = 0;

  beforeAll(async () => {
    clickIds = createClickIds(test.core.infra.secret);
    const roster = await aCampaign(test.database, workspaceId, ['nell.bakes']);
    const enrolmentId = roster.enrolments[0]?.id;
    linkId = (await client.call(createLink, { destination: 'https://shop.example/', slug: 'any-order', enrolmentId }))
      .id;
    await test.core.infra.outbox.settle();
  });

  /** What happens to one order: six deliveries of a shop, and the click it came by, which is drained at any moment. */
  function happeningsOf(id: string, clickId: string) {
    const click = async () => {
      await test.database.db.inWorkspace(workspaceId, (tx) =>
        sql`insert into click (workspace_id, day, click_id, link_id, clicked_at, counted)
          values (${workspaceId}, '2026-05-14', ${clickId}, ${linkId}, ${at(0)}, true) on conflict do nothing`.execute(
          tx,
        ),
      );
    };
    const sent = (type: string, data: Record<string, unknown>) => async () => {
      expect((await deliver({ type, data })).status).toBe(200);
    };
    const named = { clickIds: [clickId] };
    return [
      sent('order.paid', { id, ...paid, ...named, updatedAt: at(0), state: 'paid' }),
      sent('order.updated', { id, ...paid, ...named, updatedAt: at(5), amount: money(9000) }),
      sent('order.refunded', {
        orderId: id,
        id: 'r1',
        amount: money(3000),
        refundedAt: at(7),
        lines: [{ line: 'l1', quantity: 1, amount: money(3000) }],
      }),
      sent('order.refunded', { orderId: id, id: 'cb', kind: 'chargeback', amount: money(9000), refundedAt: at(8) }),
      sent('order.cancelled', { orderId: id, cancelledAt: at(6) }),
      sent('order.updated', { id, ...paid, ...named, updatedAt: at(9), amount: money(9500), codes: [] }),
      click,
    ];
  }

  /** Lets many orders live through their happenings side by side, each in a sequence of its own, and gives what each ends in. */
  async function endStates(sequences: readonly (readonly number[])[]): Promise<string[]> {
    const orders = sequences.map((sequence) => {
      run += 1;
      const id = `perm-${run}-`;
      // Of the same instant and link: what else differs must not show.
      const clickId = clickIds.make(linkId, Date.parse(at(0)));
      return { id, clickId, sequence, happenings: happeningsOf(id, clickId) };
    });
    const steps = Math.max(...sequences.map((sequence) => sequence.length));
    for (let step = 0; step < steps; step += 1) {
      await Promise.all(orders.map(({ happenings, sequence }) => happenings[sequence[step] ?? -1]?.()));
      await wakeOverdueOrders(test.core.infra);
    }
    await test.core.infra.outbox.settle();
    const { rows } = await test.database.db.inWorkspace(workspaceId, (tx) =>
      sql<{ external_id: string; state: unknown }>`
        select o.external_id, jsonb_build_object('order', jsonb_build_object('at', o.ordered_at, 'amount', o.amount_minor, 'refunded', o.refunded_minor, 'state', o.state,
            'codes', o.codes, 'clicks', o.click_ids, 'items', o.items, 'notices', o.notices, 'rule', o.credit_rule, 'person', o.credit_person_id),
          'credit', (select jsonb_agg(jsonb_build_array(c.rule, c.person_id, c.credited_minor, c.is_counted) order by c.rule, c.person_id) from credit c
            where c.workspace_id = o.workspace_id and c.conversion_id = o.id),
          'refunds', (select jsonb_agg(jsonb_build_array(r.external_id, r.kind, r.state, r.amount_minor, r.counted_minor, r.refusal, r.lines) order by r.external_id)
            from conversion_refund r where r.workspace_id = o.workspace_id and r.source_id = o.source_id and r.order_external_id = o.external_id),
          'waits', (select count(*) from conversion_click_wait w where w.workspace_id = o.workspace_id and w.conversion_id = o.id)) as state
        from conversion o where o.workspace_id = ${workspaceId} and o.external_id = any(${orders.map((one) => one.id)})`.execute(
        tx,
      ),
    );
    const stateOf = new Map(rows.map((row) => [row.external_id, JSON.stringify(row.state)]));
    return orders.map(
      ({ id, clickId }) => stateOf.get(id)?.replaceAll(id, 'X').replaceAll(clickId, 'CLICK') ?? 'nothing',
    );
  }

  const inOrder = [0, 1, 2, 3, 4, 5, 6];

  it('end in the same order, refunds by line and credit, the click before, between or after them', async () => {
    const shuffled = fc.sample(fc.shuffledSubarray(inOrder, { minLength: 7, maxLength: 7 }), 24);
    const [expected = '', ...others] = await endStates([inOrder, ...shuffled]);
    expect(JSON.parse(expected)).toMatchObject({
      order: { amount: 9500, refunded: 9500, state: 'cancelled', rule: 'link', items: [{ refundedQuantity: 1 }] },
      waits: 0,
    });
    for (const [index, other] of others.entries())
      expect({ of: shuffled[index], end: other }).toEqual({ of: shuffled[index], end: expected });
  });

  it('end the same when thirty arrive in any order with repeats', async () => {
    const repeated = fc.array(fc.nat({ max: 6 }), { minLength: 23, maxLength: 23 });
    const thirty = repeated.chain((more) =>
      fc.shuffledSubarray([...inOrder, ...more], { minLength: 30, maxLength: 30 }),
    );
    const [expected, ...others] = await endStates([inOrder, ...fc.sample(thirty, 5)]);
    expect(new Set(others)).toEqual(new Set([expected]));
  });
});

describe('a database that refuses', () => {
  it('makes the webhook answer 5xx, and what the shop sends again is stored once', async () => {
    const id = 'msg_refused';
    const admin = new pg.Client({ connectionString: test.database.adminUrl });
    await admin.connect();
    try {
      await admin.query('alter table order_intake rename to order_intake_gone');
      const refused = await deliver(anOrder({ id: 'w-refused' }), { id });
      expect(refused.status).toBeGreaterThanOrEqual(500);
    } finally {
      await admin.query('alter table order_intake_gone rename to order_intake');
      await admin.end();
    }
    expect((await client.call(listOrders, { q: 'w-refused' })).rows).toEqual([]);
    const stored = await deliver(anOrder({ id: 'w-refused' }), { id });
    expect(stored).toMatchObject({ status: 200, data: { outcome: 'applied' } });
    expect(await deliver(anOrder({ id: 'w-refused' }), { id })).toEqual(stored);
    expect((await client.call(listOrders, { q: 'w-refused' })).rows).toHaveLength(1);
  });
});

describe('orders by program, by hand and by file', () => {
  it('are one order when sent twice, and take refunds up to what is left', async () => {
    const sent = anOrder({ id: 'api-1' });
    const first = await client.call(createOrder, sent);
    const again = await client.call(createOrder, sent);
    expect(first.outcome).toBe('applied');
    expect(again).toMatchObject({ outcome: 'unchanged', order: { id: first.order.id } });
    const orderId = first.order.id;
    const refund = { orderId, id: 'rf-1', amount: { amountMinor: '2000', currency: 'EUR' } };
    expect(await client.call(refundOrder, refund)).toMatchObject({ net: { amountMinor: '3240' } });
    expect(await client.call(refundOrder, refund)).toMatchObject({ net: { amountMinor: '3240' } });
    const tooMuch = await failure(
      client.call(refundOrder, { ...refund, id: 'rf-2', amount: { amountMinor: '3241', currency: 'EUR' } }),
    );
    expect(tooMuch).toMatchObject({
      kind: 'invalid',
      code: 'tracking.bad_refund',
      details: [{ field: 'amount.amountMinor' }],
    });
    expect(await client.call(cancelOrder, { orderId })).toMatchObject({
      state: 'cancelled',
      net: { amountMinor: '0' },
    });
  });

  it('are read from a dirty file with the faults told by row and field, and the same file again changes nothing', async () => {
    const file = [
      'Name;Created at;Total;Currency;Discount Code;Refunded Amount;Email',
      '#1001;2026-05-14 10:00:00 +0200;"1.234,50 €";EUR;NELL10;;jo@example.com',
      '#1001;;;;;;',
      '#1002;14.05.2026;52,40;EUR;;12,40;',
      '#1003;04/05/2026;10,00;EUR;;;',
      '#1004;2026-05-14;12,345;KWD;;;',
      '#1005;2026-05-14;ten;EUR;;;',
      '#1006;2026-05-14;10.00;XXQ;;;',
      '#1007;2026-05-14;1000;JPY;;;',
    ].join('\r\n');
    const upload = () =>
      client.upload(importOrders, {}, { body: Buffer.from(`\uFEFF${file}`), fileName: 'orders.csv' });
    const answer = await upload();
    expect(answer).toMatchObject({ read: 8, created: 3, skipped: 1, errorsTotal: 4 });
    expect(answer.errors.map((error) => [error.row, error.field])).toEqual([
      [5, 'orderedAt'],
      [6, 'total'],
      [7, 'total'],
      [8, 'currency'],
    ]);
    expect(await upload()).toMatchObject({ created: 0, updated: 0, unchanged: 3, errorsTotal: 4 });
    const { rows } = await client.call(listOrders, { q: '#100' });
    expect(
      rows.map((row) => [row.externalId, row.amount.amountMinor, row.net.amountMinor, row.orderedAt]).sort(),
    ).toEqual([
      ['#1001', '123450', '123450', '2026-05-14T08:00:00.000Z'],
      ['#1002', '5240', '4000', '2026-05-14T00:00:00.000Z'],
      ['#1007', '1000', '1000', '2026-05-14T00:00:00.000Z'],
    ]);
  });

  it.each([
    ['an empty file', ''],
    ['a file without a column for the total', 'order id,date\n1,2026-05-14'],
    ['bytes that are no table', '\u0000\u0001\u0002'],
  ])('refuse %s in words', async (_, body) => {
    const error = await failure(client.upload(importOrders, {}, { body, fileName: 'x.csv' }));
    expect(error).toMatchObject({ kind: 'invalid', code: 'tracking.bad_file' });
  });

  it('of another workspace are not found', async () => {
    await test.database.createWorkspace('other');
    const other = test.client('other');
    const { order } = await client.call(createOrder, anOrder({ id: 'mine' }));
    expect(await failure(other.call(getOrder, { orderId: order.id }))).toMatchObject({ kind: 'not_found' });
    expect(await failure(other.call(cancelOrder, { orderId: order.id }))).toMatchObject({ kind: 'not_found' });
    expect(await failure(other.call(listDeliveries, { sourceId: source.id }))).toMatchObject({ kind: 'not_found' });
    expect(await failure(other.call(createOrder, { ...anOrder(), sourceId: source.id }))).toMatchObject({
      kind: 'not_found',
    });
    expect((await other.call(listOrders, {})).rows).toEqual([]);
  });
});
