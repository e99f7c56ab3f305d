import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';

/** Empties all mails to persons that are erased; their keys stay, so that nothing is sent a second time. */
export async function forgetMails(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .deleteFrom('mail_attachment')
    .where('workspace_id', '=', workspaceId)
    .where('mail_id', 'in', (inner) =>
      inner
        .selectFrom('mail_out')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .where('person_id', 'in', [...personIds]),
    )
    .execute();
  await tx
    .updateTable('mail_out')
    .set({
      to_address: '',
      to_name: null,
      subject: '',
      body: '',
      reply_to: null,
      person_id: null,
      answer: null,
      state: sql<string>`case when state in ('queued', 'sending') then 'refused' else state end`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', 'in', [...personIds])
    .execute();
}
