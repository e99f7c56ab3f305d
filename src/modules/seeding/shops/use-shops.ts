import type { Infra } from '#infra/module.ts';
import type { ShopUser } from '#modules/shops/index.ts';
import { enqueueOrders, enqueueSync } from '../enqueue.ts';
import { wakeParcels } from '../queries/parcels.ts';
import { countShopParcels, selectCatalogue, setCatalogueOn } from '../queries/shops.ts';

const count = (n: number, one: string, more: string) => `${n} ${n === 1 ? one : more}`;

/** Connected shops as the place where products come from and gifts are ordered. */
export function giftsFromShops(infra: Infra): ShopUser {
  return {
    use: 'products',
    follow: async (tx, { workspaceId, shopId, isOn, at }) => {
      await setCatalogueOn(tx, workspaceId, { shopId, isOn });
      if (isOn) await wakeParcels(tx, workspaceId, { shopId, now: at });
    },
    begin: async (of) => {
      await enqueueSync(infra, of);
      await enqueueOrders(infra);
    },
    whatStops: async (tx, workspaceId, shopId) => {
      const catalogue = await selectCatalogue(tx, workspaceId, shopId);
      const { waiting, under_way: underWay } = await countShopParcels(tx, workspaceId, shopId);
      const products = catalogue?.products ?? 0;
      return [
        ...(products === 0 ? [] : [`${count(products, 'product', 'products')} can no longer be chosen by creators.`]),
        ...(waiting === 0
          ? []
          : [
              `${count(waiting, 'parcel waits', 'parcels wait')} to be ordered there: that fails until it is connected again.`,
            ]),
        ...(underWay === 0
          ? []
          : [
              `Where ${count(underWay, 'parcel', 'parcels')} on the way ${underWay === 1 ? 'is' : 'are'} is no longer asked for.`,
            ]),
      ];
    },
  };
}
