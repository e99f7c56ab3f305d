import type { ShopUser } from '#modules/shops/index.ts';
import { selectCodeShop, setCodeShopOn } from '../queries/code-shops.ts';
import { retryShop } from '../queries/codes-in-shops.ts';
import { runningBackfillsOf } from '../queries/order-backfills.ts';

const nothing = async () => undefined;

/** Connected shops as the place where codes are made, changed and ended. The job of the next minute makes what is due. */
export function codesInShops(): ShopUser {
  return {
    use: 'codes',
    follow: async (tx, { workspaceId, shopId, isOn, at }) => {
      await setCodeShopOn(tx, workspaceId, { shopId, isOn, at });
      if (isOn) await retryShop(tx, workspaceId, { shopId, at });
    },
    begin: nothing,
    whatStops: async (tx, workspaceId, shopId) => {
      const row = await selectCodeShop(tx, workspaceId, shopId);
      if (row === undefined) return [];
      const { made, waiting } = row;
      return [
        ...(made === 0
          ? []
          : [`${made} ${made === 1 ? 'code stays' : 'codes stay'} in the shop: changes made here no longer reach it.`]),
        ...(waiting === 0
          ? []
          : [
              `${waiting} ${waiting === 1 ? 'code waits' : 'codes wait'} to be made there: that comes to nothing until it is connected again.`,
            ]),
        ...(row.is_default ? ['New codes are no longer made there.'] : []),
      ];
    },
  };
}

/** Connected shops as the place past orders are read from. Orders from now on come by webhooks, which have a secret of their own. */
export function ordersFromShops(): ShopUser {
  return {
    use: 'orders',
    follow: nothing,
    begin: nothing,
    whatStops: async (tx, workspaceId, shopId) => {
      const running = await runningBackfillsOf(tx, workspaceId, shopId);
      return [
        ...(running === 0 ? [] : ['Past orders that are being read stop where they are.']),
        'Past orders can no longer be read. Webhooks of order sources go on: they have a secret of their own.',
      ];
    },
  };
}
