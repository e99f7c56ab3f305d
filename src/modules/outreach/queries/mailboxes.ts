import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Mailbox as MailboxTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type MailboxRow = Selectable<MailboxTable>;

export async function selectMailboxes(tx: Tx, workspaceId: string): Promise<MailboxRow[]> {
  return tx
    .selectFrom('mailbox')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('address')
    .orderBy('id')
    .execute();
}

/** One that is connected; locked against other senders when `isLocked`. */
export async function selectMailbox(
  tx: Tx,
  workspaceId: string,
  which: { id: string | null; isLocked?: boolean },
): Promise<MailboxRow | undefined> {
  let query = tx
    .selectFrom('mailbox')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null);
  query = which.id === null ? query.where('is_default', '=', true) : query.where('id', '=', which.id);
  if (which.isLocked === true) query = query.forUpdate();
  return query.executeTakeFirst();
}

export async function insertMailbox(tx: Tx, row: Insertable<MailboxTable>): Promise<void> {
  await tx.insertInto('mailbox').values(row).execute();
}

export async function updateMailboxRow(
  tx: Tx,
  workspaceId: string,
  change: { id: string; set: Updateable<MailboxTable> },
): Promise<void> {
  await tx
    .updateTable('mailbox')
    .set(change.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .execute();
}

/** No mailbox is the default one any more. */
export async function clearDefault(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .updateTable('mailbox')
    .set({ is_default: false })
    .where('workspace_id', '=', workspaceId)
    .where('is_default', '=', true)
    .execute();
}

/** Mails of mailings that a mailbox handed over since an instant. */
export async function countSentSince(tx: Tx, workspaceId: string, since: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ mailbox_id: string; n: bigint }>`
    select mailbox_id, count(*) as n from mail_message
    where workspace_id = ${workspaceId} and direction = 'out' and run_id is not null and at >= ${since}
      and state in ('queued', 'sent', 'bounced', 'failed') group by mailbox_id`.execute(tx);
  return new Map(rows.map((row) => [row.mailbox_id, Number(row.n)]));
}

export interface FolderRow {
  name: string;
  uid_validity: bigint;
  last_uid: bigint;
  synced_at: Date;
}

export async function selectFolders(tx: Tx, workspaceId: string, mailboxId: string): Promise<FolderRow[]> {
  return tx
    .selectFrom('mailbox_folder')
    .select(['name', 'uid_validity', 'last_uid', 'synced_at'])
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', mailboxId)
    .orderBy('name')
    .execute();
}

export async function lastSyncs(tx: Tx, workspaceId: string): Promise<Map<string, Date>> {
  const { rows } = await sql<{ mailbox_id: string; at: Date }>`
    select mailbox_id, max(synced_at) as at from mailbox_folder where workspace_id = ${workspaceId} group by mailbox_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.mailbox_id, row.at]));
}

export async function upsertFolder(
  tx: Tx,
  workspaceId: string,
  folder: { mailboxId: string; name: string; uidValidity: bigint; lastUid: bigint; now: Date },
): Promise<void> {
  const values = { uid_validity: folder.uidValidity, last_uid: folder.lastUid, synced_at: folder.now };
  await tx
    .insertInto('mailbox_folder')
    .values({ workspace_id: workspaceId, mailbox_id: folder.mailboxId, name: folder.name, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'mailbox_id', 'name']).doUpdateSet(values))
    .execute();
}

/** Mailboxes of all workspaces that answers are read from. */
export async function selectReadable(tx: Tx): Promise<{ workspace_id: string; id: string }[]> {
  return tx
    .selectFrom('mailbox')
    .select(['workspace_id', 'id'])
    .where('removed_at', 'is', null)
    .where('imap', 'is not', null)
    .where('state', '=', 'ok')
    .orderBy('workspace_id')
    .orderBy('id')
    .execute();
}

/** Mailboxes of all workspaces with a creator whose turn it is. */
export async function selectWithDueRuns(tx: Tx, now: Date): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select distinct run.workspace_id, run.mailbox_id as id from mailing_run run
    join mailbox on mailbox.workspace_id = run.workspace_id and mailbox.id = run.mailbox_id
    where run.state = 'waiting' and run.due_at <= ${now} and mailbox.removed_at is null and mailbox.state = 'ok'
    order by 1, 2`.execute(tx);
  return rows;
}

/** Takes the reading of a mailbox for a while; false when somebody else reads it. */
export async function leaseSync(
  tx: Tx,
  workspaceId: string,
  lease: { mailboxId: string; now: Date; until: Date },
): Promise<boolean> {
  const taken = await tx
    .updateTable('mailbox')
    .set({ sync_lease_until: lease.until })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', lease.mailboxId)
    .where((where) => where.or([where('sync_lease_until', 'is', null), where('sync_lease_until', '<', lease.now)]))
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}
