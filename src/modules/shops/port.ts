import type { Tx } from '#infra/db/database.ts';
import type { ShopAbout, ShopKind, ShopUse } from './api.ts';

/** What an adapter may use while it speaks with a shop. */
export interface ShopAccess {
  /** Host name and folder of the shop; the account's id for a payment service. */
  address: string;
  credentials: Record<string, string>;
  /** ISO 4217, in which the shop sells; null before it was asked. */
  currency: string | null;
  now: Date;
  signal: AbortSignal;
}

/**
 * Why a shop did not do what was asked. disconnected: the key does not work (any more); forbidden: it works and may not do this; in both somebody
 * must act. rate_limited and unavailable: try again, not before `retryAt`; the others concern this order or code alone and do not pass by themselves.
 */
export type ShopFaultKind =
  | 'disconnected'
  | 'forbidden'
  | 'rate_limited'
  | 'unavailable'
  | 'no_stock'
  | 'product_gone'
  | 'address_refused'
  | 'refused';

/** Why a shop did not do what it was asked, in words for the brand. */
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

export interface ShopCheck {
  name: string;
  currency: string;
  address: string;
  storefront: string | null;
  /** What the key may not do and a use needs, by name. */
  lacks: Partial<Record<ShopUse, string[]>>;
}

/** How a kind of shop is connected: declared here, implemented by an adapter of src/integrations. Adapters keep nothing. */
export interface ShopConnector {
  kind: ShopKind;
  about: ShopAbout;
  /** The address out of what was entered; null when it is none of this kind, `''` when the shop itself has to say. */
  addressOf(values: Record<string, string>): string | null;
  /** Asks once whether the key works and what it may do. Throws ShopFault. */
  check(access: ShopAccess): Promise<ShopCheck>;
}

/** A part of the program that uses connected shops. Modules that use shops hand one each to `createShops`. */
export interface ShopUser {
  use: ShopUse;
  /** Follows the connection in the transaction that changed or tried it; what waited for the shop is due when it is on. Repeats end the same. */
  follow(tx: Tx, of: { workspaceId: string; shopId: string; isOn: boolean; at: Date }): Promise<void>;
  /** Begins what is due now, after that transaction; a crash before it only leaves it to the next run of the jobs. */
  begin(of: { workspaceId: string; shopId: string }): Promise<void>;
  /** What would stop if the shop were let go, in sentences. */
  whatStops(tx: Tx, workspaceId: string, shopId: string): Promise<string[]>;
}
