import type { Tx } from '#infra/db/database.ts';

/** The id of a member's calendar link; held, so that two who make one come one after the other. */
export async function lockFeed(tx: Tx, workspaceId: string, userId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('calendar_feed')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function upsertFeed(tx: Tx, workspaceId: string, of: { userId: string; id: string }): Promise<void> {
  await tx
    .insertInto('calendar_feed')
    .values({ workspace_id: workspaceId, user_id: of.userId, id: of.id })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ id: of.id }))
    .execute();
}

/** Whose calendar link that is. */
export async function findFeedOwner(tx: Tx, workspaceId: string, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('calendar_feed')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.user_id ?? null;
}
