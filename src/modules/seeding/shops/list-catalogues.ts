import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { findShop, readShops, whyShut } from '#modules/shops/index.ts';
import type { listShopProducts as listEndpoint, ShopProducts, syncShopProducts as syncEndpoint } from '../api.ts';
import { enqueueSync } from '../enqueue.ts';
import { seedingError } from '../errors.ts';
import { type CatalogueRow, selectCatalogue, selectCatalogues } from '../queries/shops.ts';

export async function listShopProducts(infra: Infra, call: Call<typeof listEndpoint>): Promise<ShopProducts[]> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const catalogues = new Map((await selectCatalogues(tx, workspaceId)).map((row) => [row.shop_id, row]));
    return (await readShops(tx, workspaceId)).flatMap((shop) => {
      const row = catalogues.get(shop.id);
      return row === undefined || (!row.is_on && row.products === 0) ? [] : [toShopProducts(row, shop.name)];
    });
  });
}

/** Asks for a reading in the background. Errors: not_found, not_connected. */
export async function askForSync(infra: Infra, call: Call<typeof syncEndpoint>): Promise<ShopProducts> {
  const { workspaceId, input } = call;
  const { shop, row } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    shop: await findShop(tx, workspaceId, input.shopId),
    row: await selectCatalogue(tx, workspaceId, input.shopId),
  }));
  if (shop === undefined) throw notFound('shop');
  const reason = whyShut(shop, 'products');
  if (reason !== null || row === undefined) throw seedingError('not_connected', reason ?? `${shop.name} is not read.`);
  await enqueueSync(infra, { workspaceId, shopId: shop.id });
  return toShopProducts(row, shop.name);
}

function toShopProducts(row: CatalogueRow, name: string): ShopProducts {
  return {
    shopId: row.shop_id,
    name,
    products: row.products,
    sync: {
      isRunning: row.sync_run !== null,
      endedAt: row.sync_ended_at?.toISOString() ?? null,
      variants: row.sync_counts.variants ?? null,
      gone: row.sync_counts.gone ?? null,
      message: row.sync_message,
    },
  };
}
