import type { Tx } from '#infra/db/database.ts';

export interface SavedSearchRow {
  id: string;
  name: string;
  query: unknown;
  created_by: string;
  created_at: Date;
  alerts: boolean;
  checked_at: Date | null;
  check_fault: string | null;
}

const columns = ['id', 'name', 'query', 'created_by', 'created_at', 'alerts', 'checked_at', 'check_fault'] as const;

export async function selectSearches(
  tx: Tx,
  workspaceId: string,
  page: { beforeId: string | null; limit: number },
): Promise<SavedSearchRow[]> {
  let query = tx.selectFrom('saved_search').select(columns).where('workspace_id', '=', workspaceId);
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId);
  return query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function selectSearch(tx: Tx, workspaceId: string, id: string): Promise<SavedSearchRow | null> {
  return (
    (await tx
      .selectFrom('saved_search')
      .select(columns)
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', id)
      .executeTakeFirst()) ?? null
  );
}

export async function insertSearch(
  tx: Tx,
  search: {
    workspaceId: string;
    id: string;
    name: string;
    query: unknown;
    createdBy: string;
    createdAt: Date;
    alerts: boolean;
  },
): Promise<void> {
  await tx
    .insertInto('saved_search')
    .values({
      workspace_id: search.workspaceId,
      id: search.id,
      name: search.name,
      query: JSON.stringify(search.query),
      created_by: search.createdBy,
      created_at: search.createdAt,
      alerts: search.alerts,
    })
    .execute();
}

export async function removeSearch(tx: Tx, workspaceId: string, id: string): Promise<string | null> {
  const row = await tx
    .deleteFrom('saved_search')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Holds the search against other changes until the transaction ends; null when absent. */
export async function lockSearch(tx: Tx, workspaceId: string, id: string): Promise<SavedSearchRow | null> {
  const row = await tx
    .selectFrom('saved_search')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function changeSearch(
  tx: Tx,
  workspaceId: string,
  search: { id: string; name: string; query: unknown; alerts: boolean; checkedAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('saved_search')
    .set({
      name: search.name,
      query: JSON.stringify(search.query),
      alerts: search.alerts,
      checked_at: search.checkedAt,
      check_fault: null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', search.id)
    .execute();
}
