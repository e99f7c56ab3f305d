import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ProductRow {
  id: string;
  shop_id: string | null;
  is_shop_off: boolean;
  name: string;
  category: string | null;
  description: string | null;
  ships_to: string[] | null;
  picture_file_id: string | null;
  state: string;
  updated_at: Date;
}

export interface VariantRow {
  id: string;
  product_id: string;
  shop_id: string | null;
  external_id: string | null;
  sku: string | null;
  options: Record<string, string>;
  title: string;
  cost_minor: bigint | null;
  price_minor: bigint | null;
  currency: string;
  stock: number | null;
  weight_grams: number | null;
  state: string;
  /** Chosen and not sent. */
  held: number;
}

const productColumns = sql`
  select p.id, p.shop_id, coalesce(not s.is_on, false) as is_shop_off, p.name, p.category, p.description, p.ships_to, p.picture_file_id, p.state, p.updated_at
  from product p left join shop_catalogue s on s.workspace_id = p.workspace_id and s.shop_id = p.shop_id`;

const heldOf = (workspaceId: string) => sql`
  coalesce((select sum(l.quantity) from pick_line l join pick k on k.workspace_id = l.workspace_id and k.id = l.pick_id
    where l.workspace_id = ${workspaceId} and l.variant_id = v.id and k.state in ('submitted', 'approved') and not k.is_sent), 0)::int as held`;

export interface ProductFilter {
  q: string | null;
  category: string | null;
  /** `own` is of no shop. */
  shopId: string | null;
  state: 'active' | 'gone' | 'all';
}

const matching = (workspaceId: string, filter: ProductFilter) => {
  const like = filter.q === null ? null : `%${filter.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql`p.workspace_id = ${workspaceId}
    and (${filter.state} = 'all' or p.state = ${filter.state})
    and (${filter.category}::text is null or p.category = ${filter.category})
    and (${filter.shopId}::text is null or coalesce(p.shop_id, 'own') = ${filter.shopId})
    and (${like}::text is null or lower(p.name) like ${like} or exists (
      select from product_variant v where v.workspace_id = ${workspaceId} and v.product_id = p.id and lower(v.sku) like ${like}))`;
};

/** Products by name, ties by id. */
export async function selectProducts(
  tx: Tx,
  workspaceId: string,
  of: { filter: ProductFilter; after: { name: string; id: string } | null; limit: number },
): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    ${productColumns} where ${matching(workspaceId, of.filter)}
      and (${of.after?.id ?? null}::text is null or (lower(p.name), p.id) > (${of.after?.name ?? ''}, ${of.after?.id ?? ''}))
    order by lower(p.name), p.id limit ${of.limit}`.execute(tx);
  return rows;
}

export async function countProducts(tx: Tx, workspaceId: string, filter: ProductFilter): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from product p where ${matching(workspaceId, filter)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function selectCategories(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`
    select distinct category from product where workspace_id = ${workspaceId} and category is not null and state = 'active' order by 1 limit 200`.execute(
    tx,
  );
  return rows.map((row) => row.category);
}

export async function selectProductsByIds(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ProductRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<ProductRow>`
    ${productColumns} where p.workspace_id = ${workspaceId} and p.id = any(${ids}::text[]) order by lower(p.name), p.id`.execute(
    tx,
  );
  return rows;
}

/** Variants of the products, in their order; those that are gone too. */
export async function selectVariants(
  tx: Tx,
  workspaceId: string,
  productIds: readonly string[],
): Promise<VariantRow[]> {
  if (productIds.length === 0) return [];
  const { rows } = await sql<VariantRow>`
    select v.id, v.product_id, v.shop_id, v.external_id, v.sku, v.options, v.title, v.cost_minor, v.price_minor, v.currency, v.stock, v.weight_grams, v.state, ${heldOf(workspaceId)}
    from product_variant v where v.workspace_id = ${workspaceId} and v.product_id = any(${productIds}::text[])
    order by v.product_id, v.sort, v.id`.execute(tx);
  return rows;
}

/**
 * Variants held until the transaction ends, in one order for everybody, so that two who want the last piece come one after the other. What is held
 * is counted after the lock, in a statement of its own, since a statement does not see what others committed while it waited.
 */
export async function lockVariants(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<VariantRow[]> {
  if (ids.length === 0) return [];
  await sql`select id from product_variant where workspace_id = ${workspaceId} and id = any(${ids}::text[]) order by id for update`.execute(
    tx,
  );
  const { rows } = await sql<VariantRow>`
    select v.id, v.product_id, v.shop_id, v.external_id, v.sku, v.options, v.title, v.cost_minor, v.price_minor, v.currency, v.stock, v.weight_grams, v.state, ${heldOf(workspaceId)}
    from product_variant v where v.workspace_id = ${workspaceId} and v.id = any(${ids}::text[]) order by v.id`.execute(
    tx,
  );
  return rows;
}

/** Takes pieces out of stock, or puts them back when negative; what is not counted stays so. */
export async function takeStock(
  tx: Tx,
  workspaceId: string,
  lines: readonly { variantId: string; quantity: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    update product_variant v set stock = v.stock - t.quantity, updated_at = now()
    from unnest(${lines.map((line) => line.variantId)}::text[], ${lines.map((line) => line.quantity)}::int[]) as t (id, quantity)
    where v.workspace_id = ${workspaceId} and v.id = t.id and v.stock is not null`.execute(tx);
}

export async function lockProduct(tx: Tx, workspaceId: string, id: string) {
  return tx
    .selectFrom('product')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Own products and variants that bear these names or SKUs, by lower case. */
export async function selectOwnByKeys(
  tx: Tx,
  workspaceId: string,
  keys: { names: readonly string[]; skus: readonly string[] },
) {
  const products = await sql<{ id: string; key: string }>`
    select id, lower(name) as key from product where workspace_id = ${workspaceId} and shop_id is null and lower(name) = any(${keys.names}::text[])`.execute(
    tx,
  );
  const skus = await sql<{ id: string; product_id: string; product_key: string; key: string }>`
    select v.id, v.product_id, lower(p.name) as product_key, lower(v.sku) as key from product_variant v
    join product p on p.workspace_id = v.workspace_id and p.id = v.product_id
    where v.workspace_id = ${workspaceId} and v.shop_id is null and lower(v.sku) = any(${keys.skus}::text[])`.execute(
    tx,
  );
  return { products: products.rows, skus: skus.rows };
}
