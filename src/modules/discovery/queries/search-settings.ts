import type { Tx } from '#infra/db/database.ts';
import type { SearchSettings } from '../api.ts';

export async function selectSettings(tx: Tx, workspaceId: string): Promise<SearchSettings> {
  const row = await tx
    .selectFrom('search_setting')
    .select('followers_min')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return { followersMin: Number(row?.followers_min ?? 0) };
}

export async function upsertSettings(
  tx: Tx,
  workspaceId: string,
  change: { settings: SearchSettings; by: string; at: Date },
): Promise<void> {
  const values = { followers_min: BigInt(change.settings.followersMin), changed_by: change.by, changed_at: change.at };
  await tx
    .insertInto('search_setting')
    .values({ workspace_id: workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}
