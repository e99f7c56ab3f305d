import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { CampaignModel } from '../api.ts';

/** Median of engagements / reach of own live content, both measured, by platform. */
export async function selectOwnRates(tx: Tx, workspaceId: string) {
  const { rows } = await sql<{ platform: Platform; posts: number; median: number }>`
    with newest as (
      select distinct on (r.deliverable_id, r.metric) r.deliverable_id, r.metric, r.value
      from content_result r where r.workspace_id = ${workspaceId} and not r.is_estimate
      order by r.deliverable_id, r.metric, r.observed_at desc, r.recorded_at desc, r.id desc
    ), post as (
      select d.platform, max(n.value) filter (where n.metric = 'reach') as reach,
        coalesce(max(n.value) filter (where n.metric = 'engagements'),
          max(n.value) filter (where n.metric = 'likes') + max(n.value) filter (where n.metric = 'comments')
            + coalesce(max(n.value) filter (where n.metric = 'shares'), 0) + coalesce(max(n.value) filter (where n.metric = 'saves'), 0)) as engagements
      from deliverable d join newest n on n.deliverable_id = d.id
      where d.workspace_id = ${workspaceId} and d.state = 'live' group by d.id, d.platform
    )
    select platform, count(*)::int as posts, (percentile_cont(0.5) within group (order by engagements::float8 / reach))::float8 as median
    from post where reach > 0 and engagements is not null group by platform order by platform`.execute(tx);
  return rows;
}

/** Of the creators agreed with on campaigns that were live, by model: how many there were and how many have something live (approved, where the brand shows it). */
export async function selectOwnModels(tx: Tx, workspaceId: string) {
  const { rows } = await sql<{ model: CampaignModel; creators: number; live: number }>`
    select c.model, count(*)::int as creators,
      (count(*) filter (where exists (
        select from deliverable d where d.workspace_id = e.workspace_id and d.enrolment_id = e.id
          and (d.state = 'live' or (d.is_for_brand and d.state = 'approved')))))::int as live
    from enrolment e
    join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.state <> 'draft'
    join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage
    where e.workspace_id = ${workspaceId} and s.phase <> 'considering' group by c.model order by c.model`.execute(tx);
  return rows;
}
