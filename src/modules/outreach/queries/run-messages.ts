import type { Tx } from '#infra/db/database.ts';
import type { MessageRow } from './threads.ts';

/** Mails of runs that wait to be sent. */
export async function selectMessagesOfRuns(
  tx: Tx,
  workspaceId: string,
  runIds: readonly string[],
): Promise<MessageRow[]> {
  if (runIds.length === 0) return [];
  return tx
    .selectFrom('mail_message')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('run_id', 'in', [...runIds])
    .where('state', '=', 'queued')
    .orderBy('id')
    .execute();
}
