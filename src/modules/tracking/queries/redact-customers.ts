import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

interface Asked {
  workspaceId: string;
  sourceId: string;
  /** Hash of the customer, hex; null when only orders are named. */
  customerHash: string | null;
  orderIds: readonly string[];
  /** Everybody the source named. */
  isAll: boolean;
}

/**
 * Puts a random pseudonym, one for each customer, in place of every hash of theirs, and nothing in place of what else was kept of their address. Orders that
 * are named and not here yet are marked, so that they bring nothing back. Returns the orders that changed.
 */
export async function pseudonymise(tx: Tx, of: Asked): Promise<string[]> {
  const { workspaceId, sourceId } = of;
  await sql`
    insert into order_record (workspace_id, source_id, external_id)
    select ${workspaceId}, ${sourceId}, id from unnest(${[...of.orderIds].sort()}::text[]) as id on conflict do nothing`.execute(
    tx,
  );
  const { rows } = await sql<{ external_id: string; hash: string | null; pseudonym: string }>`
    with asked as (
      select external_id, details ->> 'customerHash' as hash from order_record
      where workspace_id = ${workspaceId} and source_id = ${sourceId} and pseudonym is null
        and (${of.isAll} or external_id = any(${[...of.orderIds]}::text[]) or details ->> 'customerHash' = ${of.customerHash})
      order by external_id for update
    ), person as (
      select hash, encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex') as pseudonym
      from (select distinct hash from asked) as each
    )
    update order_record r set pseudonym = p.pseudonym,
      details = case when r.details is null then null
        else (r.details - 'customerMarks') || jsonb_build_object('customerHash', case when a.hash is null then null else p.pseudonym end) end
    from asked a join person p on p.hash is not distinct from a.hash
    where r.workspace_id = ${workspaceId} and r.source_id = ${sourceId} and r.external_id = a.external_id
    returning r.external_id, a.hash, p.pseudonym`.execute(tx);
  if (rows.length === 0) return [];
  await sql`
    update order_intake i set body = convert_to(replace(convert_from(i.body, 'UTF8'), n.hash, n.pseudonym), 'UTF8')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (external_id text, hash text, pseudonym text)
    join conversion c on c.workspace_id = ${workspaceId} and c.source_id = ${sourceId} and c.external_id = n.external_id
    where n.hash is not null and i.workspace_id = ${workspaceId} and i.source_id = ${sourceId} and i.conversion_id = c.id and i.outcome is not null`.execute(
    tx,
  );
  const changed = await sql<{ id: string }>`
    update conversion c set customer_hash = case when c.customer_hash is null then null else decode(n.pseudonym, 'hex') end, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (external_id text, hash text, pseudonym text)
    where c.workspace_id = ${workspaceId} and c.source_id = ${sourceId} and c.external_id = n.external_id
    returning c.id`.execute(tx);
  return changed.rows.map((row) => row.id).sort();
}
