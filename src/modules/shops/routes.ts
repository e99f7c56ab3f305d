import { type Route, route } from '#infra/http/call.ts';
import * as api from './api.ts';
import { connectShop, type ShopParts } from './connect-shop.ts';
import { disconnectShop, listShops, updateShop, whatShopStops } from './manage-shops.ts';
import { testShop } from './test-shop.ts';

export function shopsRoutes(parts: ShopParts): Route[] {
  return [
    route(api.listShops, (call) => listShops(parts, call)),
    route(api.connectShop, (call) => connectShop(parts, call)),
    route(api.updateShop, (call) => updateShop(parts, call)),
    route(api.testShop, (call) => testShop(parts, call)),
    route(api.whatShopStops, (call) => whatShopStops(parts, call)),
    route(api.disconnectShop, (call) => disconnectShop(parts, call)),
  ];
}
