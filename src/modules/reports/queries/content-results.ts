import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { ContentMetric, DeliverableState } from '#modules/campaigns/api.ts';

export interface ContentRow {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  platform: Platform;
  format: string;
  title: string;
  state: DeliverableState;
  live_url: string | null;
  live_at: Date | null;
  live_day: string | null;
  results: {
    metric: ContentMetric;
    value: number;
    isEstimate: boolean;
    isTyped: boolean;
    source: string;
    observedAt: string;
  }[];
}

/** Deliverables with the result that counts for each metric: measured before typed from a picture before estimated, then the newest, ties by when it was recorded and id. */
export async function selectContent(
  tx: Tx,
  workspaceId: string,
  of: { campaignIds: readonly string[]; timeZone: string },
): Promise<ContentRow[]> {
  const { rows } = await sql<ContentRow>`
    with content as (
      select d.*, e.campaign_id from deliverable d
      join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
      where d.workspace_id = ${workspaceId} and e.workspace_id = ${workspaceId} and e.campaign_id = any(${[...of.campaignIds]}::text[])
    ), newest as (
      select distinct on (r.deliverable_id, r.metric) r.deliverable_id, r.metric, r.value, r.is_estimate, r.typed_by is not null as is_typed, r.source, r.observed_at
      from content_result r
      where r.workspace_id = ${workspaceId} and r.deliverable_id in (select id from content)
      order by r.deliverable_id, r.metric, r.is_estimate, r.typed_by is not null, r.observed_at desc, r.recorded_at desc, r.id desc
    ), packed as (
      select deliverable_id, jsonb_agg(jsonb_build_object('metric', metric, 'value', value, 'isEstimate', is_estimate, 'isTyped', is_typed, 'source', source,
        'observedAt', to_char(observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by metric) as results
      from newest group by deliverable_id
    )
    select c.id, c.campaign_id, c.enrolment_id, c.platform, c.format, c.title, c.state, c.live_url, c.live_at,
      (c.live_at at time zone ${of.timeZone})::date as live_day, coalesce(p.results, '[]'::jsonb) as results
    from content c left join packed p on p.deliverable_id = c.id
    order by c.campaign_id, c.id`.execute(tx);
  return rows;
}
