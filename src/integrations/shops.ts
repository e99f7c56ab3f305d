import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { ShopAdapter } from '#modules/seeding/index.ts';
import { systemReach } from './call-api.ts';
import { createShopify } from './shopify/shopify.ts';
import { createWooCommerce } from './woocommerce/woocommerce.ts';

/** Every kind of shop there is an adapter for. None does anything before a workspace connects one. */
export function createShops(fetch: SafeFetch, reach = systemReach(fetch)): ShopAdapter[] {
  return [createShopify(reach), createWooCommerce(reach)];
}
