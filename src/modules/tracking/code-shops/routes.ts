import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { findShopItems, listCodeShops, updateCodeShop } from './manage-code-shops.ts';
import type { CodeShopAdapter } from './port.ts';
import { syncCodeShop } from './sync-codes.ts';

export function codeShopRoutes(infra: Infra, adapters: readonly CodeShopAdapter[]): Route[] {
  return [
    route(api.listCodeShops, (call) => listCodeShops(infra, call)),
    route(api.updateCodeShop, (call) => updateCodeShop(infra, call)),
    route(api.syncCodeShop, (call) => syncCodeShop(infra, call)),
    route(api.findShopItems, (call) => findShopItems(infra, adapters, call)),
  ];
}
