import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { OrderShopAdapter } from '#modules/tracking/index.ts';
import { systemReach } from './call-api.ts';
import { createShopifyOrders } from './shopify/orders.ts';
import { createStripeOrders } from './stripe/orders.ts';
import { createWooOrders } from './woocommerce/orders.ts';

/** Every kind of shop whose orders can come in. None does anything before a workspace makes a source of it. */
export function createOrderShops(fetch: SafeFetch, reach = systemReach(fetch)): OrderShopAdapter[] {
  return [createShopifyOrders(reach), createWooOrders(reach), createStripeOrders(reach)];
}
