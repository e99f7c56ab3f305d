import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ErrorRow {
  row: number;
  field: string;
  message: string;
  raw: Record<string, string>;
}

export async function insertErrors(
  tx: Tx,
  errors: { workspaceId: string; importId: string; rows: ErrorRow[] },
): Promise<void> {
  if (errors.rows.length === 0) return;
  await sql`
    insert into import_error (workspace_id, import_id, row_number, field, message, raw)
    select ${errors.workspaceId}, ${errors.importId}, e.row, e.field, e.message, e.raw
    from jsonb_to_recordset(${wellFormedJson(errors.rows)}::jsonb) as e (row bigint, field text, message text, raw jsonb)
    on conflict (workspace_id, import_id, row_number, field) do nothing`.execute(tx);
}

/** A text cut in the middle of a character holds half a surrogate pair, which PostgreSQL refuses in JSON. */
function wellFormedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? inner.toWellFormed() : inner));
}

export async function selectErrors(
  tx: Tx,
  wanted: { workspaceId: string; importId: string; limit: number; after: { row: number; field: string } | null },
): Promise<ErrorRow[]> {
  const { rows } = await sql<{ row_number: bigint; field: string; message: string; raw: Record<string, string> }>`
    select row_number, field, message, raw from import_error where workspace_id = ${wanted.workspaceId} and import_id = ${wanted.importId}
    and ${wanted.after === null ? sql`true` : sql`(row_number, field) > (${wanted.after.row}, ${wanted.after.field})`}
    order by row_number, field limit ${wanted.limit}`.execute(tx);
  return rows.map((row) => ({ row: Number(row.row_number), field: row.field, message: row.message, raw: row.raw }));
}
