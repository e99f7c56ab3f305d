import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

const columns = sql`
  select s.*, (select count(*)::int from product p where p.workspace_id = s.workspace_id and p.shop_id = s.id and p.state = 'active') as products from shop s`;

export interface ShopRow {
  workspace_id: string;
  id: string;
  kind: string;
  address: string;
  name: string;
  currency: string | null;
  credentials: Buffer | null;
  state: string;
  message: string | null;
  sync_run: string | null;
  sync_started_at: Date | null;
  sync_ended_at: Date | null;
  sync_counts: Record<string, number>;
  sync_message: string | null;
  created_at: Date;
  disconnected_at: Date | null;
  products: number;
}

export async function selectShops(tx: Tx, workspaceId: string): Promise<ShopRow[]> {
  const { rows } =
    await sql<ShopRow>`${columns} where s.workspace_id = ${workspaceId} order by s.created_at, s.id`.execute(tx);
  return rows;
}

export async function selectShop(tx: Tx, workspaceId: string, id: string): Promise<ShopRow | undefined> {
  const { rows } = await sql<ShopRow>`${columns} where s.workspace_id = ${workspaceId} and s.id = ${id}`.execute(tx);
  return rows[0];
}

export async function findShopByAddress(
  tx: Tx,
  workspaceId: string,
  of: { kind: string; address: string },
): Promise<ShopRow | undefined> {
  const { rows } = await sql<ShopRow>`
    ${columns} where s.workspace_id = ${workspaceId} and s.kind = ${of.kind} and s.address = ${of.address}`.execute(tx);
  return rows[0];
}

export interface ShopWrite {
  id: string;
  kind: string;
  address: string;
  name: string;
  currency: string | null;
  credentials: Buffer;
  message: string | null;
  createdBy: string;
  at: Date;
}

/** Connects a shop, or again one that was connected before, with all it had. Returns its id. */
export async function upsertShop(tx: Tx, workspaceId: string, row: ShopWrite): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shop (workspace_id, id, kind, address, name, currency, credentials, state, message, created_by, created_at)
    values (${workspaceId}, ${row.id}, ${row.kind}, ${row.address}, ${row.name}, ${row.currency}, ${row.credentials}, 'working', ${row.message}, ${row.createdBy}, ${row.at})
    on conflict (workspace_id, kind, address) do update set name = excluded.name, currency = coalesce(excluded.currency, shop.currency), credentials = excluded.credentials,
      state = 'working', message = excluded.message, disconnected_at = null
    returning id`.execute(tx);
  return rows[0]?.id ?? row.id;
}

export async function setShopState(
  tx: Tx,
  workspaceId: string,
  of: { id: string; state: 'working' | 'failing'; message: string | null },
): Promise<void> {
  await sql`update shop set state = ${of.state}, message = ${of.message} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

/** Forgets the key. */
export async function disconnectShopRow(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await sql`
    update shop set credentials = null, disconnected_at = ${at}, sync_run = null, message = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

/** A reading that was begun longer ago than this died. */
const syncMinutesMax = 30;

/** Begins a reading unless one is under way; false when one is. */
export async function beginSync(
  tx: Tx,
  workspaceId: string,
  of: { id: string; run: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update shop set sync_run = ${of.run}, sync_started_at = ${of.at}, sync_message = null
    where workspace_id = ${workspaceId} and id = ${of.id} and disconnected_at is null
      and (sync_run is null or sync_started_at < ${of.at}::timestamptz - make_interval(mins => ${syncMinutesMax}))
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Ends the reading, if it is still the one under way. */
export async function endSync(
  tx: Tx,
  workspaceId: string,
  of: { id: string; run: string; at: Date; counts: Record<string, number> | null; message: string | null },
): Promise<void> {
  await sql`
    update shop set sync_run = null, sync_message = ${of.message},
      sync_ended_at = case when ${of.counts === null} then sync_ended_at else ${of.at}::timestamptz end,
      sync_counts = coalesce(${of.counts === null ? null : JSON.stringify(of.counts)}::jsonb, sync_counts)
    where workspace_id = ${workspaceId} and id = ${of.id} and sync_run = ${of.run}`.execute(tx);
}

/** Connected shops of all workspaces whose products were not read for so long. */
export async function selectShopsToSync(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from shop
    where disconnected_at is null and state = 'working' and (sync_ended_at is null or sync_ended_at < ${before})
    order by sync_ended_at nulls first, workspace_id, id limit ${limit}`.execute(tx);
  return rows;
}
