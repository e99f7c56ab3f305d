/** One line of an order; its total in minor units of the order's currency. */
export interface OrderItem {
  name: string;
  sku: string | null;
  quantity: number;
  totalMinor: string | null;
}

/** What a version of an order says, all of it; kept as JSON, so amounts are text. */
export interface OrderDetails {
  orderedAt: string;
  amountMinor: string;
  currency: string;
  codes: string[];
  clickIds: string[];
  /** HMAC of the customer's address, hex. */
  customerHash: string | null;
  isNewCustomer: boolean | null;
  items: OrderItem[];
  notices: string[];
}

export type OrderState = 'paid' | 'cancelled';

export interface RefundFact {
  externalId: string;
  amountMinor: bigint;
  currency: string;
  /** ISO instant. */
  refundedAt: string;
}

/** What one arrival says of one order. A part that is null was not spoken of. */
export interface OrderFacts {
  externalId: string;
  details: { value: OrderDetails; at: string } | null;
  state: { value: OrderState; at: string } | null;
  refunds: RefundFact[];
}
