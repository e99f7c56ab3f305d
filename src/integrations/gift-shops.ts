import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { ShopAdapter } from '#modules/seeding/index.ts';
import { systemReach } from './call-api.ts';
import { createShopify } from './shopify/shopify.ts';
import { createWooCommerce } from './woocommerce/woocommerce.ts';

/** Every kind of shop products come from and gifts are ordered in. None does anything before a workspace connects one. */
export function createGiftShops(fetch: SafeFetch, reach = systemReach(fetch)): ShopAdapter[] {
  return [createShopify(reach), createWooCommerce(reach)];
}
