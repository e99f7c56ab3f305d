import type { ShopKind } from '#modules/shops/api.ts';
import type { ShopAccess } from '#modules/shops/index.ts';
import type { PostalAddress, ShipmentEventKind } from '../api.ts';

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
 * Products and gifts of a kind of shop: declared here, implemented by an adapter of src/integrations. Adapters keep nothing. An order is made in two steps: `prepareOrder`
 * makes a draft that nobody is sent anything for, `completeOrder` makes it an order. Only the draft that was written down is ever completed, so that
 * an answer that got lost leads at worst to a draft too many, never to two parcels.
 */
export interface ShopAdapter {
  kind: ShopKind;
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

export function adapterOf(adapters: readonly ShopAdapter[], kind: ShopKind): ShopAdapter {
  const adapter = adapters.find((one) => one.kind === kind);
  if (adapter === undefined) throw new Error(`No adapter for ${kind}`);
  return adapter;
}
