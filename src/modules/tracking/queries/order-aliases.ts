import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

interface Source {
  workspaceId: string;
  sourceId: string;
}

/** The orders that these ids are other names of. */
export async function selectAliases(tx: Tx, of: Source, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ alias: string; external_id: string }>`
    select alias, external_id from order_alias
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and alias = any(${[...ids]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.alias, row.external_id]));
}

/** Notes other names of an order; returns those that are new. */
export async function insertAliases(
  tx: Tx,
  of: Source & { externalId: string },
  aliases: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ alias: string }>`
    insert into order_alias (workspace_id, source_id, alias, external_id)
    select ${of.workspaceId}, ${of.sourceId}, a, ${of.externalId} from unnest(${[...aliases]}::text[]) as a where a <> ${of.externalId}
    on conflict do nothing returning alias`.execute(tx);
  return rows.map((row) => row.alias);
}

/** Gives the order of an alias its own id, unless there is an order of that id already. True when it did. */
export async function renameConversion(tx: Tx, of: Source & { alias: string; externalId: string }): Promise<boolean> {
  const { rows } = await sql`
    update conversion c set external_id = ${of.externalId}
    where c.workspace_id = ${of.workspaceId} and c.source_id = ${of.sourceId} and c.external_id = ${of.alias}
      and not exists (select from conversion o where o.workspace_id = c.workspace_id and o.source_id = c.source_id and o.external_id = ${of.externalId})
    returning 1`.execute(tx);
  return rows.length > 0;
}

/** Empties the record of an alias, whose content now stands with its order. */
export async function emptyRecordOf(tx: Tx, of: Source & { externalId: string }): Promise<void> {
  await sql`
    delete from conversion_refund
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and order_external_id = ${of.externalId}`.execute(
    tx,
  );
  await sql`
    delete from order_record
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and external_id = ${of.externalId}`.execute(
    tx,
  );
}
