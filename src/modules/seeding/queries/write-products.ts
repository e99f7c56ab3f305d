import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ProductChange {
  name?: string;
  category?: string | null;
  description?: string | null;
  ships_to?: string[] | null;
  state?: 'active' | 'gone';
  picture_file_id?: string | null;
}

export async function updateProductRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: ProductChange; at: Date },
): Promise<void> {
  await tx
    .updateTable('product')
    .set({ ...of.change, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export interface NewProduct {
  id: string;
  name: string;
  category: string | null;
  description: string | null;
  shipsTo: string[] | null;
  createdBy: string;
}

export async function insertProducts(tx: Tx, workspaceId: string, rows: readonly NewProduct[]): Promise<void> {
  if (rows.length === 0) return;
  const given = JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      name: row.name,
      category: row.category,
      description: row.description,
      ships_to: row.shipsTo,
      created_by: row.createdBy,
    })),
  );
  await sql`
    insert into product (workspace_id, id, name, category, description, ships_to, created_by)
    select ${workspaceId}, g.id, g.name, g.category, g.description, g.ships_to, g.created_by
    from json_to_recordset(${given}::json) as g (id text, name text, category text, description text, ships_to text[], created_by text)`.execute(
    tx,
  );
}

export interface VariantWrite {
  id: string;
  productId: string;
  sku: string | null;
  options: Record<string, string>;
  title: string;
  costMinor: bigint | null;
  priceMinor: bigint | null;
  currency: string;
  stock: number | null;
  weightGrams: number | null;
  sort: number;
}

/** Writes own variants, new ones and those that are there by their id. */
export async function upsertVariants(tx: Tx, workspaceId: string, rows: readonly VariantWrite[]): Promise<void> {
  if (rows.length === 0) return;
  const given = JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      product_id: row.productId,
      sku: row.sku,
      options: row.options,
      title: row.title,
      cost_minor: row.costMinor?.toString() ?? null,
      price_minor: row.priceMinor?.toString() ?? null,
      currency: row.currency,
      stock: row.stock,
      weight_grams: row.weightGrams,
      sort: row.sort,
    })),
  );
  await sql`
    insert into product_variant (workspace_id, id, product_id, sku, options, title, cost_minor, price_minor, currency, stock, weight_grams, sort)
    select ${workspaceId}, g.id, g.product_id, g.sku, g.options, g.title, g.cost_minor, g.price_minor, g.currency, g.stock, g.weight_grams, g.sort
    from json_to_recordset(${given}::json) as g (id text, product_id text, sku text, options json, title text, cost_minor bigint, price_minor bigint, currency text, stock int, weight_grams int, sort int)
    on conflict (workspace_id, id) do update set sku = excluded.sku, options = excluded.options, title = excluded.title, cost_minor = excluded.cost_minor,
      price_minor = excluded.price_minor, currency = excluded.currency, stock = excluded.stock, weight_grams = excluded.weight_grams, sort = excluded.sort,
      state = 'active', updated_at = now()`.execute(tx);
}

/** Puts away the variants of a product that are not among those kept. */
export async function putAwayOthers(
  tx: Tx,
  workspaceId: string,
  of: { productId: string; kept: readonly string[] },
): Promise<void> {
  await sql`
    update product_variant set state = 'gone', sku = null, updated_at = now()
    where workspace_id = ${workspaceId} and product_id = ${of.productId} and id <> all(${of.kept}::text[]) and state = 'active'`.execute(
    tx,
  );
}

export async function setCosts(
  tx: Tx,
  workspaceId: string,
  of: { productId: string; costs: readonly { variantId: string; costMinor: bigint | null }[] },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update product_variant v set cost_minor = c.cost, updated_at = now()
    from unnest(${of.costs.map((one) => one.variantId)}::text[], ${of.costs.map((one) => one.costMinor?.toString() ?? null)}::bigint[]) as c (id, cost)
    where v.workspace_id = ${workspaceId} and v.product_id = ${of.productId} and v.id = c.id returning v.id`.execute(
    tx,
  );
  return rows.length;
}

export interface ShopVariantWrite {
  productId: string;
  productExternalId: string;
  productName: string;
  category: string | null;
  description: string | null;
  pictureUrl: string | null;
  isOnSale: boolean;
  variantId: string;
  externalId: string;
  sku: string | null;
  title: string;
  options: Record<string, string>;
  costMinor: string | null;
  priceMinor: string | null;
  currency: string;
  stock: number | null;
  weightGrams: number | null;
  sort: number;
}

/**
 * Writes a page of what a shop sells. Ids given are taken for what is new; what is there is told by the shop's own ids. A cost the shop does not
 * know leaves the one entered here.
 */
export async function upsertShopVariants(
  tx: Tx,
  workspaceId: string,
  of: { shopId: string; run: string; rows: readonly ShopVariantWrite[] },
): Promise<void> {
  if (of.rows.length === 0) return;
  const given = JSON.stringify(of.rows);
  // In the order everybody takes variants in.
  await sql`
    select id from product_variant where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and external_id = any(${of.rows.map((row) => row.externalId)}::text[])
    order by id for update`.execute(tx);
  await sql`
    insert into product (workspace_id, id, shop_id, external_id, name, category, description, picture_url, state, seen_run, created_by)
    select distinct on (g."productExternalId") ${workspaceId}, g."productId", ${of.shopId}, g."productExternalId", g."productName", g.category, g.description, g."pictureUrl",
      case when g."isOnSale" then 'active' else 'gone' end, ${of.run}, 'shop'
    from json_to_recordset(${given}::json) as g ("productId" text, "productExternalId" text, "productName" text, category text, description text, "pictureUrl" text, "isOnSale" boolean)
    order by g."productExternalId"
    on conflict (workspace_id, shop_id, external_id) where shop_id is not null do update set name = excluded.name, category = excluded.category,
      description = excluded.description, picture_url = excluded.picture_url, state = excluded.state, seen_run = excluded.seen_run,
      picture_tries = case when product.picture_url is distinct from excluded.picture_url then 0 else product.picture_tries end, updated_at = now()`.execute(
    tx,
  );
  await sql`
    insert into product_variant (workspace_id, id, product_id, shop_id, external_id, sku, options, title, cost_minor, price_minor, currency, stock, weight_grams, sort, seen_run)
    select distinct on (g."externalId") ${workspaceId}, g."variantId", p.id, ${of.shopId}, g."externalId", g.sku, g.options, g.title, g."costMinor"::bigint, g."priceMinor"::bigint, g.currency,
      g.stock, g."weightGrams", g.sort, ${of.run}
    from json_to_recordset(${given}::json) as g ("productExternalId" text, "variantId" text, "externalId" text, sku text, options json, title text, "costMinor" text,
      "priceMinor" text, currency text, stock int, "weightGrams" int, sort int)
    join product p on p.workspace_id = ${workspaceId} and p.shop_id = ${of.shopId} and p.external_id = g."productExternalId"
    order by g."externalId"
    on conflict (workspace_id, shop_id, external_id) where shop_id is not null do update set product_id = excluded.product_id, sku = excluded.sku, options = excluded.options, title = excluded.title,
      cost_minor = coalesce(excluded.cost_minor, case when product_variant.currency = excluded.currency then product_variant.cost_minor end),
      price_minor = excluded.price_minor, currency = excluded.currency, stock = excluded.stock, weight_grams = excluded.weight_grams, sort = excluded.sort,
      seen_run = excluded.seen_run, state = 'active', updated_at = now()`.execute(tx);
}

/** Says gone of what a whole reading of a shop did not show. Returns how many products that are. */
export async function markUnseen(tx: Tx, workspaceId: string, of: { shopId: string; run: string }): Promise<number> {
  await sql`
    select id from product_variant
    where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and seen_run is distinct from ${of.run} and state = 'active' order by id for update`.execute(
    tx,
  );
  await sql`
    update product_variant set state = 'gone', updated_at = now()
    where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and seen_run is distinct from ${of.run} and state = 'active'`.execute(
    tx,
  );
  const { rows } = await sql<{ id: string }>`
    update product set state = 'gone', updated_at = now()
    where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and seen_run is distinct from ${of.run} and state = 'active' returning id`.execute(
    tx,
  );
  return rows.length;
}

export interface PictureDue {
  id: string;
  picture_url: string;
}

const pictureTriesMax = 3;

/** Products whose picture in the shop is not the one kept here. */
export async function selectPicturesDue(
  tx: Tx,
  workspaceId: string,
  of: { shopId: string; limit: number },
): Promise<PictureDue[]> {
  const { rows } = await sql<PictureDue>`
    select id, picture_url from product
    where workspace_id = ${workspaceId} and shop_id = ${of.shopId} and state = 'active' and picture_url is not null
      and picture_of is distinct from picture_url and picture_tries < ${pictureTriesMax}
    order by id limit ${of.limit}`.execute(tx);
  return rows;
}

export async function setPicture(
  tx: Tx,
  workspaceId: string,
  of: { id: string; url: string; fileId: string | null },
): Promise<void> {
  await sql`
    update product set picture_tries = picture_tries + 1,
      picture_of = case when ${of.fileId}::text is null then picture_of else ${of.url} end,
      picture_file_id = coalesce(${of.fileId}, picture_file_id)
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}
