import type { ShopAccess } from '#modules/shops/index.ts';
import type { DeliveryVerdict } from '../rules/read-delivery.ts';
import type { SignatureVerdict, Signed } from '../verify-signature.ts';

export const orderShopKinds = ['shopify', 'woocommerce', 'stripe'] as const;
export type OrderShopKind = (typeof orderShopKinds)[number];

/** What a delivery calls itself: its id, unique for ever at its sender, and what it is about. */
export interface DeliveryName {
  /** Null where the sender gives none: the same bytes are then the same delivery. */
  id: string | null;
  topic: string | null;
}

/** One thing as the shop's API or webhook would say it, ready to be read. */
export interface PulledDelivery {
  id: string;
  topic: string;
  body: string;
}

/** A delivery made up to try a source with: what the shop would send and how it would sign it. */
export interface SampleDelivery {
  body: string;
  headers: Record<string, string>;
}

/**
 * A kind of shop whose orders come in: declared here, implemented by an adapter of src/integrations. Everything but `pull` is pure and reads no clock.
 */
export interface OrderShopAdapter {
  kind: OrderShopKind;
  /** Judges the signature over the raw body by the secrets that are valid now. */
  verify(signed: Signed & { settings: Readonly<Record<string, unknown>> }): SignatureVerdict;
  nameOf(headers: Headers, body: unknown): DeliveryName;
  /** True for what a shop sends to see whether somebody is there; it is answered and not kept. */
  isPing(headers: Headers, body: Buffer): boolean;
  /** What a body (numbers exact, see readExactJson) says; the same for the body as it is kept after `kept`. */
  read(delivery: { topic: string | null; body: unknown }, now: Date): DeliveryVerdict;
  /** Names of the fields that are kept of a body, at any depth; a customer's address is kept as its hash. */
  kept: ReadonlySet<string>;
  sample(of: { secret: string; now: Date; id: string }): SampleDelivery;
  /** A page of past orders since an instant, as deliveries, and where to go on; null at the end. Throws ShopFault. */
  pull(
    access: ShopAccess,
    of: { since: Date; cursor: unknown },
  ): Promise<{ deliveries: PulledDelivery[]; cursor: unknown }>;
}
