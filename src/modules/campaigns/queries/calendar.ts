import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CalendarKind } from '../api.ts';

export interface CalendarRow {
  kind: CalendarKind;
  /** What tells it from others of its kind, day and campaign. */
  key: string;
  campaign_id: string | null;
  campaign_name: string | null;
  from_day: string;
  until_day: string;
  title: string | null;
  count: number;
  done: number;
  /** The first few, open ones before done ones. */
  people: { e: string | null; p: string; w: string; d: boolean }[];
  /** Where the one thing it speaks of stands, where there is one. */
  path?: string | null;
}

export interface CalendarQuery {
  from: string;
  until: string;
  campaignId: string | undefined;
  peopleMax: number;
}

const campaigns = (workspaceId: string, campaignId: string | undefined) => sql`
  wanted as materialized (
    select id, name, state, starts_on, ends_on, brief -> 'dates' as dates from campaign
    where workspace_id = ${workspaceId} and ${campaignId === undefined ? sql`state <> 'archived'` : sql`id = ${campaignId}`}
  )`;

const people = (max: number, what: ReturnType<typeof sql>, done: ReturnType<typeof sql>) => sql`
  to_jsonb((array_agg(jsonb_build_object('e', enrolment_id, 'p', person_id, 'w', ${what}, 'd', ${done}) order by ${done}, enrolment_id) filter (where enrolment_id is not null))[1:${sql.lit(max)}])`;

/** The campaigns a calendar speaks of: the one named, else all that are not archived. */
export async function selectCalendarCampaigns(tx: Tx, workspaceId: string, campaignId: string | undefined) {
  const { rows } = await sql<{ id: string; name: string }>`
    with ${campaigns(workspaceId, campaignId)} select id, name from wanted order by id`.execute(tx);
  return rows;
}

/** Deliverables by the day they are due, one row a campaign, platform and format. */
export async function selectContentDays(tx: Tx, workspaceId: string, of: CalendarQuery): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    with ${campaigns(workspaceId, of.campaignId)}
    select 'content_due' as kind, platform || '/' || format as key, campaign_id, campaign_name, due_on as from_day, due_on as until_day,
      case when min(title) = max(title) then min(title) end as title,
      count(*)::int as count, (count(*) filter (where is_done))::int as done, ${people(of.peopleMax, sql`title`, sql`is_done`)} as people
    from (
      select d.platform, d.format, d.title, d.due_on, d.state = 'live' or (d.state = 'approved' and d.is_for_brand) as is_done, e.id as enrolment_id, e.person_id, c.id as campaign_id, c.name as campaign_name
      from deliverable d
      join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id and (e.removed_at is null or d.state = 'live')
      join wanted c on c.id = e.campaign_id
      where d.workspace_id = ${workspaceId} and d.state <> 'cancelled' and d.due_on between ${of.from}::date and ${of.until}::date
    ) d
    group by 2, 3, 4, 5
    order by 5, 3, 2`.execute(tx);
  return rows;
}

/** Answers and drafts due and windows in which posts go live: creators with the same day are one row. A day of the brief without creators yet counts none. */
export async function selectPlanDays(tx: Tx, workspaceId: string, of: CalendarQuery): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    with ${campaigns(workspaceId, of.campaignId)}, briefed as (
      select id, name, (dates ->> 'respondBy')::date as respond_by, (dates ->> 'draftsBy')::date as drafts_by,
        (dates ->> 'liveFrom')::date as live_from, (dates ->> 'liveUntil')::date as live_until
      from wanted
    ), standing as (
      select e.id as enrolment_id, e.person_id, e.campaign_id, c.name as campaign_name, s.label,
        coalesce(e.respond_by, c.respond_by) as respond_by, coalesce(e.drafts_by, c.drafts_by) as drafts_by,
        coalesce(e.live_from, c.live_from) as live_from, coalesce(e.live_until, c.live_until) as live_until,
        s.phase <> 'considering' as has_answered,
        s.phase = 'done' or (w.total > 0 and w.planned = 0) as has_drafted,
        s.phase = 'done' or (w.total > 0 and w.open = 0) as is_live
      from enrolment e
      join briefed c on c.id = e.campaign_id
      join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage
      cross join lateral (
        select count(*) filter (where d.state = 'planned') as planned, count(*) filter (where (d.state in ('planned', 'drafted') or (d.state = 'approved' and not d.is_for_brand))) as open,
          count(*) as total
        from deliverable d where d.workspace_id = e.workspace_id and d.enrolment_id = e.id and d.state <> 'cancelled'
      ) w
      where e.workspace_id = ${workspaceId} and e.removed_at is null
    ), day as (
      select 'answers_due' as kind, campaign_id, campaign_name, respond_by as from_day, respond_by as until_day, enrolment_id, person_id, label, has_answered as is_done
      from standing
      union all
      select 'drafts_due', campaign_id, campaign_name, drafts_by, drafts_by, enrolment_id, person_id, label, has_drafted from standing
      union all
      select 'live_window', campaign_id, campaign_name, coalesce(live_from, live_until), coalesce(live_until, live_from), enrolment_id, person_id, label, is_live
      from standing
      union all
      select 'answers_due', id, name, respond_by, respond_by, null, null, null, null from briefed
      union all
      select 'drafts_due', id, name, drafts_by, drafts_by, null, null, null, null from briefed
      union all
      select 'live_window', id, name, coalesce(live_from, live_until), coalesce(live_until, live_from), null, null, null, null from briefed
    )
    select kind, '' as key, campaign_id, campaign_name, from_day, greatest(from_day, until_day) as until_day, null as title,
      count(enrolment_id)::int as count, (count(*) filter (where is_done))::int as done,
      coalesce(${people(of.peopleMax, sql`label`, sql`is_done`)}, '[]') as people
    from day
    where from_day is not null and from_day <= ${of.until}::date and greatest(from_day, until_day) >= ${of.from}::date
    group by kind, campaign_id, campaign_name, from_day, until_day
    order by from_day, campaign_id, kind`.execute(tx);
  return rows;
}

/** First and last days of campaigns, days of goals and payments, and open tasks. */
export async function selectSingleDays(tx: Tx, workspaceId: string, of: CalendarQuery): Promise<CalendarRow[]> {
  const isAll = of.campaignId === undefined;
  const { rows } = await sql<CalendarRow>`
    with ${campaigns(workspaceId, of.campaignId)}, day as (
      select 'campaign' as kind, 'start' as key, id as campaign_id, name as campaign_name, starts_on as day, 'begins' as title, state <> 'draft' as is_done from wanted
      union all
      select 'campaign', 'end', id, name, ends_on, 'ends', state in ('ended', 'archived') from wanted
      union all
      select 'goal_due', g.id, c.id, c.name, g.due_on, g.metric, false
      from campaign_goal g join wanted c on c.id = g.campaign_id where g.workspace_id = ${workspaceId}
      union all
      select 'cost_due', o.id, c.id, c.name, o.due_on, coalesce(o.note, o.kind), o.state = 'paid'
      from campaign_cost o join wanted c on c.id = o.campaign_id where o.workspace_id = ${workspaceId} and o.due_on is not null
      union all
      select 'task_due', t.id, c.id, c.name, t.due_on, t.title, t.done_at is not null
      from task t left join wanted c on c.id = t.campaign_id
      where t.workspace_id = ${workspaceId} and t.due_on is not null and (c.id is not null or (t.campaign_id is null and ${isAll}))
    )
    select kind, key, campaign_id, campaign_name, day as from_day, day as until_day, title, 1 as count, is_done::int as done, '[]'::jsonb as people
    from day where day between ${of.from}::date and ${of.until}::date
    order by day, kind, key`.execute(tx);
  return rows;
}
