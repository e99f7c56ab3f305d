import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Files of the logos of pages, by page. */
export async function selectLogos(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ page_id: string; file_id: string }>`
    select page_id, file_id from application_logo where workspace_id = ${workspaceId} order by page_id`.execute(tx);
  return new Map(rows.map((row) => [row.page_id, row.file_id]));
}

/** Puts a logo in place of the one before, which is returned. */
export async function swapLogo(
  tx: Tx,
  of: { workspaceId: string; pageId: string; fileId: string; by: string; at: Date },
): Promise<string | null> {
  const before = await dropLogo(tx, of.workspaceId, of.pageId);
  await sql`
    insert into application_logo (workspace_id, page_id, file_id, added_by, added_at)
    values (${of.workspaceId}, ${of.pageId}, ${of.fileId}, ${of.by}, ${of.at})`.execute(tx);
  return before;
}

/** Takes a logo away and returns its file; null when there was none. */
export async function dropLogo(tx: Tx, workspaceId: string, pageId: string): Promise<string | null> {
  const { rows } = await sql<{ file_id: string }>`
    delete from application_logo where workspace_id = ${workspaceId} and page_id = ${pageId} returning file_id`.execute(
    tx,
  );
  return rows[0]?.file_id ?? null;
}
