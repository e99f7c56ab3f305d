import { type Insertable, type Selectable, sql } from 'kysely';
import type { Mailing as MailingTable, MailingRun as RunTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type RunRow = Selectable<RunTable>;
export type MailingRow = Selectable<MailingTable>;

const rowsMax = 500;

export async function insertMailing(tx: Tx, row: Insertable<MailingTable>): Promise<void> {
  await tx.insertInto('mailing').values(row).execute();
}

export async function insertRuns(tx: Tx, rows: readonly Insertable<RunTable>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsMax) {
    await tx
      .insertInto('mailing_run')
      .values(rows.slice(at, at + rowsMax))
      .execute();
  }
}

export async function selectMailing(tx: Tx, workspaceId: string, id: string): Promise<MailingRow | undefined> {
  return tx
    .selectFrom('mailing')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function selectMailings(
  tx: Tx,
  workspaceId: string,
  page: {
    limit: number;
    after: { at: string; id: string } | null;
    campaignId: string | undefined;
    sequenceId: string | undefined;
  },
): Promise<MailingRow[]> {
  let query = tx.selectFrom('mailing').selectAll().where('workspace_id', '=', workspaceId);
  if (page.campaignId !== undefined) query = query.where('campaign_id', '=', page.campaignId);
  if (page.sequenceId !== undefined) query = query.where('sequence_id', '=', page.sequenceId);
  const { after } = page;
  if (after !== null) query = query.where(sql<boolean>`(started_at, id) < (${after.at}::timestamptz, ${after.id})`);
  return query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}

/** Runs of a mailbox whose turn it is, locked; others are passed over while somebody holds them. */
export async function lockDueRuns(
  tx: Tx,
  workspaceId: string,
  of: { mailboxId: string; now: Date; max: number },
): Promise<RunRow[]> {
  return tx
    .selectFrom('mailing_run')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', of.mailboxId)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', of.now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(of.max)
    .forUpdate()
    .skipLocked()
    .execute();
}

export interface RunFilter {
  id?: string;
  mailingId?: string;
  personId?: string;
  threadId?: string;
  mailboxId?: string;
  toAddress?: string;
  isOpen?: boolean;
}

/** Runs, locked for a change, in the order of their ids so that two changes never wait for each other. */
export async function lockRuns(tx: Tx, workspaceId: string, filter: RunFilter): Promise<RunRow[]> {
  let query = tx.selectFrom('mailing_run').selectAll().where('workspace_id', '=', workspaceId);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.mailingId !== undefined) query = query.where('mailing_id', '=', filter.mailingId);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.threadId !== undefined) query = query.where('thread_id', '=', filter.threadId);
  if (filter.mailboxId !== undefined) query = query.where('mailbox_id', '=', filter.mailboxId);
  if (filter.toAddress !== undefined) query = query.where('to_address', '=', filter.toAddress);
  if (filter.isOpen === true) query = query.where('state', 'in', ['waiting', 'sending']);
  return query.orderBy('id').forUpdate().execute();
}

export async function selectRuns(tx: Tx, workspaceId: string, mailingId: string): Promise<RunRow[]> {
  return tx
    .selectFrom('mailing_run')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('mailing_id', '=', mailingId)
    .orderBy('id')
    .execute();
}

export async function writeRun(tx: Tx, row: RunRow): Promise<void> {
  const { workspace_id, id, ...values } = row;
  await tx
    .updateTable('mailing_run')
    .set(values)
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .execute();
}

/** Puts off all runs of a mailbox that are due, to the next opening. */
export async function postponeRuns(
  tx: Tx,
  workspaceId: string,
  of: { mailboxId: string; now: Date; until: Date },
): Promise<void> {
  await tx
    .updateTable('mailing_run')
    .set({ due_at: of.until })
    .where('workspace_id', '=', workspaceId)
    .where('mailbox_id', '=', of.mailboxId)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', of.now)
    .execute();
}

/** A mailing of which nobody is left is done. */
export async function closeMailings(tx: Tx, workspaceId: string, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update mailing set state = 'done', ended_at = ${now}
    where workspace_id = ${workspaceId} and id = any(${ids}::text[]) and state = 'running'
      and not exists (select from mailing_run run where run.workspace_id = mailing.workspace_id and run.mailing_id = mailing.id
        and run.state in ('waiting', 'sending'))`.execute(tx);
}

export async function cancelMailingRow(tx: Tx, workspaceId: string, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('mailing')
    .set({ state: 'cancelled', ended_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** Of these creators, those on a sequence that still runs, with the mailing's name. */
export async function selectBusy(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ person_id: string; name: string }>`
    select distinct on (run.person_id) run.person_id, mailing.name from mailing_run run
    join mailing on mailing.workspace_id = run.workspace_id and mailing.id = run.mailing_id
    where run.workspace_id = ${workspaceId} and run.person_id = any(${personIds}::text[]) and run.state in ('waiting', 'sending')
    order by run.person_id, run.id`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row.name]));
}
