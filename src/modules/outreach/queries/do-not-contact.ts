import { type Selectable, sql } from 'kysely';
import type { DoNotContact as Table } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type DoNotContactRow = Selectable<Table>;

export async function selectDoNotContact(tx: Tx, hashes: readonly Buffer[]): Promise<DoNotContactRow[]> {
  if (hashes.length === 0) return [];
  const { rows } = await sql<DoNotContactRow>`
    select * from do_not_contact where subject_hash = any(${hashes}::bytea[]) order by scope, created_at`.execute(tx);
  return rows;
}

/** Adds entries; one that is there only grows in scope. Returns how many are new or grew. */
export async function insertDoNotContact(tx: Tx, rows: readonly DoNotContactRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const added = await tx
    .insertInto('do_not_contact')
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .column('subject_hash')
        .doUpdateSet({ scope: 'all', reason: sql`excluded.reason`, source: sql`excluded.source` })
        .where('do_not_contact.scope', '=', 'outreach')
        .where(sql<boolean>`excluded.scope = 'all'`),
    )
    .returning('subject_hash')
    .execute();
  return added.length;
}

export async function deleteDoNotContact(tx: Tx, hashes: readonly Buffer[]): Promise<number> {
  if (hashes.length === 0) return 0;
  const { rows } = await sql<{ hash: string }>`
    delete from do_not_contact where subject_hash = any(${hashes}::bytea[]) returning encode(subject_hash, 'hex') as hash`.execute(
    tx,
  );
  return rows.length;
}

export async function listDoNotContactRows(
  tx: Tx,
  page: { limit: number; after: { at: string; hash: string } | null },
): Promise<{ rows: DoNotContactRow[]; total: number }> {
  const { after } = page;
  const { rows } = await sql<DoNotContactRow>`
    select * from do_not_contact
    where ${after === null ? sql`true` : sql`(date_trunc('milliseconds', created_at), encode(subject_hash, 'hex')) < (${after.at}::timestamptz, ${after.hash})`}
    order by date_trunc('milliseconds', created_at) desc, encode(subject_hash, 'hex') desc limit ${page.limit}`.execute(
    tx,
  );
  const counted = await sql<{ n: bigint }>`select count(*) as n from do_not_contact`.execute(tx);
  return { rows, total: Number(counted.rows[0]?.n ?? 0) };
}

export interface BouncedRow {
  address: string;
  status: string | null;
  reason: string;
  bounced_at: Date;
}

export async function selectBounced(
  tx: Tx,
  workspaceId: string,
  addresses: readonly string[],
): Promise<Map<string, BouncedRow>> {
  if (addresses.length === 0) return new Map();
  const rows = await tx
    .selectFrom('bounced_address')
    .select(['address', 'status', 'reason', 'bounced_at'])
    .where('workspace_id', '=', workspaceId)
    .where('address', 'in', [...new Set(addresses)])
    .execute();
  return new Map(rows.map((row) => [row.address, row]));
}

export async function upsertBounced(tx: Tx, workspaceId: string, row: BouncedRow): Promise<void> {
  const { address, ...values } = row;
  await tx
    .insertInto('bounced_address')
    .values({ workspace_id: workspaceId, address, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'address']).doUpdateSet(values))
    .execute();
}
