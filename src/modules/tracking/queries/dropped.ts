import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

interface Span {
  workspaceId: string;
  /** First and last day, both included, in `timeZone`, the workspace's. */
  from: string;
  to: string;
  timeZone: string;
}

// Days of the click ids one day wider than those asked for, so that partitions are chosen; the workspace's days cut them.
const within = (
  of: Span,
) => sql`k.workspace_id = ${of.workspaceId} and k.day between ${of.from}::date - 1 and ${of.to}::date + 1
  and k.clicked_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone} and k.clicked_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}`;

export interface DroppedDay {
  /** Null for what was counted. */
  reason: string | null;
  day: string;
  hits: bigint;
  /** Links this reason befell in the whole span. */
  links: number;
}

/** Hits by reason and day from the sums; counted ones under a reason of null. Only the links are told from the dropped hits themselves. */
export async function selectDroppedDays(tx: Tx, of: Span): Promise<DroppedDay[]> {
  const { rows } = await sql<DroppedDay>`
    with sums as (
      select day, facet, value, clicks, dropped from click_facet
      where workspace_id = ${of.workspaceId} and campaign_id = '' and day between ${of.from}::date and ${of.to}::date and facet in ('all', 'reason')
    ), spread as (
      select coalesce(k.drop_reason, 'unknown') as reason, count(distinct k.link_id)::int as links from click k where not k.counted and ${within(of)} group by 1
    )
    select null as reason, day, clicks as hits, 0 as links from sums where facet = 'all' and clicks > 0
    union all
    select s.value, s.day, s.dropped, coalesce(p.links, 0) from sums s left join spread p on p.reason = s.value where s.facet = 'reason'
    order by 1, 2`.execute(tx);
  return rows;
}

export interface DroppedLink {
  link_id: string;
  slug: string;
  person_id: string | null;
  campaign_id: string | null;
  counted: bigint;
  dropped: bigint;
  reason: string;
}

/** Links with the most hits that were not counted, each with the reason it met most; the hits of those few links are read for it. */
export async function selectDroppedLinks(tx: Tx, of: Span & { limit: number }): Promise<DroppedLink[]> {
  const { rows } = await sql<DroppedLink>`
    select t.link_id, l.slug, l.person_id, l.campaign_id, t.counted, t.dropped, m.reason from (
      select link_id, sum(clicks)::bigint as counted, sum(dropped)::bigint as dropped from click_daily
      where workspace_id = ${of.workspaceId} and day between ${of.from}::date and ${of.to}::date
      group by link_id having sum(dropped) > 0 order by sum(dropped) desc, link_id limit ${of.limit}
    ) t
    join link l on l.workspace_id = ${of.workspaceId} and l.id = t.link_id
    cross join lateral (
      select coalesce(mode() within group (order by k.drop_reason), 'unknown') as reason from click k
      where k.link_id = t.link_id and not k.counted and ${within(of)}
    ) m
    order by t.dropped desc, t.link_id`.execute(tx);
  return rows;
}
