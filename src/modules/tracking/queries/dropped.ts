import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

interface Span {
  workspaceId: string;
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

/** Hits by reason and day; counted ones under a reason of null. */
export async function selectDroppedDays(tx: Tx, of: Span): Promise<DroppedDay[]> {
  const { rows } = await sql<DroppedDay>`
    with hits as (
      select case when k.counted then null else coalesce(k.drop_reason, 'unknown') end as reason,
        (k.clicked_at at time zone ${of.timeZone})::date as day, k.link_id
      from click k where ${within(of)}
    ), spread as (select reason, count(distinct link_id)::int as links from hits where reason is not null group by reason)
    select h.reason, h.day, count(*) as hits, coalesce(max(s.links), 0) as links
    from hits h left join spread s on s.reason = h.reason group by h.reason, h.day order by h.reason, h.day`.execute(
    tx,
  );
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

/** Links with the most hits that were not counted, each with the reason it met most. */
export async function selectDroppedLinks(tx: Tx, of: Span & { limit: number }): Promise<DroppedLink[]> {
  const { rows } = await sql<DroppedLink>`
    select t.link_id, l.slug, l.person_id, l.campaign_id, t.counted, t.dropped, t.reason from (
      select k.link_id, count(*) filter (where k.counted) as counted, count(*) filter (where not k.counted) as dropped,
        mode() within group (order by k.drop_reason) filter (where not k.counted) as reason
      from click k where ${within(of)} group by k.link_id
    ) t join link l on l.workspace_id = ${of.workspaceId} and l.id = t.link_id
    where t.dropped > 0 and t.reason is not null order by t.dropped desc, t.link_id limit ${of.limit}`.execute(tx);
  return rows;
}
