import type { z } from 'zod';
import { formatAmount, isKnownCurrency } from '#kernel/money.ts';
import {
  clickIdsOf,
  type DeliveryVerdict,
  mailOf,
  minorOf,
  readShopCancellation,
  readShopOrder,
  readShopRefund,
} from '#modules/tracking/index.ts';
import {
  disputeSchema,
  type lineSchema,
  type Order,
  orderSchema,
  type Refund,
  redactSchema,
  refundSchema,
} from './order-payloads.ts';

/** Fields that are kept of a delivery: what an order is made of, and no name, place or telephone of anybody. */
export const keptFields: ReadonlySet<string> = new Set(
  `id order_id name test created_at processed_at updated_at cancelled_at currency total_price current_total_price financial_status landing_site customer
  orders_count discount_codes code note_attributes value line_items sku product_id title quantity price total_discount discount_allocations amount refunds
  transactions kind status refund_line_items line_item_id subtotal total_tax type reason initiated_at finalized_on shop_domain orders_to_redact
  orders_requested order_edit`.split(/\s+/),
);

/** What a webhook of Shopify says. The topic stands outside the signature, so that each reading asks for the shape that belongs to it. */
export function readShopifyDelivery(topic: string | null, body: unknown, now: Date): DeliveryVerdict {
  switch (topic) {
    case 'orders/create':
    case 'orders/paid':
    case 'orders/updated':
    case 'orders/cancelled':
    case 'orders/fulfilled':
    case 'orders/partially_fulfilled':
      return readOrderBody(body, now);
    case 'orders/edited':
      return {
        kind: 'unused',
        message: 'Not used: an edit names no amounts; orders/updated brings the order as it is now.',
      };
    case 'orders/delete':
      return readDeletion(body, now);
    case 'refunds/create':
      return readRefundBody(body, now);
    case 'disputes/create':
    case 'disputes/update':
      return readDispute(body, now);
    case 'customers/data_request':
    case 'customers/redact':
    case 'shop/redact':
      return readPrivacy(topic, body);
    default:
      return {
        kind: 'unused',
        message: `Not used: nothing is done with ${topic?.slice(0, 60) ?? 'a delivery without a topic'}.`,
      };
  }
}

function wrong(error: z.ZodError): DeliveryVerdict {
  return {
    kind: 'refused',
    details: error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  };
}

function readOrderBody(body: unknown, now: Date): DeliveryVerdict {
  const parsed = orderSchema.safeParse(body);
  if (!parsed.success) return wrong(parsed.error);
  const order = parsed.data;
  if (order.test === true) return { kind: 'unused', message: 'Not used: a test order of the shop.' };
  const isCancelled = order.cancelled_at !== null || order.financial_status === 'voided';
  const waits =
    order.financial_status === 'pending' ||
    order.financial_status === 'authorized' ||
    order.financial_status === 'expired';
  if (waits && !isCancelled)
    return {
      kind: 'unused',
      message: `Not used: the order is ${order.financial_status}. It counts once the shop says that it is paid.`,
    };
  const currency = order.currency ?? '';
  return readShopOrder(
    {
      id: order.id,
      label: order.name,
      orderedAt: order.processed_at ?? order.created_at,
      updatedAt: order.updated_at,
      total: totalOf(order, currency),
      currency,
      state: isCancelled ? 'cancelled' : 'paid',
      codes: order.discount_codes.flatMap(({ code }) => (code === null || code === '' ? [] : [code.slice(0, 100)])),
      clickIds: clickIdsOf(
        ...order.note_attributes
          .filter(({ name }) => name?.replace(/^_+/, '') === 'rapport_click')
          .map(({ value }) => value),
        order.landing_site,
      ),
      customer: {
        ...mailOf(body, order.customer),
        isNew: order.customer?.orders_count == null ? null : order.customer.orders_count <= 1,
      },
      items: order.line_items.map((line) => ({
        id: line.id,
        name: (line.title || line.name || line.sku || 'Line').slice(0, 300),
        sku: line.sku === '' ? null : line.sku?.slice(0, 100),
        product: line.product_id,
        quantity: line.quantity ?? 1,
        ...lineTotal(line, currency),
      })),
      refunds: order.refunds.flatMap((refund) => refundBody(refund, currency) ?? []),
    },
    { now },
  );
}

/** The order before money was given back, after edits: what it is now and what was given back, at most what it was at first. */
function totalOf(order: Order, currency: string): string | null {
  if (!isKnownCurrency(currency)) return order.total_price;
  const total = minorOf(order.total_price, currency);
  const current = minorOf(order.current_total_price, currency);
  if (total === null || current === null) return order.total_price;
  const refunded = order.refunds.reduce((sum, refund) => sum + (givenBack(refund, currency) ?? 0n), 0n);
  const left = current + refunded;
  if (left > total) return order.total_price;
  return formatAmount({ amountMinor: left, currency });
}

function lineTotal(line: z.infer<typeof lineSchema>, currency: string): { total?: string } {
  if (!isKnownCurrency(currency)) return {};
  const price = minorOf(line.price, currency);
  if (price === null) return {};
  const allocated = line.discount_allocations.reduce((sum, one) => sum + (minorOf(one.amount, currency) ?? 0n), 0n);
  const off = line.discount_allocations.length > 0 ? allocated : (minorOf(line.total_discount, currency) ?? 0n);
  const total = price * BigInt(line.quantity ?? 1) - off;
  // Money has no Math.max: a line is never below nothing.
  return total < 0n ? { total: '0' } : { total: formatAmount({ amountMinor: total, currency }) };
}

/** Money that moved by a refund, in the currency asked for; null when it moved in another. */
function givenBack(refund: Refund, currency: string): bigint | null {
  let sum = 0n;
  for (const transaction of refund.transactions) {
    if (transaction.kind !== 'refund' || transaction.status !== 'success') continue;
    if (transaction.currency !== null && transaction.currency !== currency) return null;
    sum += minorOf(transaction.amount, currency) ?? 0n;
  }
  return sum;
}

/** Null when no money moved: goods came back or were taken off an edit. */
function refundBody(refund: Refund, orderCurrency: string | null): Record<string, unknown> | null {
  const currency = orderCurrency ?? refund.transactions.find((one) => one.currency !== null)?.currency ?? '';
  if (!isKnownCurrency(currency)) return null;
  const moved = givenBack(refund, currency);
  // In the currency of the customer: the lines are in the shop's own.
  const byLines = () =>
    refund.refund_line_items.reduce(
      (sum, line) => sum + (minorOf(line.subtotal, currency) ?? 0n) + (minorOf(line.total_tax, currency) ?? 0n),
      0n,
    );
  const amountMinor = moved ?? byLines();
  if (amountMinor === 0n) return null;
  return {
    id: refund.id,
    amount: { amountMinor: amountMinor.toString(), currency },
    refundedAt: refund.processed_at ?? refund.created_at,
    updatedAt: refund.created_at ?? refund.processed_at,
    reason: refund.note?.trim() ? refund.note.trim().slice(0, 300) : null,
    lines: refund.refund_line_items.flatMap((line) => {
      if (line.line_item_id === null) return [];
      const subtotal = minorOf(line.subtotal, currency);
      return [
        {
          line: line.line_item_id,
          quantity: line.quantity,
          ...(subtotal === null ? {} : { amount: { amountMinor: subtotal.toString(), currency } }),
        },
      ];
    }),
  };
}

function readRefundBody(body: unknown, now: Date): DeliveryVerdict {
  const parsed = refundSchema.safeParse(body);
  if (!parsed.success) return wrong(parsed.error);
  const refund = refundBody(parsed.data, null);
  if (refund === null) return { kind: 'unused', message: 'Not used: no money was given back by this refund.' };
  return readShopRefund({ ...refund, orderId: parsed.data.order_id }, now);
}

/** Stages of a dispute, the later the greater: of two words of one day the greater counts. */
const stages = ['needs_response', 'under_review', 'charge_refunded', 'accepted', 'lost', 'won'];

function readDispute(body: unknown, now: Date): DeliveryVerdict {
  const parsed = disputeSchema.safeParse(body);
  if (!parsed.success) return wrong(parsed.error);
  const dispute = parsed.data;
  if (dispute.type === 'inquiry') return { kind: 'unused', message: 'Not used: an inquiry, no money moved.' };
  if (dispute.order_id === null) return { kind: 'unused', message: 'Not used: the dispute names no order.' };
  return readShopRefund(
    {
      orderId: dispute.order_id,
      id: `dispute ${dispute.id ?? ''}`,
      kind: 'chargeback',
      state: dispute.status === 'won' ? 'void' : 'standing',
      total: dispute.amount,
      currency: dispute.currency,
      refundedAt: dispute.initiated_at,
      updatedAt: dispute.finalized_on ?? dispute.initiated_at,
      rank: Math.max(0, stages.indexOf(dispute.status ?? '')),
      reason: `${dispute.reason || 'no reason'}, ${(dispute.status ?? 'no status').replaceAll('_', ' ')}`,
    },
    now,
  );
}

function readDeletion(body: unknown, now: Date): DeliveryVerdict {
  const parsed = orderSchema.partial().safeParse(body);
  if (!parsed.success || parsed.data.id == null || parsed.data.total_price != null)
    return { kind: 'unused', message: 'Not used: this is no deletion of an order.' };
  return readShopCancellation({ id: parsed.data.id }, now);
}

function readPrivacy(topic: string, body: unknown): DeliveryVerdict {
  const parsed = redactSchema.safeParse(body);
  if (!parsed.success || parsed.data.shop_domain === null)
    return { kind: 'unused', message: 'Not used: this is no request of a customer or shop.' };
  const { orders_to_redact: orderIds, orders_requested: requested, customer } = parsed.data;
  if (topic === 'customers/data_request')
    return {
      kind: 'unused',
      message: `A customer asks what is kept of them: orders ${requested.slice(0, 50).join(', ') || 'none'} here, with a hash of their address. Send them the orders within 30 days.`,
    };
  const mail = mailOf(customer);
  if (topic === 'shop/redact')
    return {
      kind: 'redact',
      redaction: { ...mail, orderIds: [], isAll: true },
      message: 'The shop took the app off: its customers are forgotten, its orders keep their money.',
    };
  return {
    kind: 'redact',
    redaction: { ...mail, orderIds, isAll: false },
    message: 'A customer asked to be forgotten: their orders keep their money and nothing of them.',
  };
}
