import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CodeShopKind } from '../api.ts';

export interface CodeShopRow {
  workspace_id: string;
  id: string;
  kind: CodeShopKind;
  address: string;
  name: string;
  currency: string | null;
  credentials: Buffer | null;
  state: 'working' | 'failing';
  message: string | null;
  storefront: string | null;
  is_default: boolean;
  sync_started_at: Date | null;
  sync_ended_at: Date | null;
  sync_counts: { read?: number; added?: number };
  sync_message: string | null;
  created_at: Date;
  disconnected_at: Date | null;
  made: number;
  waiting: number;
  failed: number;
}

const columns = sql`
  select s.*, u.made, u.waiting, u.failed from code_shop s, lateral (
    select count(*) filter (where i.made >= i.wanted)::int as made, count(*) filter (where i.made < i.wanted and not i.is_failed)::int as waiting,
      count(*) filter (where i.is_failed)::int as failed
    from code_in_shop i where i.workspace_id = s.workspace_id and i.shop_id = s.id
  ) u`;

export async function selectCodeShops(tx: Tx, workspaceId: string): Promise<CodeShopRow[]> {
  const { rows } = await sql<CodeShopRow>`
    ${columns} where s.workspace_id = ${workspaceId} order by s.created_at, s.id`.execute(tx);
  return rows;
}

export async function selectCodeShop(tx: Tx, workspaceId: string, id: string): Promise<CodeShopRow | undefined> {
  const { rows } = await sql<CodeShopRow>`
    ${columns} where s.workspace_id = ${workspaceId} and s.id = ${id}`.execute(tx);
  return rows[0];
}

/** Connects a shop, or again one that was connected before. Returns its id. */
export async function upsertCodeShop(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    kind: CodeShopKind;
    address: string;
    name: string;
    currency: string;
    storefront: string | null;
    credentials: Buffer;
    createdBy: string;
    at: Date;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into code_shop (workspace_id, id, kind, address, name, currency, storefront, credentials, state, created_by, created_at)
    values (${workspaceId}, ${row.id}, ${row.kind}, ${row.address}, ${row.name}, ${row.currency}, ${row.storefront}, ${row.credentials}, 'working', ${row.createdBy}, ${row.at})
    on conflict (workspace_id, kind, address) do update set name = excluded.name, currency = excluded.currency, credentials = excluded.credentials,
      storefront = coalesce(code_shop.storefront, excluded.storefront), state = 'working', message = null, disconnected_at = null
    returning id`.execute(tx);
  return rows[0]?.id ?? row.id;
}

export async function changeCodeShop(
  tx: Tx,
  workspaceId: string,
  of: { id: string; isDefault: boolean; storefront: string | null },
): Promise<void> {
  await sql`update code_shop set is_default = ${of.isDefault}, storefront = ${of.storefront} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

export async function setCodeShopState(
  tx: Tx,
  workspaceId: string,
  of: { id: string; state: 'working' | 'failing'; message: string | null },
): Promise<void> {
  await sql`update code_shop set state = ${of.state}, message = ${of.message} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

/** Forgets the key. */
export async function disconnectCodeShopRow(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await sql`
    update code_shop set credentials = null, disconnected_at = ${at}, message = null, sync_started_at = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

/** A reading that was begun longer ago than this died. */
const syncMinutesMax = 30;

/** Begins a reading of a shop's codes unless one is under way; false when one is. */
export async function beginCodeSync(tx: Tx, workspaceId: string, of: { id: string; at: Date }): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update code_shop set sync_started_at = ${of.at}, sync_message = null
    where workspace_id = ${workspaceId} and id = ${of.id} and disconnected_at is null
      and (sync_started_at is null or sync_started_at < ${of.at}::timestamptz - make_interval(mins => ${syncMinutesMax}))
    returning id`.execute(tx);
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
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}

/** Connected shops of all workspaces whose codes were not read for so long, oldest first. */
export async function selectCodeShopsToSync(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from code_shop
    where disconnected_at is null and state = 'working' and coalesce(sync_ended_at, created_at) < ${before}
    order by coalesce(sync_ended_at, created_at), workspace_id, id limit ${limit}`.execute(tx);
  return rows;
}
