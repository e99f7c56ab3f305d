import type { PostalAddress, ShipmentEventKind, ShopAbout, ShopKind } from '../api.ts';

/** What an adapter may use while it speaks with a shop. */
export interface ShopAccess {
  /** Host name of the shop. */
  address: string;
  credentials: Record<string, string>;
  /** ISO 4217, in which the shop's prices stand; null before it was asked. */
  currency: string | null;
  now: Date;
  signal: AbortSignal;
}

export interface ShopVariant {
  productId: string;
  productName: string;
  category: string | null;
  description: string | null;
  pictureUrl: string | null;
  /** False for drafts and what was taken from sale. */
  isOnSale: boolean;
  variantId: string;
  sku: string | null;
  options: Record<string, string>;
  /** Minor units of the shop's currency; null when the shop does not know. */
  costMinor: bigint | null;
  priceMinor: bigint | null;
  /** Null when the shop does not count it, or sells it beyond what is there. */
  stock: number | null;
  weightGrams: number | null;
}

export interface ShopOrderAsk {
  /** Under which the order is found again; never used for another one. */
  key: string;
  tags: string[];
  note: string;
  lines: { variantId: string; quantity: number; name: string }[];
  address: PostalAddress;
  email: string | null;
}

export interface ShopOrder {
  id: string;
  /** As the shop's people call it, such as `#1042`. */
  name: string;
  url: string | null;
}

/** How a shop says an order stands. */
export interface ShopOrderStand extends ShopOrder {
  /** `at` null where the shop says no time that stays the same. */
  events: { kind: ShipmentEventKind; at: Date | null }[];
  tracking: { carrier: string | null; number: string | null; url: string | null } | null;
  /** What the carrier reports as wrong. */
  trouble: string | null;
}

/**
 * A kind of shop: declared here, implemented by an adapter of src/integrations. Adapters keep nothing. An order is made in two steps: `prepareOrder`
 * makes a draft that nobody is sent anything for, `completeOrder` makes it an order. Only the draft that was written down is ever completed, so that
 * an answer that got lost leads at worst to a draft too many, never to two parcels.
 */
export interface ShopAdapter {
  kind: ShopKind;
  about: ShopAbout;
  /** The host name out of what was entered; null when it is none of this kind of shop. */
  addressOf(values: Record<string, string>): string | null;
  /** Asks once whether the key works and may do what is needed. Throws ShopFault. */
  check(access: ShopAccess): Promise<{ name: string; currency: string }>;
  /** Reads one page of what is sold; the cursor is the adapter's own and comes back as it was given. Throws ShopFault. */
  readVariants(access: ShopAccess, cursor: unknown): Promise<{ variants: ShopVariant[]; cursor: unknown }>;
  /** Looks for what was made under a key: a draft, an order, or nothing. `since` is when the first try was made. Throws ShopFault. */
  findOrder(
    access: ShopAccess,
    of: { key: string; since: Date },
  ): Promise<{ draftId: string; order: ShopOrder | null } | null>;
  /** Makes a draft at 100 % off after a look at stock. Throws ShopFault: no_stock, product_gone and address_refused among others. */
  prepareOrder(access: ShopAccess, ask: ShopOrderAsk): Promise<{ draftId: string }>;
  /** Makes the draft an order; one that is an order already is answered as it is. Throws ShopFault. */
  completeOrder(access: ShopAccess, draftId: string): Promise<ShopOrder>;
  /** How orders stand; those the shop no longer has are absent. At most `ordersPerAsk` ids. Throws ShopFault. */
  readOrders(access: ShopAccess, ids: readonly string[]): Promise<ShopOrderStand[]>;
}

export const ordersPerAsk = 50;

/**
 * Why a shop did not do what was asked. disconnected: the key does not work (any more), somebody must act; rate_limited and unavailable: try again,
 * not before `retryAt`; the others concern this order alone and do not pass by themselves.
 */
export type ShopFaultKind =
  | 'disconnected'
  | 'rate_limited'
  | 'unavailable'
  | 'no_stock'
  | 'product_gone'
  | 'address_refused'
  | 'refused';

export class ShopFault extends Error {
  readonly kind: ShopFaultKind;
  readonly retryAt: Date | null;

  constructor(kind: ShopFaultKind, message: string, retryAt: Date | null = null) {
    super(message);
    this.name = 'ShopFault';
    this.kind = kind;
    this.retryAt = retryAt;
  }
}
