import type { Selectable } from 'kysely';
import type { Workspace as WorkspaceTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type WorkspaceRow = Selectable<WorkspaceTable>;

/** Every workspace of the installation, oldest first. For the machine's own command line. */
export function allWorkspaces(tx: Tx): Promise<WorkspaceRow[]> {
  return tx.selectFrom('workspace').selectAll().orderBy('created_at').orderBy('id').execute();
}

export function workspaceById(tx: Tx, id: string): Promise<WorkspaceRow | undefined> {
  return tx.selectFrom('workspace').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Makes it unless the slug is taken; undefined then. */
export function insertWorkspace(
  tx: Tx,
  row: {
    id: string;
    slug: string;
    name: string;
    currency?: string;
    time_zone?: string;
    is_sample?: boolean;
    created_at: Date;
  },
): Promise<WorkspaceRow | undefined> {
  return tx
    .insertInto('workspace')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returningAll()
    .executeTakeFirst();
}
