import type { Tx } from '#infra/db/database.ts';
import type { ShopKind } from '#modules/shops/api.ts';
import { readShops } from '#modules/shops/index.ts';
import { type CodeInShopRow, selectCodesInShops } from '../queries/codes-in-shops.ts';

export interface CodeInNamedShop extends CodeInShopRow {
  shop_name: string;
  kind: ShopKind;
  storefront: string | null;
}

/** How these codes stand in the shops they are wanted in, with what the shops are called. */
export async function readCodesInShops(
  tx: Tx,
  workspaceId: string,
  codeIds: readonly string[],
): Promise<CodeInNamedShop[]> {
  const rows = await selectCodesInShops(tx, workspaceId, codeIds);
  if (rows.length === 0) return [];
  const shops = new Map((await readShops(tx, workspaceId)).map((shop) => [shop.id, shop]));
  return rows.flatMap((row) => {
    const shop = shops.get(row.shop_id);
    return shop === undefined ? [] : [{ ...row, shop_name: shop.name, kind: shop.kind, storefront: shop.storefront }];
  });
}
