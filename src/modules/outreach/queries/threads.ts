import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { MailMessage as MessageTable, MailThread as ThreadTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import { footerLine } from '../rules/split-quoted.ts';

/** Below it stands a signature (RFC 3676 section 4.3). */
const signatureLine = '\n\n-- \n';

export type ThreadRow = Selectable<ThreadTable>;
export type MessageRow = Selectable<MessageTable>;

export async function insertThread(tx: Tx, row: Insertable<ThreadTable>): Promise<ThreadRow> {
  return tx.insertInto('mail_thread').values(row).returningAll().executeTakeFirstOrThrow();
}

/** Null when a message with its Message-ID is there already. */
export async function insertMessage(tx: Tx, row: Insertable<MessageTable>): Promise<MessageRow | null> {
  const made = await tx
    .insertInto('mail_message')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return made ?? null;
}

export async function selectThread(
  tx: Tx,
  workspaceId: string,
  which: { id: string; isLocked?: boolean },
): Promise<ThreadRow | undefined> {
  const query = tx
    .selectFrom('mail_thread')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', which.id);
  return (which.isLocked === true ? query.forUpdate() : query).executeTakeFirst();
}

export interface ThreadPage {
  box: 'waiting' | 'open' | 'done' | 'all';
  personId: string | undefined;
  campaignId: string | undefined;
  q: string | undefined;
  limit: number;
  after: { at: string; id: string } | null;
}

/** Conversations with at least one message, newest first. */
export async function selectThreads(tx: Tx, workspaceId: string, page: ThreadPage): Promise<ThreadRow[]> {
  let query = tx
    .selectFrom('mail_thread')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('message_count', '>', 0);
  if (page.box === 'waiting') query = query.where('waiting_since', 'is not', null).where('state', '=', 'open');
  else if (page.box !== 'all') query = query.where('state', '=', page.box);
  if (page.personId !== undefined) query = query.where('person_id', '=', page.personId);
  if (page.campaignId !== undefined) query = query.where('campaign_id', '=', page.campaignId);
  const { q, after } = page;
  if (q !== undefined && q !== '') {
    const like = `%${q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    query = query.where(
      sql<boolean>`(lower(subject) like ${like} or address like ${like} or exists (select from mail_message m
        where m.workspace_id = mail_thread.workspace_id and m.thread_id = mail_thread.id and lower(m.body) like ${like}))`,
    );
  }
  if (after !== null) query = query.where(sql<boolean>`(last_at, id) < (${after.at}::timestamptz, ${after.id})`);
  return query.orderBy('last_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}

export async function updateThreadRow(
  tx: Tx,
  workspaceId: string,
  change: { id: string; set: Updateable<ThreadTable> },
): Promise<ThreadRow | undefined> {
  return tx
    .updateTable('mail_thread')
    .set(change.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .returningAll()
    .executeTakeFirst();
}

/**
 * States anew what a thread says of its messages, from the messages themselves, so that the order they became known in does not matter: the newest one,
 * and since when a person waits for an answer (drafts, answers of programs and mails that were not sent answer nothing).
 */
export async function refreshThread(tx: Tx, workspaceId: string, threadId: string): Promise<void> {
  await sql`
    with said as (
      select * from mail_message where workspace_id = ${workspaceId} and thread_id = ${threadId}
        and state not in ('draft', 'discarded', 'refused', 'off', 'failed')
    ), last as (select * from said order by at desc, id desc limit 1),
    ours as (select max(at) as at from said where direction = 'out')
    update mail_thread set
      last_at = coalesce((select at from last), last_at),
      last_direction = coalesce((select direction from last), last_direction),
      snippet = coalesce((select left(regexp_replace(split_part(split_part(body, ${signatureLine}, 1), ${footerLine}, 1), '\\s+', ' ', 'g'), 160) from last), ''),
      message_count = (select count(*) from said),
      waiting_since = (select min(at) from said where not mail_thread.wants_stop and direction = 'in' and kind = 'message' and channel = 'email'
        and at > coalesce((select at from ours), '-infinity'))
    where workspace_id = ${workspaceId} and id = ${threadId}`.execute(tx);
}

export async function selectMessages(tx: Tx, workspaceId: string, threadId: string): Promise<MessageRow[]> {
  return tx
    .selectFrom('mail_message')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('thread_id', '=', threadId)
    .where('state', '!=', 'discarded')
    .orderBy('at')
    .orderBy('id')
    .limit(1000)
    .execute();
}

export async function selectMessage(
  tx: Tx,
  workspaceId: string,
  which: { id?: string; mailId?: string; isLocked?: boolean },
): Promise<MessageRow | undefined> {
  let query = tx.selectFrom('mail_message').selectAll().where('workspace_id', '=', workspaceId);
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.mailId !== undefined) query = query.where('mail_id', '=', which.mailId);
  return (which.isLocked === true ? query.forUpdate() : query).executeTakeFirst();
}

export async function updateMessageRow(
  tx: Tx,
  workspaceId: string,
  change: { id: string; set: Updateable<MessageTable> },
): Promise<MessageRow | undefined> {
  return tx
    .updateTable('mail_message')
    .set(change.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .returningAll()
    .executeTakeFirst();
}

/** Messages that bear one of these Message-IDs, in the order they are asked for. */
export async function selectByMessageIds(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<MessageRow>`
    select m.* from unnest(${ids}::text[]) with ordinality as wanted (message_id, place)
    join mail_message m on m.workspace_id = ${workspaceId} and m.message_id = wanted.message_id order by wanted.place`.execute(
    tx,
  );
  return rows;
}

/** The newest conversation of an address in a mailbox. */
export async function selectThreadOfAddress(
  tx: Tx,
  workspaceId: string,
  of: { address: string; mailboxId: string },
): Promise<ThreadRow | undefined> {
  return tx
    .selectFrom('mail_thread')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('address', '=', of.address)
    .where('mailbox_id', '=', of.mailboxId)
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** The newest conversation of a person in a mailbox; null stands for what is noted by hand. */
export async function selectThreadOfPerson(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; mailboxId: string | null },
): Promise<ThreadRow | undefined> {
  let query = tx
    .selectFrom('mail_thread')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.personId);
  query = of.mailboxId === null ? query.where('mailbox_id', 'is', null) : query.where('mailbox_id', '=', of.mailboxId);
  return query.orderBy('last_at', 'desc').orderBy('id', 'desc').executeTakeFirst();
}

/** Messages of a thread that a mail of ours answers to: oldest first. */
export async function selectMessageIds(tx: Tx, workspaceId: string, threadId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('mail_message')
    .select('message_id')
    .where('workspace_id', '=', workspaceId)
    .where('thread_id', '=', threadId)
    .where('channel', '=', 'email')
    .where('kind', '=', 'message')
    .where('message_id', 'is not', null)
    .where('state', 'in', ['received', 'sent', 'bounced', 'queued'])
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => (row.message_id === null ? [] : [row.message_id]));
}

export async function countWaiting(
  tx: Tx,
  workspaceId: string,
): Promise<{ waiting: number; unread: number; drafts: number }> {
  const { rows } = await sql<{ waiting: bigint; unread: bigint; drafts: bigint }>`
    select count(*) filter (where waiting_since is not null) as waiting, count(*) filter (where is_unread) as unread,
      (select count(*) from mail_message where workspace_id = ${workspaceId} and state = 'draft') as drafts
    from mail_thread where workspace_id = ${workspaceId} and state = 'open'`.execute(tx);
  const [row] = rows;
  return { waiting: Number(row?.waiting ?? 0), unread: Number(row?.unread ?? 0), drafts: Number(row?.drafts ?? 0) };
}

export async function selectDrafts(
  tx: Tx,
  workspaceId: string,
  of: { personId: string | undefined; campaignId: string | undefined },
): Promise<MessageRow[]> {
  let query = tx
    .selectFrom('mail_message as m')
    .innerJoin('mail_thread as t', (join) =>
      join.onRef('t.workspace_id', '=', 'm.workspace_id').onRef('t.id', '=', 'm.thread_id'),
    )
    .selectAll('m')
    .where('m.workspace_id', '=', workspaceId)
    .where('m.state', '=', 'draft');
  if (of.personId !== undefined) query = query.where('m.person_id', '=', of.personId);
  if (of.campaignId !== undefined) query = query.where('t.campaign_id', '=', of.campaignId);
  return query.orderBy('m.at').orderBy('m.id').limit(500).execute();
}

/** How many human messages a conversation brought since an instant. */
export async function countIncoming(
  tx: Tx,
  workspaceId: string,
  of: { threadId: string; since: Date },
): Promise<number> {
  const { rows } = await sql<{ n: bigint }>`
    select count(*) as n from mail_message where workspace_id = ${workspaceId} and thread_id = ${of.threadId}
      and direction = 'in' and at >= ${of.since}`.execute(tx);
  return Number(rows[0]?.n ?? 0);
}

/** Newest contact by mail, message, call or meeting, by person. */
export async function selectLastContacts(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ person_id: string; at: Date }>`
    select person_id, max(at) as at from mail_message where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])
      and kind = 'message' and state in ('sent', 'received', 'noted', 'bounced') group by person_id`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row.at]));
}

export async function movePerson(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  await tx
    .updateTable('mail_thread')
    .set({ person_id: of.to })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.from)
    .execute();
  await tx
    .updateTable('mail_message')
    .set({ person_id: of.to })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.from)
    .execute();
  // Whoever is on a mailing under both ids stays on it once.
  await sql`
    delete from mailing_run run where workspace_id = ${workspaceId} and person_id = ${of.from}
      and exists (select from mailing_run kept where kept.workspace_id = run.workspace_id and kept.mailing_id = run.mailing_id
        and kept.person_id = ${of.to})`.execute(tx);
  await tx
    .updateTable('mailing_run')
    .set({ person_id: of.to })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.from)
    .execute();
}

/** Removes all that was written with persons. */
export async function erasePersons(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  for (const table of ['mailing_run', 'mail_thread'] as const) {
    await tx
      .deleteFrom(table)
      .where('workspace_id', '=', workspaceId)
      .where('person_id', 'in', [...personIds])
      .execute();
  }
}
