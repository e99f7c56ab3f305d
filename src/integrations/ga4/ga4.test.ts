import { expect, test } from 'vitest';
import type { Happening } from '#modules/webhooks/index.ts';
import { ga4Receiver } from './ga4.ts';

const now = new Date('2026-05-04T08:00:00Z');
const eur = (amountMinor: string) => ({ amountMinor, currency: 'EUR' });
const aRefund = (given: object) => ({
  ...{ kind: 'refund', state: 'standing', amount: eur('1000'), counted: eur('1000'), refusal: null, reason: null },
  ...{ refundedAt: now.toISOString(), lines: [] },
  ...given,
});
const order = {
  id: 'cnv_1',
  sourceId: 'src_1',
  sourceName: 'Shop',
  externalId: '1001',
  label: '1001',
  orderedAt: '2026-05-03T08:00:00.000Z',
  amount: eur('5240'),
  refunded: eur('1000'),
  net: eur('4240'),
  state: 'paid',
  codes: ['NELL10'],
  clickIds: [],
  isVerified: true,
  isNewCustomer: null,
  rated: null,
  credit: { rule: 'code', creator: { personId: 'per_1', name: 'Nell', handle: null, platform: null }, campaign: null },
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  items: [
    {
      ...{ id: '1', name: 'Oats', sku: 'OAT-1', product: null, quantity: 2, total: eur('5240') },
      ...{ refundedQuantity: 0, refunded: eur('0') },
    },
  ],
  refunds: [aRefund({ id: 'r1' })],
  notices: [],
  customer: null,
};
const happening = (data: unknown): Happening => ({
  eventId: 'evt_1',
  event: 'order.credited',
  subject: 'cnv_1',
  at: now,
  data,
});

function sent(event: string, data: unknown, at = now) {
  const message = ga4Receiver.messagesOf(happening(data)).find((one) => one.event === event);
  if (message === undefined) throw new Error(`No message ${event}`);
  const task = {
    messageId: 'm',
    event,
    body: message.body,
    target: 'G-AB12CD34EF',
    secrets: ['shh'],
    now: at,
    isTest: false,
  };
  return ga4Receiver.request(task);
}

test('a credited order is one purchase, each of its refunds one refund, whatever told of it', () => {
  const keys = ga4Receiver.messagesOf(happening(order)).map((one) => one.key);
  expect(keys).toEqual(['purchase:cnv_1', 'refund:cnv_1:r1']);
  expect(
    ga4Receiver.messagesOf({ ...happening(order), event: 'order.changed', eventId: 'evt_2' }).map((one) => one.key),
  ).toEqual(keys);
  const refunds = [aRefund({ id: 'r2', kind: 'chargeback', state: 'void', counted: eur('0') })];
  expect(ga4Receiver.messagesOf(happening({ ...order, refunds })).map((one) => one.key)).toEqual(['purchase:cnv_1']);
  expect(ga4Receiver.messagesOf(happening({ ...order, credit: null }))).toEqual([]);
  expect(
    ga4Receiver.messagesOf(happening({ ...order, state: 'cancelled', refunds: [] })).map((one) => one.event),
  ).toEqual(['refund']);
});

test('amounts are the order’s to the cent, in its own currency, and nothing of the customer goes along', () => {
  const purchase = sent('purchase', order);
  if ('skip' in purchase) throw new Error(purchase.skip);
  expect(purchase.url).toBe('https://www.google-analytics.com/mp/collect?measurement_id=G-AB12CD34EF&api_secret=shh');
  const body = JSON.parse(purchase.body ?? '');
  expect(body.client_id).toMatch(/^\d+\.\d+$/);
  expect(body.timestamp_micros).toBe('1777795200000000');
  expect(body.events).toEqual([
    {
      name: 'purchase',
      params: {
        transaction_id: '1001',
        value: 52.4,
        currency: 'EUR',
        coupon: 'NELL10',
        affiliation: 'Nell',
        items: [{ item_id: 'OAT-1', item_name: 'Oats', quantity: 2, price: 26.2 }],
      },
    },
  ]);
  const refund = sent('refund:r1', order);
  if ('skip' in refund) throw new Error(refund.skip);
  expect(JSON.parse(refund.body ?? '').events).toEqual([
    { name: 'refund', params: { transaction_id: '1001', value: 10, currency: 'EUR' } },
  ]);
  const yen = sent('purchase', { ...order, amount: { amountMinor: '1234', currency: 'JPY' } });
  if ('skip' in yen) throw new Error(yen.skip);
  expect(JSON.parse(yen.body ?? '').events[0].params.value).toBe(1234);
});

test('what is too old for Google Analytics is not sent and says so; a test goes where nothing is kept', () => {
  expect(sent('purchase', order, new Date('2026-05-06T08:00:01Z'))).toEqual({
    skip: expect.stringMatching(/72 hours/),
  });
  const task = {
    messageId: 'm',
    event: 'webhook.test',
    body: '{}',
    target: 'G-AB12CD34EF',
    secrets: ['shh'],
    now,
    isTest: true,
  };
  expect(ga4Receiver.request(task)).toMatchObject({ url: expect.stringMatching(/\/debug\/mp\/collect/) });
  const refused =
    '{"validationMessages":[{"fieldPath":"events","description":"Bad name.","validationCode":"NAME_INVALID"}]}';
  expect(ga4Receiver.faultOfTest?.(refused)).toBe('Bad name.');
  expect(ga4Receiver.faultOfTest?.('{"validationMessages":[]}')).toBeNull();
});
