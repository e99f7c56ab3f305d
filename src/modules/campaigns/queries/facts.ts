import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Campaigns as other modules see them; newest first. Without ids: all of the workspace. */
export async function selectCampaigns(tx: Tx, workspaceId: string, ids?: readonly string[]) {
  let query = tx.selectFrom('campaign').selectAll().where('workspace_id', '=', workspaceId);
  if (ids !== undefined) query = query.where('id', '=', sql<string>`any(${ids}::text[])`);
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute();
}

export type CampaignRow = Awaited<ReturnType<typeof selectCampaigns>>[number];
