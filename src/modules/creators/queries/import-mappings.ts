import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';
import type { ColumnPlanJson, ImportRun } from '../api.ts';

type Kind = NonNullable<ImportRun['kind']>;

export interface SavedMapping {
  id: string;
  name: string;
  kind: Kind;
  columns: ColumnPlanJson[];
  updatedAt: string;
}

export async function selectMappings(tx: Tx, workspaceId: string, headerKey: string | null): Promise<SavedMapping[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    kind: Kind;
    mapping: { columns: ColumnPlanJson[] };
    updated_at: Date;
  }>`
    select id, name, kind, mapping, updated_at from import_mapping where workspace_id = ${workspaceId}
    and ${headerKey === null ? sql`true` : sql`header_key = ${headerKey}`} order by updated_at desc, id limit 500`.execute(
    tx,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    columns: row.mapping.columns,
    updatedAt: row.updated_at.toISOString(),
  }));
}

export async function upsertMapping(
  tx: Tx,
  mapping: { workspaceId: string; headerKey: string; name: string; kind: Kind; columns: ColumnPlanJson[]; by: string },
): Promise<void> {
  await sql`
    insert into import_mapping (workspace_id, id, name, header_key, kind, mapping, updated_by)
    values (${mapping.workspaceId}, ${newId('importMapping')}, ${mapping.name}, ${mapping.headerKey}, ${mapping.kind}, ${JSON.stringify({ columns: mapping.columns })}, ${mapping.by})
    on conflict (workspace_id, header_key) do update set name = excluded.name, kind = excluded.kind, mapping = excluded.mapping, updated_by = excluded.updated_by, updated_at = now()`.execute(
    tx,
  );
}

export async function deleteMapping(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`delete from import_mapping where workspace_id = ${workspaceId} and id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}
