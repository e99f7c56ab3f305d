import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface ManagerRow {
  id: string;
  kind: 'manager' | 'agency';
  name: string;
  company: string | null;
  email: string | null;
  phone: string | null;
  note: string | null;
  person_ids: string[];
}

export interface ManagerAbout {
  kind: 'manager' | 'agency';
  name: string;
  company: string | null;
  email: string | null;
  phone: string | null;
  note: string | null;
}

/** Managers by name with whom they speak for; of one creator or with one id where that is asked. */
export async function selectManagers(
  tx: Tx,
  workspaceId: string,
  of: { personId?: string | undefined; managerId?: string | undefined },
): Promise<ManagerRow[]> {
  const { rows } = await sql<ManagerRow>`
    select m.id, m.kind, m.name, m.company, m.email, m.phone, m.note,
      array(select c.person_id from manager_creator c where c.workspace_id = m.workspace_id and c.manager_id = m.id order by c.person_id) as person_ids
    from manager m
    where m.workspace_id = ${workspaceId}
      and (${of.managerId ?? null}::text is null or m.id = ${of.managerId ?? null})
      and (${of.personId ?? null}::text is null or exists (
        select from manager_creator c where c.workspace_id = m.workspace_id and c.manager_id = m.id and c.person_id = ${of.personId ?? null}))
    order by lower(m.name), m.id limit 2000`.execute(tx);
  return rows;
}

/** Null when another manager has that address. */
export async function insertManager(
  tx: Tx,
  workspaceId: string,
  of: { id: string; about: ManagerAbout; createdBy: string; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('manager')
    .values({
      workspace_id: workspaceId,
      id: of.id,
      ...of.about,
      created_by: of.createdBy,
      created_at: of.at,
      updated_at: of.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function isEmailTaken(
  tx: Tx,
  workspaceId: string,
  of: { email: string; butId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select id from manager where workspace_id = ${workspaceId} and lower(email) = lower(${of.email}) and id <> ${of.butId}`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function setManager(
  tx: Tx,
  workspaceId: string,
  of: { id: string; about: ManagerAbout; at: Date },
): Promise<void> {
  await tx
    .updateTable('manager')
    .set({ ...of.about, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export async function deleteManager(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('manager').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function insertManagerCreators(
  tx: Tx,
  workspaceId: string,
  of: { managerId: string; personIds: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    insert into manager_creator (workspace_id, manager_id, person_id, since)
    select ${workspaceId}, ${of.managerId}, p, ${of.at}::timestamptz from unnest(${of.personIds}::text[]) as p
    on conflict do nothing`.execute(tx);
}

export async function deleteManagerCreators(
  tx: Tx,
  workspaceId: string,
  of: { managerId: string; personIds: readonly string[] },
): Promise<void> {
  await sql`
    delete from manager_creator
    where workspace_id = ${workspaceId} and manager_id = ${of.managerId} and person_id = any(${of.personIds}::text[])`.execute(
    tx,
  );
}

export async function insertMessage(
  tx: Tx,
  workspaceId: string,
  of: {
    id: string;
    managerId: string;
    personIds: readonly string[];
    subject: string;
    body: string;
    mailState: 'queued' | 'off';
    sentBy: string;
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('manager_message')
    .values({
      workspace_id: workspaceId,
      id: of.id,
      manager_id: of.managerId,
      person_ids: [...of.personIds],
      subject: of.subject,
      body: of.body,
      mail_state: of.mailState,
      sent_by: of.sentBy,
      sent_at: of.at,
    })
    .execute();
}

export async function selectMessagesAbout(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<{ name: string; subject: string; mail_state: string; sent_by: string; sent_at: Date; others: number }[]> {
  const { rows } = await sql<{
    name: string;
    subject: string;
    mail_state: string;
    sent_by: string;
    sent_at: Date;
    others: number;
  }>`
    select m.name, g.subject, g.mail_state, g.sent_by, g.sent_at, cardinality(g.person_ids) - 1 as others
    from manager_message g join manager m on m.workspace_id = g.workspace_id and m.id = g.manager_id
    where g.workspace_id = ${workspaceId} and g.person_ids @> array[${personId}]::text[]
    order by g.sent_at desc, g.id desc limit 200`.execute(tx);
  return rows;
}
