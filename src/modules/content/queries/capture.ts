import type { Tx } from '#infra/db/database.ts';

export interface CaptureRow {
  mentions: string[];
  hashtags: string[];
  keywords: string[];
  results: 'ask' | 'auto';
  updated_at: Date;
  updated_by: string;
}

export async function selectCaptureRules(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<CaptureRow | undefined> {
  const row = await tx
    .selectFrom('content_capture')
    .select(['mentions', 'hashtags', 'keywords', 'results', 'updated_at', 'updated_by'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, results: row.results === 'auto' ? 'auto' : 'ask' };
}

export async function saveCaptureRules(
  tx: Tx,
  workspaceId: string,
  of: CaptureRow & { campaignId: string },
): Promise<void> {
  const { campaignId, ...rules } = of;
  await tx
    .insertInto('content_capture')
    .values({ workspace_id: workspaceId, campaign_id: campaignId, ...rules })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'campaign_id']).doUpdateSet(rules))
    .execute();
}
