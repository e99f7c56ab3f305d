import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { readShops } from '#modules/shops/index.ts';
import type { Product, ProductVariant } from '../api.ts';
import { type ProductRow, selectProductsByIds, selectVariants, type VariantRow } from '../queries/products.ts';
import { moneyOrNull } from '../read-money.ts';

/** Products with their variants as they are answered, in the order given. */
export async function presentProducts(tx: Tx, workspaceId: string, rows: readonly ProductRow[]): Promise<Product[]> {
  const variants = await selectVariants(
    tx,
    workspaceId,
    rows.map((row) => row.id),
  );
  const of = Map.groupBy(variants, (variant) => variant.product_id);
  const isOfShop = rows.some((row) => row.shop_id !== null);
  const names = new Map(isOfShop ? (await readShops(tx, workspaceId)).map((shop) => [shop.id, shop.name]) : []);
  return rows.map((row) =>
    toProduct(row, { variants: of.get(row.id) ?? [], shopName: names.get(row.shop_id ?? '') ?? '' }),
  );
}

/** Error: not_found. */
export async function getProductOf(tx: Tx, workspaceId: string, id: string): Promise<Product> {
  const [product] = await presentProducts(tx, workspaceId, await selectProductsByIds(tx, workspaceId, [id]));
  if (product === undefined) throw notFound('product');
  return product;
}

function toProduct(
  row: ProductRow,
  { variants, shopName }: { variants: readonly VariantRow[]; shopName: string },
): Product {
  return {
    id: row.id,
    name: row.name,
    category: row.category,
    description: row.description,
    shop: row.shop_id === null ? null : { id: row.shop_id, name: shopName },
    shipsTo: row.ships_to,
    pictureId: row.picture_file_id,
    state: row.state === 'active' ? 'active' : 'gone',
    variants: variants
      // Of a product that is gone all are shown, else only what is on sale.
      .filter((variant) => row.state === 'gone' || variant.state === 'active')
      .map(toVariant),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function toVariant(row: VariantRow): ProductVariant {
  return {
    id: row.id,
    sku: row.sku,
    title: row.title,
    options: row.options,
    cost: moneyOrNull(row.cost_minor, row.currency),
    price: moneyOrNull(row.price_minor, row.currency),
    stock: row.stock,
    held: row.held,
    available: availableOf(row),
    weightGrams: row.weight_grams,
    state: row.state === 'active' ? 'active' : 'gone',
  };
}

/** Stock less what is held, never below 0; null when it is not counted. */
export function availableOf(row: Pick<VariantRow, 'stock' | 'held'>): number | null {
  return row.stock === null ? null : Math.max(0, row.stock - row.held);
}
