import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface WorkRow {
  enrolment_id: string;
  deliverable_id: string;
  title: string;
  platform: string;
  format: string;
  due_on: string | null;
  state: string;
  live_at: Date | null;
  live_url: string | null;
}

const deliverablesMax = 2000;
const entriesMax = 500;

/** Every piece a person owed or made, of campaigns they were taken off too; cancelled ones are left out. */
export async function selectWorkOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    select d.enrolment_id, d.id as deliverable_id, d.title, d.platform, d.format, d.due_on, d.state, d.live_at, d.live_url
    from deliverable d join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where d.workspace_id = ${workspaceId} and e.person_id = ${personId} and d.state <> 'cancelled'
    order by d.due_on nulls last, d.id limit ${deliverablesMax}`.execute(tx);
  return rows;
}

export interface StoryRow {
  enrolment_id: string;
  kind: 'added' | 'moved' | 'changed' | 'removed' | 'restored';
  to_label: string | null;
  changes: Record<string, unknown>;
  by_name: string;
  at: Date;
}

/** What happened to a person on rosters, newest first. */
export async function selectStoryOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<StoryRow[]> {
  const { rows } = await sql<StoryRow>`
    select h.enrolment_id, h.kind, coalesce(s.label, h.to_stage) as to_label, h.changes, h.by_name, h.at
    from enrolment e
    join enrolment_history h on h.workspace_id = e.workspace_id and h.enrolment_id = e.id
    left join campaign_stage s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id and s.name = h.to_stage
    where e.workspace_id = ${workspaceId} and e.person_id = ${personId}
    order by h.at desc, h.id desc limit ${entriesMax}`.execute(tx);
  return rows;
}

export interface BriefStoryRow {
  enrolment_id: string;
  version: number;
  sent_by: string;
  first_sent_at: Date;
  acknowledged_at: Date | null;
}

/** Briefs a person was sent and whether they agreed, newest first. */
export async function selectBriefStoryOfPerson(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<BriefStoryRow[]> {
  const { rows } = await sql<BriefStoryRow>`
    select r.enrolment_id, r.version, r.sent_by, r.first_sent_at, a.acknowledged_at
    from enrolment e
    join brief_receipt r on r.workspace_id = e.workspace_id and r.enrolment_id = e.id
    left join brief_acknowledgement a on a.workspace_id = r.workspace_id and a.receipt_id = r.id
    where e.workspace_id = ${workspaceId} and e.person_id = ${personId}
    order by r.first_sent_at desc, r.id desc limit ${entriesMax}`.execute(tx);
  return rows;
}
