import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '#client/client.ts';
import { AppError } from '#kernel/errors.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import {
  cancelOrder,
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
  const events = [
    {
      type: 'order.paid',
      data: { id: 'X', orderedAt: at(0), updatedAt: at(0), amount: money(10_000), codes: ['NELL10'], state: 'paid' },
    },
    {
      type: 'order.updated',
      data: { id: 'X', orderedAt: at(0), updatedAt: at(5), amount: money(8000), codes: ['NELL10', 'SUN'] },
    },
    { type: 'order.updated', data: { id: 'X', orderedAt: at(0), updatedAt: at(5), amount: money(9000) } },
    { type: 'order.refunded', data: { orderId: 'X', id: 'r1', amount: money(3000), refundedAt: at(7) } },
    { type: 'order.refunded', data: { orderId: 'X', id: 'r2', amount: money(7000), refundedAt: at(8) } },
    { type: 'order.refunded', data: { orderId: 'X', id: 'r1', amount: money(2500), refundedAt: at(7) } },
    { type: 'order.cancelled', data: { orderId: 'X', cancelledAt: at(6) } },
    { type: 'order.paid', data: { id: 'X', orderedAt: at(0), updatedAt: at(4), amount: money(10_000), state: 'paid' } },
  ];
  type Event = (typeof events)[number];

  let run = 0;
  async function endState(sequence: Event[]) {
    run += 1;
    const id = `perm-${run}`;
    for (const event of sequence) {
      const key = 'orderId' in event.data ? 'orderId' : 'id';
      const answer = await deliver({ ...event, data: { ...event.data, [key]: id } });
      expect(answer.status).toBe(200);
    }
    await test.core.infra.outbox.settle();
    const [row] = await test.database.db.inWorkspace(workspaceId, (tx) =>
      tx
        .selectFrom('conversion as o')
        .leftJoin('credit as c', (join) =>
          join.onRef('c.workspace_id', '=', 'o.workspace_id').onRef('c.conversion_id', '=', 'o.id'),
        )
        .select([
          'o.ordered_at',
          'o.amount_minor',
          'o.refunded_minor',
          'o.state',
          'o.codes',
          'o.notices',
          'o.credit_rule',
        ])
        .select(['c.rule', 'c.reason', 'c.credited_minor', 'c.is_counted'])
        .where('o.external_id', '=', id)
        .execute(),
    );
    return JSON.stringify(row, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ).replaceAll(id, 'X');
  }

  it('end in the same order and the same credit', async () => {
    const expected = await endState(events);
    expect(JSON.parse(expected)).toMatchObject({ amount_minor: '9000', refunded_minor: '9000', state: 'cancelled' });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        fc.array(fc.integer({ min: 0, max: events.length - 1 }), { maxLength: 4 }),
        async (sequence, repeats) => {
          const again = repeats.flatMap((index) => sequence.slice(index, index + 1));
          expect(await endState([...sequence, ...again])).toBe(expected);
        },
      ),
      { numRuns: 25 },
    );
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
