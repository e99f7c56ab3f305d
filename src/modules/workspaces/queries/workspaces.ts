import { type Selectable, sql } from 'kysely';
import type { Workspace as WorkspaceTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type WorkspaceRow = Selectable<WorkspaceTable>;

/** Every workspace of the installation, oldest first. System role, for the machine's own command line. */
export function allWorkspaces(tx: Tx): Promise<WorkspaceRow[]> {
  return tx.selectFrom('workspace').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** Workspaces without any member: made by the command line before anybody had signed up. System role. */
export function workspacesOfNobody(tx: Tx): Promise<WorkspaceRow[]> {
  return tx
    .selectFrom('workspace as w')
    .selectAll('w')
    .where((where) =>
      where.not(where.exists(where.selectFrom('member as m').select('m.id').whereRef('m.workspace_id', '=', 'w.id'))),
    )
    .orderBy('w.created_at')
    .orderBy('w.id')
    .execute();
}

export function workspaceById(tx: Tx, id: string): Promise<WorkspaceRow | undefined> {
  return tx.selectFrom('workspace').selectAll().where('id', '=', id).executeTakeFirst();
}

export interface NewWorkspaceRow {
  id: string;
  slug: string;
  name: string;
  currency: string;
  time_zone: string;
  is_sample: boolean;
  created_at: Date;
}

/** Makes it unless the slug is taken; undefined then. System role. */
export function insertWorkspace(tx: Tx, row: NewWorkspaceRow): Promise<WorkspaceRow | undefined> {
  return tx
    .insertInto('workspace')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returningAll()
    .executeTakeFirst();
}

export interface WorkspaceChange {
  name?: string | undefined;
  slug?: string | undefined;
  currency?: string | undefined;
  time_zone?: string | undefined;
}

export function updateWorkspaceRow(tx: Tx, id: string, change: WorkspaceChange): Promise<WorkspaceRow> {
  return tx.updateTable('workspace').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
}

export async function slugIsTaken(tx: Tx, slug: string, exceptId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('workspace')
    .select('id')
    .where('slug', '=', slug)
    .where('id', '!=', exceptId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets only one set-up, and one choice of a slug, happen at a time; held to the end of the transaction. */
export async function lockSetUp(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(727010)`.execute(tx);
}

/** Deletes a workspace that is a sample; members, keys, invitations and audit go with it. System role. */
export async function deleteWorkspaceRow(tx: Tx, which: { id: string; isSample: true }): Promise<boolean> {
  const row = await tx
    .deleteFrom('workspace')
    .where('id', '=', which.id)
    .where('is_sample', '=', true)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
