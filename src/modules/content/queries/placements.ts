import { type Insertable, type Selectable, sql } from 'kysely';
import type { ContentPlacement } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type PlacementRow = Selectable<ContentPlacement>;

export async function insertPlacement(tx: Tx, placement: Insertable<ContentPlacement>): Promise<PlacementRow> {
  return tx.insertInto('content_placement').values(placement).returningAll().executeTakeFirstOrThrow();
}

export async function selectPlacements(
  tx: Tx,
  workspaceId: string,
  assetIds: readonly string[],
): Promise<PlacementRow[]> {
  if (assetIds.length === 0) return [];
  return tx
    .selectFrom('content_placement')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('asset_id', 'in', [...assetIds])
    .orderBy('starts_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export async function closePlacement(
  tx: Tx,
  workspaceId: string,
  of: { placementId: string; at: Date; by: string; day: string },
): Promise<PlacementRow | undefined> {
  return tx
    .updateTable('content_placement')
    .set({
      ended_at: sql<Date>`coalesce(ended_at, ${of.at})`,
      ended_by: sql<string>`coalesce(ended_by, ${of.by})`,
      // It never ends before it began.
      ends_on: sql<string>`case when ended_at is not null then ends_on else greatest(starts_on, ${of.day}::date) end`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.placementId)
    .returningAll()
    .executeTakeFirst();
}
