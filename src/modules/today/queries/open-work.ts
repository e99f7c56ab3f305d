import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface WorkRow {
  campaign_id: string;
  campaign_name: string;
  enrolment_id: string;
  person_id: string;
  title: string;
  /** Due day of a deliverable; null when none is set. */
  due_on: string | null;
}

const onLiveCampaigns = (workspaceId: string) => sql`
  from enrolment e
  join campaign c on c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.state = 'live'
  join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage
  where e.workspace_id = ${workspaceId} and c.workspace_id = ${workspaceId} and e.removed_at is null`;

/** Drafts handed in and not looked at, on live campaigns: the earliest due first. */
export async function selectDrafts(tx: Tx, workspaceId: string): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    with work as (select e.id, e.person_id, c.id as campaign_id, c.name as campaign_name ${onLiveCampaigns(workspaceId)})
    select w.campaign_id, w.campaign_name, w.id as enrolment_id, w.person_id, d.title, d.due_on
    from work w join deliverable d on d.workspace_id = ${workspaceId} and d.enrolment_id = w.id and d.state = 'drafted'
    order by d.due_on nulls last, d.id`.execute(tx);
  return rows;
}

/** Deliverables due before today that are neither handed in nor live, of creators agreed with. */
export async function selectOverdue(tx: Tx, workspaceId: string, today: string): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    with work as (
      select e.id, e.person_id, c.id as campaign_id, c.name as campaign_name ${onLiveCampaigns(workspaceId)} and s.phase <> 'considering'
    )
    select w.campaign_id, w.campaign_name, w.id as enrolment_id, w.person_id, d.title, d.due_on
    from work w join deliverable d on d.workspace_id = ${workspaceId} and d.enrolment_id = w.id
      and (d.state = 'planned' or (d.state = 'approved' and not d.is_for_brand)) and d.due_on < ${today}::date
    order by d.due_on, d.id`.execute(tx);
  return rows;
}

export interface WaitingRow {
  campaign_id: string;
  campaign_name: string;
  person_id: string;
  stage_label: string;
  task: string | null;
  days: number;
  patience_days: number;
}

/** Creators of live campaigns who wait for us longer than their stage allows, the longest first. */
export async function selectWaiting(
  tx: Tx,
  workspaceId: string,
  of: { today: string; timeZone: string },
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    with work as (
      select e.id, c.id as campaign_id, c.name as campaign_name, e.person_id, s.label as stage_label, s.task, s.patience_days,
        ${of.today}::date - (e.stage_since at time zone ${of.timeZone})::date as days
      ${onLiveCampaigns(workspaceId)} and s.waits_for = 'us' and s.patience_days is not null
    )
    select campaign_id, campaign_name, person_id, stage_label, task, days, patience_days from work
    where days > patience_days
    order by days - patience_days desc, id`.execute(tx);
  return rows;
}

export interface TurnedRow {
  person_id: string;
  campaign_id: string;
  campaign_name: string;
  verdict: 'review' | 'reject';
  before: string | null;
  computed_at: Date;
}

/**
 * Creators on a live campaign whose newest report is worse than the one before, or came after they joined, and on whom nobody decided since.
 * One row a person: the campaign they joined last.
 */
export async function selectTurned(tx: Tx, workspaceId: string): Promise<TurnedRow[]> {
  const { rows } = await sql<TurnedRow>`
    with work as (
      select distinct on (e.person_id) e.person_id, c.id as campaign_id, c.name as campaign_name, e.added_at
      ${onLiveCampaigns(workspaceId)} order by e.person_id, e.added_at desc, e.id
    ), reports as (
      select r.person_id, r.verdict, r.computed_at, row_number() over w as place, lead(r.verdict) over w as before
      from vetting_report r
      where r.workspace_id = ${workspaceId} and r.is_main and r.person_id in (select person_id from work)
      window w as (partition by r.person_id order by r.computed_at desc, r.id desc)
    )
    select w.person_id, w.campaign_id, w.campaign_name, r.verdict, r.before, r.computed_at
    from work w join reports r on r.person_id = w.person_id and r.place = 1
    where r.verdict in ('review', 'reject')
      and r.computed_at > w.added_at
      and (r.before is null or r.before = 'not_enough_data' or r.before = 'pass' or (r.before = 'review' and r.verdict = 'reject'))
      and not exists (
        select 1 from vetting_verdict v
        where v.workspace_id = ${workspaceId} and v.person_id = w.person_id and v.point = 'overall' and v.decided_at >= r.computed_at)
    order by r.verdict, r.computed_at desc, w.person_id`.execute(tx);
  return rows;
}
