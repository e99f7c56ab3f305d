import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface DealRow {
  enrolment_id: string;
  person_id: string;
  fee_minor: bigint;
  pieces: number;
  /** Measured engagements of its live pieces; null when one of them has none. */
  engagements: number | null;
}

/** What was agreed and reached on other enrolments: those with a fee and something live, in one currency, the newest first. */
export async function selectDeals(
  tx: Tx,
  workspaceId: string,
  of: { currency: string; exceptId: string; limit: number },
): Promise<DealRow[]> {
  const { rows } = await sql<DealRow>`
    with deal as (
      select e.id, e.person_id, e.fee_minor, e.added_at
      from enrolment e join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.currency = ${of.currency}
      where e.workspace_id = ${workspaceId} and e.fee_minor > 0 and e.id <> ${of.exceptId}
        and exists (select from deliverable d where d.workspace_id = e.workspace_id and d.enrolment_id = e.id and d.state = 'live')
      order by e.added_at desc, e.id desc limit ${of.limit}
    ), newest as (
      select distinct on (r.deliverable_id, r.metric) r.deliverable_id, r.metric, r.value
      from content_result r
      where r.workspace_id = ${workspaceId} and not r.is_estimate and r.deliverable_id in (
        select d.id from deliverable d join deal on deal.id = d.enrolment_id where d.workspace_id = ${workspaceId} and d.state = 'live')
      order by r.deliverable_id, r.metric, r.observed_at desc, r.recorded_at desc, r.id desc
    ), piece as (
      select d.enrolment_id, d.id,
        coalesce(max(n.value) filter (where n.metric = 'engagements'),
          max(n.value) filter (where n.metric = 'likes') + max(n.value) filter (where n.metric = 'comments')
            + coalesce(max(n.value) filter (where n.metric = 'shares'), 0) + coalesce(max(n.value) filter (where n.metric = 'saves'), 0)) as engagements
      from deliverable d join deal on deal.id = d.enrolment_id left join newest n on n.deliverable_id = d.id
      where d.workspace_id = ${workspaceId} and d.state = 'live' group by d.enrolment_id, d.id
    )
    select deal.id as enrolment_id, deal.person_id, deal.fee_minor, count(*)::int as pieces,
      case when count(piece.engagements) = count(*) then sum(piece.engagements)::float8 end as engagements
    from deal join piece on piece.enrolment_id = deal.id
    group by deal.id, deal.person_id, deal.fee_minor order by deal.id`.execute(tx);
  return rows;
}
