import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { SponsoredWord } from '../rules/subject.ts';

/** What people said of posts of profiles, by post id. */
export async function readSponsoredWords(
  tx: Tx,
  workspaceId: string,
  postIds: readonly string[],
): Promise<Map<string, SponsoredWord>> {
  if (postIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('sponsored_correction')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('post_id', '=', sql<string>`any(${postIds}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.post_id,
      {
        isSponsored: row.is_sponsored,
        brands: row.brands,
        reason: row.reason,
        by: row.corrected_by_name,
        at: row.corrected_at.toISOString(),
      },
    ]),
  );
}

export async function saveSponsoredWord(
  tx: Tx,
  workspaceId: string,
  save: {
    postId: string;
    isSponsored: boolean;
    brands: string[];
    reason: string;
    by: { id: string; name: string };
    at: Date;
  },
): Promise<void> {
  const values = {
    is_sponsored: save.isSponsored,
    brands: save.brands,
    reason: save.reason,
    corrected_by: save.by.id,
    corrected_by_name: save.by.name,
    corrected_at: save.at,
  };
  await tx
    .insertInto('sponsored_correction')
    .values({ workspace_id: workspaceId, post_id: save.postId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'post_id']).doUpdateSet(values))
    .execute();
}

export async function dropSponsoredWord(tx: Tx, workspaceId: string, postId: string): Promise<void> {
  await tx
    .deleteFrom('sponsored_correction')
    .where('workspace_id', '=', workspaceId)
    .where('post_id', '=', postId)
    .execute();
}
