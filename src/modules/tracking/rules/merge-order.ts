import { codeKey } from './code.ts';
import { countRefunds, type RefundCount } from './count-refunds.ts';
import type { OrderDetails, OrderFacts, OrderLine, OrderState, RefundFact } from './order-facts.ts';

/** What is known of an order; each part with the instant of the version that said it last. */
export interface OrderRecord {
  details: { value: OrderDetails; at: string; rank?: number } | null;
  state: { value: OrderState; at: string } | null;
  refunds: RefundFact[];
}

export const emptyRecord: OrderRecord = { details: null, state: null, refunds: [] };

/**
 * Adds what an arrival says. Per part the newer version wins; of two versions of the same instant the one that is greater
 * as text (cancelled over paid), so that any order of arrivals, and any repeats, end in the same record.
 */
export function mergeOrder(record: OrderRecord, facts: Omit<OrderFacts, 'externalId'>): OrderRecord {
  return {
    details: newer(record.details, facts.details, detailsText),
    state: newer(record.state, facts.state, (state) => (state === 'cancelled' ? '1' : '0')),
    refunds: mergeRefunds([...record.refunds, ...facts.refunds]),
  };
}

interface Version<Value> {
  value: Value;
  at: string;
  rank?: number;
}

function newer<Value>(
  a: Version<Value> | null,
  b: Version<Value> | null,
  textOf: (value: Value) => string,
): Version<Value> | null {
  if (a === null || b === null) return a ?? b;
  const byRank = (a.rank ?? 0) - (b.rank ?? 0);
  if (byRank !== 0) return byRank > 0 ? a : b;
  const byTime = Date.parse(a.at) - Date.parse(b.at);
  if (byTime !== 0) return byTime > 0 ? a : b;
  return textOf(a.value) >= textOf(b.value) ? a : b;
}

/** Of each refund id the greatest version with the earliest of the days it was said to be of, in the order of the ids. */
export function mergeRefunds(refunds: readonly RefundFact[]): RefundFact[] {
  const byId = new Map<string, RefundFact>();
  for (const refund of refunds) {
    const known = byId.get(refund.externalId);
    if (known === undefined) byId.set(refund.externalId, refund);
    else {
      const winner = isGreater(refund, known) ? refund : known;
      byId.set(refund.externalId, { ...winner, refundedAt: earlier(refund.refundedAt, known.refundedAt) });
    }
  }
  return [...byId.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

function isGreater(a: RefundFact, b: RefundFact): boolean {
  const byTime = Date.parse(a.at) - Date.parse(b.at);
  if (byTime !== 0) return byTime > 0;
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.amountMinor !== b.amountMinor) return a.amountMinor > b.amountMinor;
  return refundText(a) > refundText(b);
}

function earlier(a: string, b: string): string {
  return Date.parse(a) <= Date.parse(b) ? a : b;
}

function refundText(refund: RefundFact): string {
  const lines = refund.lines.map((line) => [line.lineId, line.quantity, line.amountMinor]);
  return JSON.stringify([refund.currency, refund.state, refund.kind, lines, refund.reason]);
}

// Written out, since JSON from the database may hold its fields in another order.
function detailsText(details: OrderDetails): string {
  return JSON.stringify([
    details.amountMinor.padStart(20, '0'),
    details.currency,
    details.orderedAt,
    details.codes,
    details.clickIds,
    details.customerHash,
    details.isNewCustomer,
    details.items.map((item) => [
      item.name,
      item.sku,
      item.quantity,
      item.totalMinor,
      item.id ?? null,
      item.product ?? null,
    ]),
    details.notices,
    details.label ?? null,
  ]);
}

/** The order as the rest of the program sees it. Amounts in minor units of `currency`. */
export interface DerivedOrder {
  label?: string | null;
  orderedAt: string;
  amountMinor: bigint;
  currency: string;
  refundedMinor: bigint;
  state: OrderState;
  codes: string[];
  codeKeys: string[];
  clickIds: string[];
  customerHash: string | null;
  isNewCustomer: boolean | null;
  items: OrderLine[];
  notices: string[];
  /** What each refund counts, in the order of the record. */
  counts: RefundCount[];
}

/** The order that follows from a record; null while nothing but refunds or a cancellation is known. */
export function deriveOrder(record: OrderRecord): DerivedOrder | null {
  if (record.details === null) return null;
  const { notices, ...details } = record.details.value;
  const amountMinor = BigInt(details.amountMinor);
  const counted = countRefunds({ ...details, amountMinor }, record.refunds);
  return {
    ...details,
    amountMinor,
    refundedMinor: counted.refundedMinor,
    state: record.state?.value ?? 'paid',
    codeKeys: [...new Set(details.codes.map(codeKey))],
    items: counted.lines,
    notices: [...notices, ...counted.notices],
    counts: counted.counts,
  };
}
