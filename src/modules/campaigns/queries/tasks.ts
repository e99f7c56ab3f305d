import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface TaskRow {
  id: string;
  title: string;
  note: string | null;
  owner_id: string | null;
  due_on: string | null;
  campaign_id: string | null;
  campaign_name: string | null;
  enrolment_id: string | null;
  person_id: string | null;
  done_at: Date | null;
  done_by: string | null;
  created_by: string;
  created_at: Date;
}

const columns = sql`
  select t.id, t.title, t.note, t.owner_id, t.due_on, t.campaign_id, c.name as campaign_name, t.enrolment_id, t.person_id, t.done_at, t.done_by,
    t.created_by, t.created_at
  from task t left join campaign c on c.workspace_id = t.workspace_id and c.id = t.campaign_id`;

export interface TaskFilter {
  campaignId?: string | undefined;
  personId?: string | undefined;
  ownerId?: string | undefined;
  isDone: boolean;
  limit: number;
}

/** Tasks of a workspace: open ones by day, those without one last; done ones with the newest first. */
export async function selectTasks(tx: Tx, workspaceId: string, of: TaskFilter): Promise<TaskRow[]> {
  const order = of.isDone ? sql`t.done_at desc, t.id` : sql`t.due_on nulls last, t.id`;
  const { rows } = await sql<TaskRow>`
    ${columns}
    where t.workspace_id = ${workspaceId} and (t.done_at is not null) = ${of.isDone}
      and (${of.campaignId ?? null}::text is null or t.campaign_id = ${of.campaignId ?? null})
      and (${of.personId ?? null}::text is null or t.person_id = ${of.personId ?? null})
      and (${of.ownerId ?? null}::text is null or t.owner_id = ${of.ownerId ?? null})
    order by ${order} limit ${of.limit}`.execute(tx);
  return rows;
}

export async function selectTask(tx: Tx, workspaceId: string, id: string): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`${columns} where t.workspace_id = ${workspaceId} and t.id = ${id}`.execute(tx);
  return rows[0];
}

/** The same, held until the transaction ends. */
export async function lockTask(tx: Tx, workspaceId: string, id: string): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`
    ${columns} where t.workspace_id = ${workspaceId} and t.id = ${id} for update of t`.execute(tx);
  return rows[0];
}

export async function insertTask(
  tx: Tx,
  workspaceId: string,
  row: {
    id: string;
    title: string;
    note: string | null;
    ownerId: string | null;
    dueOn: string | null;
    campaignId: string | null;
    enrolmentId: string | null;
    personId: string | null;
    createdBy: string;
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('task')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      title: row.title,
      note: row.note,
      owner_id: row.ownerId,
      due_on: row.dueOn,
      campaign_id: row.campaignId,
      enrolment_id: row.enrolmentId,
      person_id: row.personId,
      created_by: row.createdBy,
      created_at: row.at,
      updated_at: row.at,
    })
    .execute();
}

export interface TaskChange {
  title?: string;
  note?: string | null;
  owner_id?: string | null;
  due_on?: string | null;
  done_at?: Date | null;
  done_by?: string | null;
}

export async function updateTaskRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: TaskChange; at: Date },
): Promise<void> {
  await tx
    .updateTable('task')
    .set({ ...of.change, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export async function deleteTask(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('task').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
