import type { ErrorDetail } from '#kernel/errors.ts';
import type { OrderFacts, OrderItem, RefundFact } from './order-facts.ts';
import { isFields, OrderReader, shown } from './order-reader.ts';
import { readRefundFields } from './read-refund.ts';

export interface ReadOrder {
  facts: OrderFacts;
  /** The customer's address as sent, for the caller to hash and forget. */
  email: string | null;
  /** Its hash (hex) where a delivery is read again whose address is forgotten already. */
  emailHash?: string | null;
}

/** How a body is read. */
export interface ReadHow {
  /** The time of arrival. */
  now: Date;
  /** A shop's own account of an order: refunds that contradict it are counted as far as they go instead of refusing the whole. */
  isFromShop?: boolean;
  /** Of two versions of an order the one of the greater rank wins before time is asked. */
  rank?: number;
}

export type OrderVerdict = { ok: true; order: ReadOrder } | { ok: false; details: ErrorDetail[] };

export const itemsMax = 10_000;
const codesMax = 20;
const clickIdsMax = 50;
const refundsMax = 1000;
const clickIdShape = /^[A-Za-z0-9_-]{32}$/;

/** Reads an order from JSON of a sender, saying of each field at fault what is wrong. */
export function readOrder(body: unknown, how: ReadHow): OrderVerdict {
  const { now } = how;
  const reader = new OrderReader(now.getTime());
  if (!isFields(body)) return { ok: false, details: [{ field: '', message: 'The order must be a JSON object.' }] };
  const externalId = reader.text(body.id, 'id', 200);
  const orderedAt = reader.instant(body.orderedAt, 'orderedAt');
  const at =
    body.updatedAt === undefined || body.updatedAt === null
      ? now.toISOString()
      : reader.instant(body.updatedAt, 'updatedAt');
  const money = reader.money({ amount: body.amount, total: body.total, currency: body.currency }, '');
  const state = readState(reader, body.state);
  const codes = reader
    .list(body.codes, 'codes', codesMax)
    .map((code, index) => reader.text(code, `codes.${index}`, 100));
  const notices: string[] = [];
  const clickIds = reader.list(body.clickIds, 'clickIds', clickIdsMax).flatMap((id) => {
    if (typeof id === 'string' && clickIdShape.test(id)) return [id];
    notices.push(`${shown(id)} is no click id of Rapport and was left out.`);
    return [];
  });
  const customer = readCustomer(reader, body.customer);
  const items = reader
    .list(body.items, 'items', itemsMax)
    .map((item, index) => readItem(reader, item, { index, currency: money?.currency ?? null }));
  const refunds = reader
    .list(body.refunds, 'refunds', refundsMax)
    .map((refund, index) =>
      readRefundFields(reader, refund, { at: `refunds.${index}`, currency: money?.currency ?? null, now }),
    );
  const label = optionalText(reader, body.label, 'label');
  if (how.isFromShop !== true) checkRefunds(reader, money, refunds);
  if (externalId === null || orderedAt === null || at === null || money === null || reader.faults.length > 0)
    return { ok: false, details: reader.faults };
  const details = {
    ...(label === null ? {} : { label }),
    orderedAt,
    amountMinor: money.amountMinor.toString(),
    currency: money.currency,
    codes: [...new Set(codes.filter((code) => code !== null))],
    clickIds: [...new Set(clickIds)],
    customerHash: null,
    isNewCustomer: customer.isNew,
    items: items.filter((item) => item !== null),
    notices,
  };
  return {
    ok: true,
    order: {
      facts: {
        externalId,
        details: { value: details, at, ...(how.rank === undefined ? {} : { rank: how.rank }) },
        state: state === null ? null : { value: state, at },
        refunds: refunds.filter((refund) => refund !== null),
      },
      email: customer.email,
      emailHash: customer.emailHash,
    },
  };
}

/** Reads a cancellation: {"id" or "orderId", "cancelledAt"}. */
export function readCancellation(body: unknown, now: Date): OrderVerdict {
  const reader = new OrderReader(now.getTime());
  if (!isFields(body))
    return { ok: false, details: [{ field: '', message: 'The cancellation must be a JSON object.' }] };
  const externalId = reader.text(body.orderId ?? body.id, 'orderId', 200);
  const at = body.cancelledAt === undefined ? now.toISOString() : reader.instant(body.cancelledAt, 'cancelledAt');
  if (externalId === null || at === null) return { ok: false, details: reader.faults };
  return {
    ok: true,
    order: { facts: { externalId, details: null, state: { value: 'cancelled', at }, refunds: [] }, email: null },
  };
}

/** Reads a refund that comes by itself: {"orderId", "id", "amount" or "total" and "currency", "refundedAt"}. */
export function readRefund(body: unknown, now: Date): OrderVerdict {
  const reader = new OrderReader(now.getTime());
  if (!isFields(body)) return { ok: false, details: [{ field: '', message: 'The refund must be a JSON object.' }] };
  const externalId = reader.text(body.orderId, 'orderId', 200);
  const refund = readRefundFields(reader, body, { at: '', currency: null, now });
  if (externalId === null || refund === null) return { ok: false, details: reader.faults };
  return { ok: true, order: { facts: { externalId, details: null, state: null, refunds: [refund] }, email: null } };
}

function readState(reader: OrderReader, value: unknown): 'paid' | 'cancelled' | null {
  if (value === undefined || value === null) return null;
  return value === 'paid' || value === 'cancelled'
    ? value
    : reader.fault('state', `${shown(value)} is no state. Use paid or cancelled; refunds are a list of their own.`);
}

interface ReadCustomer {
  email: string | null;
  emailHash: string | null;
  isNew: boolean | null;
}

const nobody: ReadCustomer = { email: null, emailHash: null, isNew: null };

function readCustomer(reader: OrderReader, value: unknown): ReadCustomer {
  if (value === undefined || value === null) return nobody;
  if (!isFields(value)) {
    reader.fault('customer', 'Must be an object with "email" and "isNew".');
    return nobody;
  }
  const email =
    value.email === undefined || value.email === null ? null : reader.text(value.email, 'customer.email', 320);
  const isNew = value.isNew;
  if (isNew !== undefined && isNew !== null && typeof isNew !== 'boolean')
    reader.fault('customer.isNew', 'Must be true or false.');
  const { emailHash } = value;
  return {
    email,
    emailHash: typeof emailHash === 'string' && /^[0-9a-f]{64}$/.test(emailHash) ? emailHash : null,
    isNew: typeof isNew === 'boolean' ? isNew : null,
  };
}

function readItem(
  reader: OrderReader,
  value: unknown,
  at: { index: number; currency: string | null },
): OrderItem | null {
  const field = `items.${at.index}`;
  if (!isFields(value)) return reader.fault(field, 'Must be an object.');
  const name = reader.text(value.name, `${field}.name`, 300);
  const sku = value.sku === undefined || value.sku === null ? null : reader.text(value.sku, `${field}.sku`, 100);
  const quantity = value.quantity ?? 1;
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 0 || quantity > 1_000_000)
    return reader.fault(`${field}.quantity`, 'Must be a whole number.');
  const hasTotal = value.total !== undefined || value.amount !== undefined;
  const money = hasTotal
    ? reader.money({ amount: value.amount, total: value.total, currency: value.currency ?? at.currency }, field)
    : null;
  const id = optionalText(reader, value.id, `${field}.id`);
  const product = optionalText(reader, value.product, `${field}.product`);
  if (name === null) return null;
  const totalMinor = money?.amountMinor.toString() ?? null;
  return {
    ...(id === null ? {} : { id }),
    name,
    sku,
    ...(product === null ? {} : { product }),
    quantity,
    totalMinor,
  };
}

function optionalText(reader: OrderReader, value: unknown, field: string): string | null {
  return value === undefined || value === null || value === '' ? null : reader.text(value, field, 100);
}

/** A body that contradicts itself is refused; refunds that arrive apart from their order are counted up to it. */
function checkRefunds(
  reader: OrderReader,
  money: { amountMinor: bigint; currency: string } | null,
  refunds: readonly (RefundFact | null)[],
): void {
  if (money === null) return;
  let sum = 0n;
  for (const [index, refund] of refunds.entries()) {
    if (refund === null) continue;
    if (refund.currency !== money.currency)
      reader.fault(
        `refunds.${index}.amount.currency`,
        `The refund is in ${refund.currency}, the order in ${money.currency}.`,
      );
    if (refund.state === 'standing') sum += refund.amountMinor;
  }
  if (sum > money.amountMinor)
    reader.fault('refunds', `Refunds of ${sum} minor units are more than the order's ${money.amountMinor}.`);
}
