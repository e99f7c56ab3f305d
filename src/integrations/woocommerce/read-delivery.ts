import { z } from 'zod';
import { isKnownCurrency } from '#kernel/money.ts';
import {
  clickIdsOf,
  type DeliveryVerdict,
  mailOf,
  minorOf,
  readShopCancellation,
  readShopOrder,
} from '#modules/tracking/index.ts';
import { lenient } from '../call-api.ts';

// After https://woocommerce.github.io/woocommerce-rest-api-docs/#orders (REST API v3, as webhooks send it). Plugins write amounts as text or number.

const text = lenient(z.union([z.string(), z.number().transform(String)]));
const list = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema)
    .nullish()
    .catch([])
    .transform((all) => all ?? []);

const orderSchema = z.looseObject({
  id: text,
  number: text,
  status: text,
  currency: text,
  total: text,
  date_created_gmt: text,
  date_modified_gmt: text,
  date_paid_gmt: text,
  billing: lenient(z.looseObject({})),
  coupon_lines: list(z.looseObject({ code: text })),
  meta_data: list(z.looseObject({ key: text, value: z.unknown() })),
  line_items: list(
    z.looseObject({
      id: text,
      name: text,
      sku: text,
      product_id: text,
      quantity: lenient(z.number().int().min(0)),
      total: text,
    }),
  ),
  // Pulled orders bring their refunds whole, with dates and lines; webhooks bring number, reason and amount.
  refunds: list(
    z.looseObject({
      id: text,
      reason: text,
      total: text,
      amount: text,
      date_created_gmt: text,
      line_items: list(
        z.looseObject({
          quantity: lenient(z.number().int()),
          total: text,
          meta_data: list(z.looseObject({ key: text, value: z.unknown() })),
        }),
      ),
    }),
  ),
});
type Order = z.infer<typeof orderSchema>;
type Refund = Order['refunds'][number];

/** Fields that are kept of a delivery: what an order is made of, and no name, place or telephone of anybody. */
export const keptFields: ReadonlySet<string> = new Set(
  `id number status currency total amount date_created_gmt date_modified_gmt date_paid_gmt billing coupon_lines code meta_data key value line_items name sku
  product_id quantity refunds reason`.split(/\s+/),
);

const unpaid = new Set(['pending', 'on-hold', 'checkout-draft', 'auto-draft', 'failed']);
const gone = new Set(['cancelled', 'trash']);
/** Metadata that is read or kept; the rest of plugins may hold anything. */
const clickKeys = new Set(['rapport_click', '_rapport_click', '_wc_order_attribution_session_entry']);

/** What a webhook of WooCommerce says. The topic stands outside the signature, so that each reading asks for the shape that belongs to it. */
export function readWooDelivery(topic: string | null, body: unknown, now: Date): DeliveryVerdict {
  switch (topic) {
    case 'order.created':
    case 'order.updated':
    case 'order.restored':
    // The action some shops send on a refund; its body is the order.
    case 'order.refunded':
      return readOrderBody(body, now);
    case 'order.deleted':
      return readDeletion(body, now);
    default:
      return {
        kind: 'unused',
        message: `Not used: nothing is done with ${topic?.slice(0, 60) ?? 'a delivery without a topic'}.`,
      };
  }
}

function readOrderBody(body: unknown, now: Date): DeliveryVerdict {
  const parsed = orderSchema.safeParse(body);
  if (!parsed.success)
    return {
      kind: 'refused',
      details: parsed.error.issues
        .slice(0, 20)
        .map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
    };
  const order = parsed.data;
  if (unpaid.has(order.status ?? ''))
    return {
      kind: 'unused',
      message: `Not used: the order is ${order.status}. It counts once the shop says that it is paid.`,
    };
  const currency = order.currency ?? '';
  const marks = order.meta_data.filter(({ key }) => clickKeys.has(key ?? '')).map(({ value }) => value);
  return readShopOrder(
    {
      id: order.id,
      label: order.number === null || order.number === order.id ? null : `#${order.number}`,
      orderedAt: instant(order.date_created_gmt),
      updatedAt: instant(order.date_modified_gmt) ?? instant(order.date_created_gmt),
      total: order.total,
      currency,
      state: gone.has(order.status ?? '') ? 'cancelled' : 'paid',
      codes: order.coupon_lines.flatMap(({ code }) => (code === null || code === '' ? [] : [code.slice(0, 100)])),
      clickIds: clickIdsOf(...marks),
      customer: mailOf(order.billing),
      items: order.line_items.map((line) => ({
        id: line.id,
        name: (line.name || line.sku || 'Line').slice(0, 300),
        sku: line.sku === '' ? null : line.sku?.slice(0, 100),
        product: line.product_id,
        quantity: line.quantity ?? 1,
        ...amountOf(line.total, currency),
      })),
      refunds: order.refunds.flatMap((refund) => refundBody(refund, order, currency) ?? []),
    },
    { now },
  );
}

/** WooCommerce writes instants in UTC without saying so. */
function instant(written: string | null): string | null {
  if (written === null || written === '') return null;
  return /(Z|[+-]\d{2}:?\d{2})$/.test(written) ? written : `${written}Z`;
}

function amountOf(written: string | null, currency: string): { amount?: { amountMinor: string; currency: string } } {
  const minor = isKnownCurrency(currency) ? minorOf(written?.replace(/^-/, ''), currency) : null;
  return minor === null ? {} : { amount: { amountMinor: minor.toString(), currency } };
}

function refundBody(refund: Refund, order: Order, currency: string): Record<string, unknown> | null {
  const { amount } = amountOf(refund.amount ?? refund.total, currency);
  if (amount === undefined || amount.amountMinor === '0') return null;
  const lines = refund.line_items.flatMap((line) => {
    const of = line.meta_data.find(({ key }) => key === '_refunded_item_id')?.value;
    if (typeof of !== 'string' && typeof of !== 'number') return [];
    return [{ line: String(of), quantity: Math.abs(line.quantity ?? 0), ...amountOf(line.total, currency) }];
  });
  return {
    id: refund.id,
    amount,
    // Webhooks do not say when: the day is that of the first version of the order that names the refund.
    refundedAt: instant(refund.date_created_gmt) ?? instant(order.date_modified_gmt),
    updatedAt: instant(order.date_created_gmt),
    // The whole account of a refund counts over the short one.
    rank: lines.length > 0 ? 1 : 0,
    reason: refund.reason?.trim() ? refund.reason.trim().slice(0, 300) : null,
    lines,
  };
}

function readDeletion(body: unknown, now: Date): DeliveryVerdict {
  const parsed = orderSchema.safeParse(body);
  if (!parsed.success || parsed.data.id === null || parsed.data.total !== null)
    return { kind: 'unused', message: 'Not used: this is no deletion of an order.' };
  return readShopCancellation({ id: parsed.data.id }, now);
}
