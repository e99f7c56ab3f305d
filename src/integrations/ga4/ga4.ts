import { createHash } from 'node:crypto';
import { z } from 'zod';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { orderDetailSchema } from '#modules/tracking/api.ts';
import {
  bodyOf,
  type Happening,
  type Message,
  orderChanged,
  orderCredited,
  orderOf,
  type Receiver,
  type SendTask,
  testEvent,
} from '#modules/webhooks/index.ts';

const collect = 'https://www.google-analytics.com/mp/collect';
const check = 'https://www.google-analytics.com/debug/mp/collect';
/** Events may be set back by no more than this (Measurement Protocol reference, `timestamp_micros`, read 2026-11-23). */
const ageMsMax = 72 * 3_600_000;
const itemsMax = 200;

type Order = ReturnType<typeof orderOf>;

/**
 * Google Analytics 4 by its Measurement Protocol: `purchase` once for each order credited to a creator, `refund` once for each refund of it and
 * for a cancellation. Nothing about the customer goes there: the client id is made of the order's own id.
 * https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference/events (read 2026-11-23)
 */
export const ga4Receiver: Receiver = {
  kind: 'ga4',
  secret: 'theirs',
  events: [orderCredited, orderChanged],
  faultOf: (target) =>
    /^G-[A-Z0-9]{4,20}$/.test(target)
      ? null
      : 'A measurement id is needed, such as G-AB12CD34EF (Admin, Data streams).',
  messagesOf,
  request,
  faultOfTest: (answer) => {
    const said = debugAnswer.safeParse(parseJson(answer)).data?.validationMessages ?? [];
    return said.length === 0 ? null : said.map((one) => one.description).join(' ');
  },
};

const debugAnswer = z.object({ validationMessages: z.array(z.object({ description: z.string() })) });

function messagesOf(happening: Happening): Message[] {
  const order = orderDetailSchema.safeParse(happening.data).data;
  if (order === undefined || order.credit?.creator == null) return [];
  const body = bodyOf(happening);
  const messages: Message[] = [];
  if (order.state === 'paid') messages.push({ key: `purchase:${order.id}`, event: 'purchase', body });
  else messages.push({ key: `cancelled:${order.id}`, event: 'refund', body });
  // What is refused or was won back lessens no order.
  for (const { id, counted } of order.refunds)
    if (BigInt(counted.amountMinor) > 0n)
      messages.push({ key: `refund:${order.id}:${id}`, event: `refund:${id}`, body });
  return messages;
}

function request(task: SendTask) {
  const order = task.event === testEvent ? null : orderOf(task.body);
  const at = order === null ? task.now : new Date(order.orderedAt);
  if (task.now.getTime() - at.getTime() > ageMsMax && task.event === 'purchase')
    return { skip: 'Google Analytics takes nothing that is more than 72 hours old.' };
  const event = order === null ? testPurchase : eventOf(task.event, order);
  const query = new URLSearchParams({ measurement_id: task.target, api_secret: task.secrets[0] ?? '' });
  return {
    url: `${task.isTest ? check : collect}?${query}`,
    method: 'POST' as const,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: clientIdOf(order?.id ?? 'test'),
      ...(task.event === 'purchase' ? { timestamp_micros: String(at.getTime() * 1000) } : {}),
      non_personalized_ads: true,
      events: [event],
    }),
  };
}

const testPurchase = {
  name: 'purchase',
  params: { transaction_id: 'rapport-test', value: 0, currency: 'USD', items: [] },
};

function eventOf(event: string, order: Order) {
  const refundId = event.startsWith('refund:') ? event.slice('refund:'.length) : null;
  const refund = order.refunds.find((one) => one.id === refundId);
  if (event !== 'purchase')
    return {
      name: 'refund',
      params: { transaction_id: order.externalId, ...amountOf(refund?.counted ?? order.amount) },
    };
  return {
    name: 'purchase',
    params: {
      transaction_id: order.externalId,
      ...amountOf(order.amount),
      ...(order.codes[0] === undefined ? {} : { coupon: order.codes[0] }),
      affiliation: order.credit?.creator?.name ?? '',
      items: order.items.slice(0, itemsMax).map((item) => ({
        item_id: item.sku ?? item.name,
        item_name: item.name,
        quantity: item.quantity,
        ...(item.total === null ? {} : { price: decimal(item.total) / Math.max(1, item.quantity) }),
      })),
    },
  };
}

const amountOf = (money: MoneyJson) => ({ value: decimal(money), currency: money.currency });

/** The protocol takes amounts as JSON numbers only. */
const decimal = (money: MoneyJson) => Number(formatAmount(fromMoneyJson(money)));

/** Two numbers with a dot between, as the protocol's own client ids are; always the same for an order. */
function clientIdOf(orderId: string): string {
  const hash = createHash('sha256').update(orderId).digest();
  return `${hash.readUInt32BE(0)}.${hash.readUInt32BE(4)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
