import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What is kept of a shop for its codes; the connection itself is the shops module's. */
export interface CodeShopRow {
  shop_id: string;
  is_on: boolean;
  is_default: boolean;
  sync_started_at: Date | null;
  sync_ended_at: Date | null;
  sync_counts: { read?: number; added?: number };
  sync_message: string | null;
  made: number;
  waiting: number;
  failed: number;
}

const columns = sql`
  select s.*, u.made, u.waiting, u.failed from code_shop s, lateral (
    select count(*) filter (where i.made >= i.wanted)::int as made, count(*) filter (where i.made < i.wanted and not i.is_failed)::int as waiting,
      count(*) filter (where i.is_failed)::int as failed
    from code_in_shop i where i.workspace_id = s.workspace_id and i.shop_id = s.shop_id
  ) u`;

export async function selectCodeShops(tx: Tx, workspaceId: string): Promise<CodeShopRow[]> {
  const { rows } = await sql<CodeShopRow>`
    ${columns} where s.workspace_id = ${workspaceId} order by s.created_at, s.shop_id`.execute(tx);
  return rows;
}

export async function selectCodeShop(tx: Tx, workspaceId: string, shopId: string): Promise<CodeShopRow | undefined> {
  const { rows } = await sql<CodeShopRow>`
    ${columns} where s.workspace_id = ${workspaceId} and s.shop_id = ${shopId}`.execute(tx);
  return rows[0];
}

/** Follows the connection; a reading under way in a shop that is off counts no more. */
export async function setCodeShopOn(
  tx: Tx,
  workspaceId: string,
  of: { shopId: string; isOn: boolean; at: Date },
): Promise<void> {
  await sql`
    insert into code_shop as s (workspace_id, shop_id, is_on, created_at) values (${workspaceId}, ${of.shopId}, ${of.isOn}, ${of.at})
    on conflict (workspace_id, shop_id) do update set is_on = excluded.is_on,
      sync_started_at = case when excluded.is_on then s.sync_started_at end`.execute(tx);
}

export async function setCodeShopDefault(
  tx: Tx,
  workspaceId: string,
  of: { shopId: string; isDefault: boolean },
): Promise<void> {
  await sql`update code_shop set is_default = ${of.isDefault} where workspace_id = ${workspaceId} and shop_id = ${of.shopId}`.execute(
    tx,
  );
}

/** A reading that was begun longer ago than this died. */
const syncMinutesMax = 30;

/** Begins a reading of a shop's codes unless one is under way; false when one is. */
export async function beginCodeSync(tx: Tx, workspaceId: string, of: { id: string; at: Date }): Promise<boolean> {
  const { rows } = await sql<{ shop_id: string }>`
    update code_shop set sync_started_at = ${of.at}, sync_message = null
    where workspace_id = ${workspaceId} and shop_id = ${of.id} and is_on
      and (sync_started_at is null or sync_started_at < ${of.at}::timestamptz - make_interval(mins => ${syncMinutesMax}))
    returning shop_id`.execute(tx);
  return rows.length > 0;
}

export async function endCodeSync(
  tx: Tx,
  workspaceId: string,
  of: { id: string; at: Date; counts: { read: number; added: number } | null; message: string | null },
): Promise<void> {
  await sql`
    update code_shop set sync_started_at = null, sync_message = ${of.message}, sync_ended_at = ${of.at},
      sync_counts = coalesce(${of.counts === null ? null : JSON.stringify(of.counts)}::jsonb, sync_counts)
    where workspace_id = ${workspaceId} and shop_id = ${of.id}`.execute(tx);
}

/** Of these shops those whose codes were not read for so long, oldest first. */
export async function selectCodeShopsToSync(
  tx: Tx,
  of: { shops: readonly { workspace_id: string; id: string }[]; before: Date; limit: number },
): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select c.workspace_id, c.shop_id as id from code_shop c
    join unnest(${of.shops.map((one) => one.workspace_id)}::text[], ${of.shops.map((one) => one.id)}::text[]) as s (workspace_id, id)
      on s.workspace_id = c.workspace_id and s.id = c.shop_id
    where c.is_on and coalesce(c.sync_ended_at, c.created_at) < ${of.before}
    order by coalesce(c.sync_ended_at, c.created_at), c.workspace_id, c.shop_id limit ${of.limit}`.execute(tx);
  return rows;
}
