import { AppError, type ErrorDetail } from '#kernel/errors.ts';
import { isKnownCurrency, moneySchema, parseAmount } from '#kernel/money.ts';
import { dayMs } from '#kernel/time.ts';
import type { OrderFacts, OrderItem, RefundFact } from './order-facts.ts';

export interface ReadOrder {
  facts: OrderFacts;
  /** The customer's address as sent, for the caller to hash and forget. */
  email: string | null;
}

export type OrderVerdict = { ok: true; order: ReadOrder } | { ok: false; details: ErrorDetail[] };

export const itemsMax = 10_000;
const codesMax = 20;
const clickIdsMax = 50;
const refundsMax = 1000;
const minorMax = 10n ** 15n;
const earliestMs = Date.UTC(2000, 0, 1);
const clickIdShape = /^[A-Za-z0-9_-]{32}$/;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gathers every fault of an order with the field it is in. */
class Reader {
  readonly faults: ErrorDetail[] = [];
  readonly nowMs: number;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  fault(field: string, message: string): null {
    if (this.faults.length < 50) this.faults.push({ field, message });
    return null;
  }

  text(value: unknown, field: string, charsMax: number): string | null {
    const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text !== 'string' || text.trim() === '') return this.fault(field, 'Needed, as text.');
    if (text.length > charsMax) return this.fault(field, `Has ${text.length} characters; at most ${charsMax} fit.`);
    if (/\p{Cc}/u.test(text)) return this.fault(field, 'Holds control characters.');
    return text.trim();
  }

  /** An instant between 2000 and a day from now, as ISO text in UTC. */
  instant(value: unknown, field: string): string | null {
    if (
      typeof value !== 'string' ||
      !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)
    ) {
      return this.fault(
        field,
        `${shown(value)} is no instant. Write ISO 8601 with a time zone, such as 2026-05-14T09:38:00Z.`,
      );
    }
    const ms = Date.parse(value);
    if (Number.isNaN(ms)) return this.fault(field, `${shown(value)} is not in the calendar.`);
    if (ms < earliestMs)
      return this.fault(field, `${value} lies before 2000. Is it seconds where milliseconds were meant?`);
    if (ms > this.nowMs + dayMs) return this.fault(field, `${value} lies in the future.`);
    return new Date(ms).toISOString();
  }

  /** Minor units from {"amountMinor", "currency"}, or from decimal text with a currency beside it. */
  money(
    source: { amount: unknown; total: unknown; currency: unknown },
    at: string,
  ): { amountMinor: bigint; currency: string } | null {
    const field = (name: string) => (at === '' ? name : `${at}.${name}`);
    if (source.amount !== undefined && source.amount !== null) return this.minorMoney(source.amount, field('amount'));
    if (typeof source.total === 'number')
      return this.fault(
        field('total'),
        `${source.total} is a number, which loses cents. Write it as text, such as "52.40".`,
      );
    if (typeof source.total !== 'string')
      return this.fault(field('amount'), 'Needed: {"amountMinor": "5240", "currency": "EUR"}, or total and currency.');
    const currency = this.currency(source.currency, field('currency'));
    if (currency === null) return null;
    try {
      return this.bounded(parseAmount(source.total, currency), field('total'));
    } catch (error) {
      if (error instanceof AppError) return this.fault(field('total'), error.message);
      throw error;
    }
  }

  private minorMoney(value: unknown, field: string): { amountMinor: bigint; currency: string } | null {
    const parsed = moneySchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return this.fault([field, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'Not an amount.');
    }
    const currency = this.currency(parsed.data.currency, `${field}.currency`);
    return currency === null
      ? null
      : this.bounded({ amountMinor: BigInt(parsed.data.amountMinor), currency }, `${field}.amountMinor`);
  }

  private bounded(money: { amountMinor: bigint; currency: string }, field: string) {
    if (money.amountMinor < 0n) return this.fault(field, 'Less than zero. Send money given back as a refund.');
    if (money.amountMinor > minorMax) return this.fault(field, `More than ${minorMax} minor units. Is the unit right?`);
    return money;
  }

  currency(value: unknown, field: string): string | null {
    if (typeof value !== 'string' || !isKnownCurrency(value))
      return this.fault(field, `${shown(value)} is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`);
    return value;
  }

  list(value: unknown, field: string, max: number): unknown[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.fault(field, 'Must be a list.');
      return [];
    }
    if (value.length > max) {
      this.fault(field, `Holds ${value.length} entries; at most ${max} are read.`);
      return [];
    }
    return value;
  }
}

/** Reads an order from JSON of a sender, saying of each field at fault what is wrong. `now` is the time of arrival. */
export function readOrder(body: unknown, now: Date): OrderVerdict {
  const reader = new Reader(now.getTime());
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
  checkRefunds(reader, money, refunds);
  if (externalId === null || orderedAt === null || at === null || money === null || reader.faults.length > 0)
    return { ok: false, details: reader.faults };
  const details = {
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
        details: { value: details, at },
        state: state === null ? null : { value: state, at },
        refunds: refunds.filter((refund) => refund !== null),
      },
      email: customer.email,
    },
  };
}

/** Reads a cancellation: {"id" or "orderId", "cancelledAt"}. */
export function readCancellation(body: unknown, now: Date): OrderVerdict {
  const reader = new Reader(now.getTime());
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
  const reader = new Reader(now.getTime());
  if (!isFields(body)) return { ok: false, details: [{ field: '', message: 'The refund must be a JSON object.' }] };
  const externalId = reader.text(body.orderId, 'orderId', 200);
  const refund = readRefundFields(reader, body, { at: '', currency: null, now });
  if (externalId === null || refund === null) return { ok: false, details: reader.faults };
  return { ok: true, order: { facts: { externalId, details: null, state: null, refunds: [refund] }, email: null } };
}

function readState(reader: Reader, value: unknown): 'paid' | 'cancelled' | null {
  if (value === undefined || value === null) return null;
  return value === 'paid' || value === 'cancelled'
    ? value
    : reader.fault('state', `${shown(value)} is no state. Use paid or cancelled; refunds are a list of their own.`);
}

function readCustomer(reader: Reader, value: unknown): { email: string | null; isNew: boolean | null } {
  if (value === undefined || value === null) return { email: null, isNew: null };
  if (!isFields(value)) {
    reader.fault('customer', 'Must be an object with "email" and "isNew".');
    return { email: null, isNew: null };
  }
  const email =
    value.email === undefined || value.email === null ? null : reader.text(value.email, 'customer.email', 320);
  const isNew = value.isNew;
  if (isNew !== undefined && isNew !== null && typeof isNew !== 'boolean')
    reader.fault('customer.isNew', 'Must be true or false.');
  return { email, isNew: typeof isNew === 'boolean' ? isNew : null };
}

function readItem(reader: Reader, value: unknown, at: { index: number; currency: string | null }): OrderItem | null {
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
  return name === null ? null : { name, sku, quantity, totalMinor: money?.amountMinor.toString() ?? null };
}

function readRefundFields(
  reader: Reader,
  value: unknown,
  at: { at: string; currency: string | null; now: Date },
): RefundFact | null {
  const field = (name: string) => (at.at === '' ? name : `${at.at}.${name}`);
  if (!isFields(value)) return reader.fault(at.at, 'Must be an object.');
  const externalId = reader.text(value.id, field('id'), 200);
  const money = reader.money(
    { amount: value.amount, total: value.total, currency: value.currency ?? at.currency },
    at.at,
  );
  const refundedAt =
    value.refundedAt === undefined || value.refundedAt === null
      ? at.now.toISOString()
      : reader.instant(value.refundedAt, field('refundedAt'));
  if (externalId === null || money === null || refundedAt === null) return null;
  if (money.amountMinor === 0n) return reader.fault(field('amount'), 'A refund of nothing.');
  return { externalId, ...money, refundedAt };
}

/** A body that contradicts itself is refused; refunds that arrive apart from their order are counted up to it. */
function checkRefunds(
  reader: Reader,
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
    sum += refund.amountMinor;
  }
  if (sum > money.amountMinor)
    reader.fault('refunds', `Refunds of ${sum} minor units are more than the order's ${money.amountMinor}.`);
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
