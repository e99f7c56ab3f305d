import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { PostFigures } from './assets.ts';

export interface ReadingRow {
  observed_at: Date;
  source: string;
  likes: bigint | null;
  comments: bigint | null;
  views: bigint | null;
  shares: bigint | null;
  saves: bigint | null;
}

/** Keeps a reading of every piece that shows one of these posts. The same moment again is the same reading: what it did not know is filled in. */
export async function insertReadings(tx: Tx, workspaceId: string, figures: readonly PostFigures[]): Promise<void> {
  if (figures.length === 0) return;
  await sql`
    insert into content_reading as old (workspace_id, asset_id, observed_at, source, likes, comments, views, shares, saves)
    select distinct on (a.id, f."observedAt") a.workspace_id, a.id, f."observedAt", f.source, f.likes, f.comments, f.views, f.shares, f.saves
    from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb)
      as f ("postId" text, likes bigint, comments bigint, views bigint, shares bigint, saves bigint, source text, "observedAt" timestamptz)
    join content_asset a on a.workspace_id = ${workspaceId} and a.post_id = f."postId"
    where num_nonnulls(f.likes, f.comments, f.views, f.shares, f.saves) > 0
    order by a.id, f."observedAt"
    on conflict (workspace_id, asset_id, observed_at) do update set likes = coalesce(excluded.likes, old.likes), comments = coalesce(excluded.comments, old.comments),
      views = coalesce(excluded.views, old.views), shares = coalesce(excluded.shares, old.shares), saves = coalesce(excluded.saves, old.saves)
    where (coalesce(excluded.likes, old.likes), coalesce(excluded.comments, old.comments), coalesce(excluded.views, old.views), coalesce(excluded.shares, old.shares), coalesce(excluded.saves, old.saves))
      is distinct from (old.likes, old.comments, old.views, old.shares, old.saves)`.execute(tx);
}

/** Readings of one piece, the oldest first; of more than `limit` the newest. */
export async function selectReadings(
  tx: Tx,
  workspaceId: string,
  of: { assetId: string; limit: number },
): Promise<ReadingRow[]> {
  const { rows } = await sql<ReadingRow>`
    select observed_at, source, likes, comments, views, shares, saves from (
      select * from content_reading where workspace_id = ${workspaceId} and asset_id = ${of.assetId} order by observed_at desc limit ${of.limit}
    ) newest order by observed_at`.execute(tx);
  return rows;
}

export type FoundFigures = ReadingRow & { asset_id: string; deliverable_id: string };

/** The newest reading of every piece of a campaign that is of a deliverable. */
export async function selectFoundFigures(tx: Tx, workspaceId: string, campaignId: string): Promise<FoundFigures[]> {
  const { rows } = await sql<FoundFigures>`
    select distinct on (a.deliverable_id) a.id as asset_id, a.deliverable_id, r.observed_at, r.source, r.likes, r.comments, r.views, r.shares, r.saves
    from content_asset a join content_reading r on r.workspace_id = a.workspace_id and r.asset_id = a.id
    where a.workspace_id = ${workspaceId} and a.campaign_id = ${campaignId} and a.deliverable_id is not null and a.post_id is not null and a.removed_at is null
    order by a.deliverable_id, r.observed_at desc, a.id`.execute(tx);
  return rows;
}
