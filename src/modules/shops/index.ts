import type { Infra, Module } from '#infra/module.ts';
import type { ShopConnector, ShopUser } from './port.ts';
import { shopsRoutes } from './routes.ts';

export { needsNewKey, noteShopFault, openShop } from './open-shop.ts';
export {
  type ShopAccess,
  type ShopConnector,
  ShopFault,
  type ShopFaultKind,
  type ShopUser,
} from './port.ts';
export {
  type ShopRow as ConnectedShop,
  selectShop as findShop,
  selectShops as readShops,
  selectWorkingShops as readWorkingShops,
  stateWorking as noteShopWorks,
} from './queries.ts';
export { whyShut } from './rules/why-shut.ts';

/** `connectors`: the kinds of shop that can be connected; `users`: the parts that use them. Nothing reaches out before a workspace connects one. */
export function createShops(
  infra: Infra,
  of: { connectors: readonly ShopConnector[]; users: readonly ShopUser[] },
): Module {
  return { name: 'shops', routes: shopsRoutes({ infra, ...of }) };
}
