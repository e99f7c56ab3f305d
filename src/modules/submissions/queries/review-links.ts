import type { Tx } from '#infra/db/database.ts';

export interface ReviewLinkRow {
  id: string;
  campaign_id: string;
  role: 'legal' | 'client';
  can_decide: boolean;
}

const columns = ['id', 'campaign_id', 'role', 'can_decide'] as const;

export async function insertReviewLink(tx: Tx, workspaceId: string, row: ReviewLinkRow): Promise<void> {
  await tx
    .insertInto('review_link')
    .values({ workspace_id: workspaceId, ...row })
    .execute();
}

/** Links of a campaign, newest first. */
export async function selectReviewLinks(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; beforeId: string | null; limit: number },
): Promise<ReviewLinkRow[]> {
  const rows = await tx
    .selectFrom('review_link')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .$if(of.beforeId !== null, (select) => select.where('id', '<', of.beforeId ?? ''))
    .orderBy('id', 'desc')
    .limit(of.limit)
    .execute();
  return rows as ReviewLinkRow[];
}

export async function selectReviewLink(tx: Tx, workspaceId: string, id: string): Promise<ReviewLinkRow | undefined> {
  const row = await tx
    .selectFrom('review_link')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as ReviewLinkRow | undefined;
}
