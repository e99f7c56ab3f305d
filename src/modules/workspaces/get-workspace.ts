import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import type { Workspace } from './api.ts';
import { type WorkspaceRow, workspaceById } from './queries/workspaces.ts';

/** The workspace of a transaction: its currency, time zone and whether it is the sample. Error: not_found. */
export async function getWorkspace(tx: Tx, workspaceId: string): Promise<Workspace> {
  const row = await workspaceById(tx, workspaceId);
  if (row === undefined) throw notFound('workspace');
  return toWorkspace(row);
}

export function toWorkspace(row: WorkspaceRow): Workspace {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    isSample: row.is_sample,
    createdAt: row.created_at.toISOString(),
  };
}
