import type { MailHostKind } from './disposable-domains.ts';

/** One line of an order; its total in minor units of the order's currency. Older rows have neither `id` nor `product`. */
export interface OrderItem {
  /** The line's id at its source. */
  id?: string | null;
  name: string;
  sku: string | null;
  /** The product's id at its source. */
  product?: string | null;
  quantity: number;
  totalMinor: string | null;
}

/** A line with what was given back of it, by the refunds that name it. */
export interface OrderLine extends OrderItem {
  refundedQuantity?: number;
  refundedMinor?: string;
}

/** Of a mailbox: hash of its one spelling, hash of its host unless everybody uses it, kind of host. */
export interface CustomerMarks {
  mailbox: string;
  host: string | null;
  kind: MailHostKind;
}

/** What a version of an order says, all of it; kept as JSON, so amounts are text. */
export interface OrderDetails {
  /** What people at the source call the order, such as #1017; left out where the id is its name. */
  label?: string;
  orderedAt: string;
  amountMinor: string;
  currency: string;
  codes: string[];
  clickIds: string[];
  /** HMAC of the customer's address, hex. */
  customerHash: string | null;
  /** What else is kept of the address; left out by versions from before it was. */
  customerMarks?: CustomerMarks | null;
  isNewCustomer: boolean | null;
  items: OrderItem[];
  notices: string[];
}

export type OrderState = 'paid' | 'cancelled';

/** What a refund gave back of one line; null where the source does not say. */
export interface RefundLine {
  lineId: string;
  quantity: number | null;
  amountMinor: string | null;
}

export const refundKinds = ['refund', 'chargeback'] as const;
export type RefundKind = (typeof refundKinds)[number];
/** void: a chargeback that was won, a refund that failed. It stays, and counts nothing. */
export type RefundState = 'standing' | 'void';

export interface RefundFact {
  externalId: string;
  kind: RefundKind;
  state: RefundState;
  amountMinor: bigint;
  currency: string;
  /** ISO instant. */
  refundedAt: string;
  /** ISO instant of the version, and its rank among versions of that instant. */
  at: string;
  rank: number;
  lines: RefundLine[];
  reason: string | null;
}

/** What one arrival says of one order. A part that is null was not spoken of. */
export interface OrderFacts {
  externalId: string;
  /** `rank`: of two versions the greater wins before time is asked; 0 when left out. */
  details: { value: OrderDetails; at: string; rank?: number } | null;
  state: { value: OrderState; at: string } | null;
  refunds: RefundFact[];
}
