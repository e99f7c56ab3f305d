import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What is kept of a shop for its products; the connection itself is the shops module's. */
export interface CatalogueRow {
  shop_id: string;
  is_on: boolean;
  sync_run: string | null;
  sync_started_at: Date | null;
  sync_ended_at: Date | null;
  sync_counts: Record<string, number>;
  sync_message: string | null;
  products: number;
}

const columns = sql`
  select c.*, (select count(*)::int from product p where p.workspace_id = c.workspace_id and p.shop_id = c.shop_id and p.state = 'active') as products
  from shop_catalogue c`;

export async function selectCatalogues(tx: Tx, workspaceId: string): Promise<CatalogueRow[]> {
  const { rows } = await sql<CatalogueRow>`${columns} where c.workspace_id = ${workspaceId} order by c.shop_id`.execute(
    tx,
  );
  return rows;
}

export async function selectCatalogue(tx: Tx, workspaceId: string, shopId: string): Promise<CatalogueRow | undefined> {
  const { rows } = await sql<CatalogueRow>`
    ${columns} where c.workspace_id = ${workspaceId} and c.shop_id = ${shopId}`.execute(tx);
  return rows[0];
}

/** Follows the connection; a reading under way in a shop that is off counts no more. */
export async function setCatalogueOn(
  tx: Tx,
  workspaceId: string,
  of: { shopId: string; isOn: boolean },
): Promise<void> {
  await sql`
    insert into shop_catalogue as c (workspace_id, shop_id, is_on) values (${workspaceId}, ${of.shopId}, ${of.isOn})
    on conflict (workspace_id, shop_id) do update set is_on = excluded.is_on,
      sync_run = case when excluded.is_on then c.sync_run end`.execute(tx);
}

/** A reading that was begun longer ago than this died. */
const syncMinutesMax = 30;

/** Begins a reading unless one is under way; false when one is. */
export async function beginSync(
  tx: Tx,
  workspaceId: string,
  of: { id: string; run: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ shop_id: string }>`
    update shop_catalogue set sync_run = ${of.run}, sync_started_at = ${of.at}, sync_message = null
    where workspace_id = ${workspaceId} and shop_id = ${of.id} and is_on
      and (sync_run is null or sync_started_at < ${of.at}::timestamptz - make_interval(mins => ${syncMinutesMax}))
    returning shop_id`.execute(tx);
  return rows.length > 0;
}

/** Ends the reading, if it is still the one under way. */
export async function endSync(
  tx: Tx,
  workspaceId: string,
  of: { id: string; run: string; at: Date; counts: Record<string, number> | null; message: string | null },
): Promise<void> {
  await sql`
    update shop_catalogue set sync_run = null, sync_message = ${of.message},
      sync_ended_at = case when ${of.counts === null} then sync_ended_at else ${of.at}::timestamptz end,
      sync_counts = coalesce(${of.counts === null ? null : JSON.stringify(of.counts)}::jsonb, sync_counts)
    where workspace_id = ${workspaceId} and shop_id = ${of.id} and sync_run = ${of.run}`.execute(tx);
}

/** Of these shops those whose products were not read for so long, the longest unread first. */
export async function selectCataloguesToSync(
  tx: Tx,
  of: { shops: readonly { workspace_id: string; id: string }[]; before: Date; limit: number },
): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select c.workspace_id, c.shop_id as id from shop_catalogue c
    join unnest(${of.shops.map((one) => one.workspace_id)}::text[], ${of.shops.map((one) => one.id)}::text[]) as s (workspace_id, id)
      on s.workspace_id = c.workspace_id and s.id = c.shop_id
    where c.is_on and (c.sync_ended_at is null or c.sync_ended_at < ${of.before})
    order by c.sync_ended_at nulls first, c.workspace_id, c.shop_id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Parcels that still have to be ordered in a shop, and those on their way of which it is asked. */
export async function countShopParcels(
  tx: Tx,
  workspaceId: string,
  shopId: string,
): Promise<{ waiting: number; under_way: number }> {
  const { rows } = await sql<{ waiting: number; under_way: number }>`
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state in ('ordered', 'packed', 'shipped'))::int as under_way
    from shipment where workspace_id = ${workspaceId} and shop_id = ${shopId}`.execute(tx);
  return rows[0] ?? { waiting: 0, under_way: 0 };
}
