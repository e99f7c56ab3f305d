import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { ShopConnector } from '#modules/shops/index.ts';
import { systemReach } from './call-api.ts';
import { createShopifyConnector } from './shopify/connect.ts';
import { createStripeConnector } from './stripe/connect.ts';
import { createWooConnector } from './woocommerce/connect.ts';

/** Every kind of shop that can be connected. None does anything before a workspace connects one. */
export function createShopConnectors(fetch: SafeFetch, reach = systemReach(fetch)): ShopConnector[] {
  return [createShopifyConnector(reach), createWooConnector(reach), createStripeConnector(reach)];
}
