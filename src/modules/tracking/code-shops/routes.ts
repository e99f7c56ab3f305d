import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import {
  connectCodeShop,
  disconnectCodeShop,
  findShopItems,
  listCodeShops,
  testCodeShop,
  updateCodeShop,
} from './manage-code-shops.ts';
import type { CodeShopAdapter } from './port.ts';
import { syncCodeShop } from './sync-codes.ts';

export function codeShopRoutes(infra: Infra, adapters: readonly CodeShopAdapter[]): Route[] {
  return [
    route(api.listCodeShops, (call) => listCodeShops(infra, adapters, call)),
    route(api.connectCodeShop, (call) => connectCodeShop(infra, adapters, call)),
    route(api.updateCodeShop, (call) => updateCodeShop(infra, call)),
    route(api.testCodeShop, (call) => testCodeShop(infra, adapters, call)),
    route(api.syncCodeShop, (call) => syncCodeShop(infra, call)),
    route(api.disconnectCodeShop, (call) => disconnectCodeShop(infra, call)),
    route(api.findShopItems, (call) => findShopItems(infra, adapters, call)),
  ];
}
