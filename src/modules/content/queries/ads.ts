import type { Selectable } from 'kysely';
import type { ContentAdPermission } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type AdPermissionRow = Selectable<ContentAdPermission>;

export async function selectAdRows(tx: Tx, workspaceId: string, personId: string): Promise<AdPermissionRow[]> {
  return tx
    .selectFrom('content_ad_permission')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
}

type Saved = Omit<AdPermissionRow, 'created_at' | 'created_by' | 'updated_at'> & {
  isNew: boolean;
  by: string;
  at: Date;
};

/** Adds a row, or changes the person's row of that id; undefined when there is none. */
export async function saveAdRow(tx: Tx, saved: Saved): Promise<AdPermissionRow | undefined> {
  const { isNew, by, at, ...row } = saved;
  if (isNew)
    return tx
      .insertInto('content_ad_permission')
      .values({ ...row, created_at: at, created_by: by, updated_at: at })
      .returningAll()
      .executeTakeFirst();
  const { workspace_id: workspaceId, id, person_id: personId, ...set } = row;
  return tx
    .updateTable('content_ad_permission')
    .set({ ...set, updated_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .returningAll()
    .executeTakeFirst();
}
