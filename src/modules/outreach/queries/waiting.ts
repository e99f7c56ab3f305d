import type { Tx } from '#infra/db/database.ts';

/** Of these creators, those who wait for an answer of ours. */
export async function selectThreadsWaiting(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('mail_thread')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', 'in', [...personIds])
    .where('waiting_since', 'is not', null)
    .where('state', '=', 'open')
    .execute();
  return new Set(rows.map((row) => row.person_id));
}
