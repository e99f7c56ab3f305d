import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ShopKind, ShopUse } from './api.ts';

export interface ShopRow {
  workspace_id: string;
  id: string;
  kind: ShopKind;
  address: string;
  name: string;
  currency: string | null;
  storefront: string | null;
  credentials: Buffer | null;
  /** Under which purpose `credentials` was sealed. */
  sealed_as: 'shops' | 'code-shops';
  /** A key for codes and past orders alone, from when they were connected apart. */
  codes_credentials: Buffer | null;
  uses: ShopUse[];
  lacks: Partial<Record<ShopUse, string[]>>;
  state: 'working' | 'failing';
  message: string | null;
  created_at: Date;
  disconnected_at: Date | null;
}

const columns = sql`
  select workspace_id, id, kind, address, name, currency, storefront, credentials, sealed_as, codes_credentials, uses, lacks, state, message, created_at, disconnected_at
  from shop`;

/** All shops of a workspace, the oldest connection first. */
export async function selectShops(tx: Tx, workspaceId: string): Promise<ShopRow[]> {
  const { rows } = await sql<ShopRow>`${columns} where workspace_id = ${workspaceId} order by created_at, id`.execute(
    tx,
  );
  return rows;
}

export async function selectShop(tx: Tx, workspaceId: string, id: string): Promise<ShopRow | undefined> {
  const { rows } = await sql<ShopRow>`${columns} where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return rows[0];
}

/** The shop, held until the transaction ends: changes of one connection come one after the other. */
export async function lockShop(tx: Tx, workspaceId: string, id: string): Promise<ShopRow | undefined> {
  const { rows } = await sql<ShopRow>`${columns} where workspace_id = ${workspaceId} and id = ${id} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function lockShopByAddress(
  tx: Tx,
  workspaceId: string,
  of: { kind: ShopKind; address: string },
): Promise<ShopRow | undefined> {
  const { rows } = await sql<ShopRow>`
    ${columns} where workspace_id = ${workspaceId} and kind = ${of.kind} and address = ${of.address} for update`.execute(
    tx,
  );
  return rows[0];
}

export interface ShopWrite {
  id: string;
  kind: ShopKind;
  address: string;
  name: string;
  currency: string;
  storefront: string | null;
  credentials: Buffer;
  uses: readonly ShopUse[];
  lacks: Partial<Record<ShopUse, string[]>>;
  createdBy: string;
  at: Date;
}

/** Connects a shop, or again one that was connected before, with all it had. The new key takes the place of all before it. Returns its id. */
export async function upsertShop(tx: Tx, workspaceId: string, row: ShopWrite): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shop (workspace_id, id, kind, address, name, currency, storefront, credentials, sealed_as, uses, lacks, state, created_by, created_at)
    values (${workspaceId}, ${row.id}, ${row.kind}, ${row.address}, ${row.name}, ${row.currency}, ${row.storefront}, ${row.credentials}, 'shops',
      ${[...row.uses]}::text[], ${JSON.stringify(row.lacks)}::jsonb, 'working', ${row.createdBy}, ${row.at})
    on conflict (workspace_id, kind, address) do update set name = excluded.name, currency = excluded.currency, credentials = excluded.credentials,
      sealed_as = 'shops', codes_credentials = null, storefront = coalesce(shop.storefront, excluded.storefront), uses = excluded.uses, lacks = excluded.lacks,
      state = 'working', message = null, disconnected_at = null
    returning id`.execute(tx);
  return rows[0]?.id ?? row.id;
}

export async function changeShop(
  tx: Tx,
  workspaceId: string,
  of: { id: string; uses: readonly ShopUse[]; storefront: string | null },
): Promise<void> {
  await sql`
    update shop set uses = ${[...of.uses]}::text[], storefront = ${of.storefront} where workspace_id = ${workspaceId} and id = ${of.id}`.execute(
    tx,
  );
}

/** The shop answered: what is known of its key now. */
export async function stateChecked(
  tx: Tx,
  workspaceId: string,
  of: { id: string; lacks: Partial<Record<ShopUse, string[]>> },
): Promise<void> {
  await sql`
    update shop set state = 'working', message = null, lacks = ${JSON.stringify(of.lacks)}::jsonb
    where workspace_id = ${workspaceId} and id = ${of.id} and disconnected_at is null`.execute(tx);
}

export async function stateWorking(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`
    update shop set state = 'working', message = null where workspace_id = ${workspaceId} and id = ${id} and state <> 'working'`.execute(
    tx,
  );
}

/** The key does not work any more. Nothing is said of a shop that was let go, or is not used for this. */
export async function stateFailing(
  tx: Tx,
  workspaceId: string,
  of: { id: string; use: ShopUse; message: string },
): Promise<void> {
  await sql`
    update shop set state = 'failing', message = ${of.message}
    where workspace_id = ${workspaceId} and id = ${of.id} and disconnected_at is null and ${of.use} = any(uses)`.execute(
    tx,
  );
}

/** The key may not do what a use needs; what a check said of it by name stays. */
export async function stateLack(
  tx: Tx,
  workspaceId: string,
  of: { id: string; use: ShopUse; message: string },
): Promise<void> {
  await sql`
    update shop set lacks = lacks || jsonb_build_object(${of.use}::text, jsonb_build_array(${of.message}::text))
    where workspace_id = ${workspaceId} and id = ${of.id} and disconnected_at is null and lacks -> ${of.use}::text is null`.execute(
    tx,
  );
}

/** Forgets the keys. */
export async function disconnectShopRow(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await sql`
    update shop set credentials = null, codes_credentials = null, lacks = '{}', disconnected_at = coalesce(disconnected_at, ${at}), message = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

/** Shops of all workspaces that are used for this and whose key works, as far as is known. */
export async function selectWorkingShops(tx: Tx, use: ShopUse): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from shop where disconnected_at is null and state = 'working' and ${use} = any(uses) and lacks -> ${use}::text is null
    order by workspace_id, id`.execute(tx);
  return rows;
}
