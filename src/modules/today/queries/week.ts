import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface WeekRow {
  person_id: string;
  /** 0 is the last seven days, 1 the seven before, to 8. */
  week: number;
  orders: bigint;
  net_minor: bigint;
}

/** Revenue credited to each creator in one currency, by weeks back from today; cancelled and fully refunded orders are no orders. */
export async function selectWeeks(
  tx: Tx,
  workspaceId: string,
  of: { today: string; timeZone: string; currency: string; weeks: number },
): Promise<WeekRow[]> {
  const { rows } = await sql<WeekRow>`
    with credited as (
      select k.person_id, (${of.today}::date - (c.ordered_at at time zone ${of.timeZone})::date) / 7 as week, k.credited_minor as net_minor,
        (k.place = 0 and (c.refunded_minor < c.amount_minor or c.amount_minor = 0)) as is_kept
      from credit k join conversion c on c.workspace_id = k.workspace_id and c.id = k.conversion_id
      where k.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and k.model = 'paid' and k.person_id is not null
        and c.state = 'paid' and c.currency = ${of.currency}
        and c.ordered_at >= (${of.today}::date - ${7 * of.weeks - 1}::int)::timestamp at time zone ${of.timeZone}
        and c.ordered_at < (${of.today}::date + 1)::timestamp at time zone ${of.timeZone}
    )
    select person_id, week::int as week, count(*) filter (where is_kept) as orders, sum(net_minor)::bigint as net_minor
    from credited group by person_id, week order by person_id, week`.execute(tx);
  return rows;
}

export interface SilenceRow {
  person_id: string;
  campaign_id: string;
  campaign_name: string;
  /** Dated posts known of the account the campaign runs on. */
  posts: bigint;
  last_post_at: Date | null;
  /** Last time posts or figures of the account were read. */
  read_at: Date | null;
  longest_gap_s: number | null;
}

/** How long the accounts of creators on live campaigns have been silent, and how long they ever were. One row a creator: the campaign joined last. */
export async function selectSilences(tx: Tx, workspaceId: string): Promise<SilenceRow[]> {
  const { rows } = await sql<SilenceRow>`
    with active as (
      select distinct on (e.person_id) e.person_id, e.profile_id, c.id as campaign_id, c.name as campaign_name
      from enrolment e
      join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.state = 'live'
      join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage and s.phase <> 'considering'
      where e.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and e.removed_at is null
      order by e.person_id, e.added_at desc, e.id
    ), gaps as (
      select p.profile_id, p.posted_at, p.observed_at,
        extract(epoch from p.posted_at - lag(p.posted_at) over (partition by p.profile_id order by p.posted_at)) as gap_s
      from post p
      where p.workspace_id = ${workspaceId} and p.posted_at is not null and p.profile_id in (select profile_id from active)
    )
    select a.person_id, a.campaign_id, a.campaign_name, count(g.posted_at) as posts, max(g.posted_at) as last_post_at,
      max(g.observed_at) as read_at, max(g.gap_s)::double precision as longest_gap_s
    from active a left join gaps g on g.profile_id = a.profile_id
    group by a.person_id, a.campaign_id, a.campaign_name
    order by a.person_id`.execute(tx);
  return rows;
}
