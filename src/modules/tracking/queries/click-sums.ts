import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ClickSum {
  personId: string | null;
  campaignId: string | null;
  clicks: bigint;
}

/** Counted clicks of a period by creator and campaign, over any number of links. First and last day, both included, in the workspace's time zone. */
export async function readClickSums(
  tx: Tx,
  query: { workspaceId: string; from: string; to: string; campaignId?: string | undefined },
): Promise<ClickSum[]> {
  const campaign = query.campaignId === undefined ? sql`true` : sql`l.campaign_id = ${query.campaignId}`;
  const { rows } = await sql<ClickSum>`
    select l.person_id as "personId", l.campaign_id as "campaignId", sum(d.clicks)::bigint as clicks
    from click_daily d join link l on l.workspace_id = d.workspace_id and l.id = d.link_id
    where d.workspace_id = ${query.workspaceId} and d.day >= ${query.from}::date and d.day <= ${query.to}::date and ${campaign}
    group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}
