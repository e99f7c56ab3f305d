import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { DeadlineKind } from '../api.ts';

export interface DeadlineRow {
  kind: DeadlineKind;
  subject_id: string;
  campaign_id: string;
  campaign_name: string;
  enrolment_id: string;
  person_id: string;
  owner_id: string | null;
  title: string;
  due_on: string;
  /** Whole days until then, negative once it went by. */
  days: number;
}

/**
 * What creators of live campaigns still owe on a day: an answer, drafts, content, a post within its window. The campaigns' briefs are read once
 * each, not once a creator.
 */
const openDeadlines = (workspaceId: string, today: string) => sql`
  live as materialized (
    select id, name, owner_id, remind_before, remind_after, remind_creators,
      (brief -> 'dates' ->> 'respondBy')::date as respond_by, (brief -> 'dates' ->> 'draftsBy')::date as drafts_by,
      (brief -> 'dates' ->> 'liveUntil')::date as live_until
    from campaign where workspace_id = ${workspaceId} and state = 'live'
  ), standing as materialized (
    select e.id as enrolment_id, e.person_id, e.campaign_id, c.name as campaign_name, coalesce(e.owner_id, c.owner_id) as owner_id,
      s.phase, s.waits_for, s.reached_by,
      coalesce(e.respond_by, c.respond_by) as respond_by, coalesce(e.drafts_by, c.drafts_by) as drafts_by,
      coalesce(e.live_until, c.live_until) as live_until
    from enrolment e
    join live c on c.id = e.campaign_id
    join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = e.stage
    where e.workspace_id = ${workspaceId} and e.removed_at is null
  ), work as materialized (
    select d.id, d.enrolment_id, d.title, d.due_on, d.state
    from deliverable d
    where d.workspace_id = ${workspaceId} and (d.state in ('planned', 'drafted') or (d.state = 'approved' and not d.is_for_brand))
      and d.enrolment_id in (select enrolment_id from standing)
  ), deadline as (
    select 'answer' as kind, s.enrolment_id as subject_id, s.campaign_id, s.campaign_name, s.enrolment_id, s.person_id, s.owner_id,
      'Answer to the invitation' as title, s.respond_by as due_on
    from standing s
    where s.respond_by is not null and s.phase = 'considering' and s.waits_for = 'creator' and 'invited' = any(s.reached_by)
    union all
    select 'draft', s.enrolment_id, s.campaign_id, s.campaign_name, s.enrolment_id, s.person_id, s.owner_id,
      case when w.planned = 1 then 'Draft of ' || w.title else w.planned || ' drafts' end, s.drafts_by
    from standing s
    join (select enrolment_id, count(*) as planned, min(title) as title from work where state = 'planned' group by 1) w
      on w.enrolment_id = s.enrolment_id
    where s.drafts_by is not null and s.phase in ('agreed', 'producing')
    union all
    select 'content', w.id, s.campaign_id, s.campaign_name, s.enrolment_id, s.person_id, s.owner_id, w.title, w.due_on
    from standing s join work w on w.enrolment_id = s.enrolment_id
    where w.due_on is not null and w.state <> 'drafted' and s.phase <> 'considering'
    union all
    select 'live_window', s.enrolment_id, s.campaign_id, s.campaign_name, s.enrolment_id, s.person_id, s.owner_id,
      case when w.open = 1 then w.title else w.open || ' posts' end || ' to go live', s.live_until
    from standing s
    join (select enrolment_id, count(*) as open, min(title) as title from work group by 1) w on w.enrolment_id = s.enrolment_id
    where s.live_until is not null and s.phase in ('agreed', 'producing')
  ), dated as (
    select deadline.*, due_on - ${today}::date as days from deadline
  )`;

/** Open deadlines of live campaigns up to so many days ahead, the earliest first; those long past too. */
export async function selectDeadlines(
  tx: Tx,
  workspaceId: string,
  of: { today: string; daysAhead: number },
): Promise<DeadlineRow[]> {
  const { rows } = await sql<DeadlineRow>`
    with ${openDeadlines(workspaceId, of.today)}
    select kind, subject_id, campaign_id, campaign_name, enrolment_id, person_id, owner_id, title, due_on, days
    from dated where days <= ${of.daysAhead}
    order by due_on, kind, campaign_id, subject_id`.execute(tx);
  return rows;
}

export interface DueReminderRow extends DeadlineRow {
  /** The day the campaign reminds on that was reached last. */
  remind_days: number;
  writes_to_creators: boolean;
}

/** A reminder is made up to so many days after its day, when nobody looked on the day itself. */
const graceDays = 2;

/** Deadlines that have reached one of the days their campaign reminds on and were not reminded of for it. */
export async function selectDueReminders(tx: Tx, workspaceId: string, today: string): Promise<DueReminderRow[]> {
  const { rows } = await sql<DueReminderRow>`
    with ${openDeadlines(workspaceId, today)}, reached as (
      select d.*, c.remind_creators as writes_to_creators,
        (select min(o) from unnest(c.remind_before || 0 || array(select -a from unnest(c.remind_after) a)) o where o >= d.days) as remind_days
      from dated d join live c on c.id = d.campaign_id
    )
    select kind, subject_id, campaign_id, campaign_name, enrolment_id, person_id, owner_id, title, due_on, days, remind_days, writes_to_creators
    from reached r
    where remind_days is not null and remind_days - days <= ${graceDays}
      and not exists (
        select from deadline_reminder m
        where m.workspace_id = ${workspaceId} and m.kind = r.kind and m.subject_id = r.subject_id and m.due_on = r.due_on and m.days = r.remind_days)
    order by campaign_id, person_id, due_on, kind, subject_id`.execute(tx);
  return rows;
}

export interface NewReminder {
  id: string;
  row: DueReminderRow;
}

/** Notes reminders; one that another run noted first is left out of the answer. */
export async function insertReminders(
  tx: Tx,
  workspaceId: string,
  of: { reminders: readonly NewReminder[]; day: string; at: Date },
): Promise<string[]> {
  const list = JSON.stringify(
    of.reminders.map(({ id, row }) => ({
      id,
      kind: row.kind,
      subject_id: row.subject_id,
      campaign_id: row.campaign_id,
      enrolment_id: row.enrolment_id,
      person_id: row.person_id,
      title: row.title,
      due_on: row.due_on,
      days: row.remind_days,
    })),
  );
  const { rows } = await sql<{ id: string }>`
    insert into deadline_reminder (workspace_id, id, kind, subject_id, campaign_id, enrolment_id, person_id, title, due_on, days, day, created_at)
    select ${workspaceId}, new.id, new.kind, new.subject_id, new.campaign_id, new.enrolment_id, new.person_id, new.title, new.due_on, new.days,
      ${of.day}::date, ${of.at}::timestamptz
    from jsonb_to_recordset(${list}::jsonb) as new (id text, kind text, subject_id text, campaign_id text, enrolment_id text, person_id text,
      title text, due_on date, days int)
    on conflict do nothing returning id`.execute(tx);
  return rows.map((row) => row.id);
}

export async function setReminderMail(
  tx: Tx,
  workspaceId: string,
  of: { ids: readonly string[]; mailId: string },
): Promise<void> {
  await sql`
    update deadline_reminder set mail_id = ${of.mailId}
    where workspace_id = ${workspaceId} and id = any(${of.ids}::text[])`.execute(tx);
}

export async function selectReminders(tx: Tx, workspaceId: string, of: { campaignId: string; limit: number }) {
  return tx
    .selectFrom('deadline_reminder')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .orderBy('day', 'desc')
    .orderBy('due_on')
    .orderBy('id')
    .limit(of.limit)
    .execute();
}

export async function selectReminderSettings(tx: Tx, workspaceId: string, campaignId: string) {
  return tx
    .selectFrom('campaign')
    .select(['remind_before', 'remind_after', 'remind_creators'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', campaignId)
    .executeTakeFirst();
}

export async function updateReminderSettings(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; before: number[]; after: number[]; writes: boolean },
): Promise<void> {
  await tx
    .updateTable('campaign')
    .set({ remind_before: of.before, remind_after: of.after, remind_creators: of.writes })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.campaignId)
    .execute();
}
