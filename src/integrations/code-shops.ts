import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { CodeShopAdapter } from '#modules/tracking/index.ts';
import { systemReach } from './call-api.ts';
import { createShopifyCodes } from './shopify/codes.ts';
import { createStripeCodes } from './stripe/codes.ts';
import { createWooCodes } from './woocommerce/codes.ts';

/** Every kind of shop in which codes can be made. None does anything before a workspace connects one. */
export function createCodeShops(fetch: SafeFetch, reach = systemReach(fetch)): CodeShopAdapter[] {
  return [createShopifyCodes(reach), createWooCodes(reach), createStripeCodes(reach)];
}
