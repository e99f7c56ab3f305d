import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../db/database.ts';
import type { MailHeaders, OutgoingMail } from './carrier.ts';
import type { QueuedMail } from './check-mail.ts';

export const mailStates = ['queued', 'sending', 'sent', 'failed', 'off', 'refused'] as const;
export type MailState = (typeof mailStates)[number];

const headersSchema = z.object({
  inReplyTo: z.string().optional(),
  references: z.array(z.string()).optional(),
  unsubscribeUrl: z.string().optional(),
  autoSubmitted: z.literal('auto-generated').optional(),
  pictureUrl: z.string().optional(),
});

/** What became of a mail, for people to read. */
export interface MailRecord {
  id: string;
  key: string;
  kind: 'transactional' | 'outreach';
  personId: string | null;
  to: string;
  subject: string;
  state: MailState;
  messageId: string;
  attempts: number;
  /** When it is tried next, while queued. */
  dueAt: Date;
  sentAt: Date | null;
  /** What the server said last, or why it was not sent. */
  answer: string | null;
  createdAt: Date;
}

/** A mail claimed for sending, with the number of this attempt. */
export type ClaimedMail = Omit<OutgoingMail, 'attachments'> &
  Pick<MailRecord, 'key' | 'attempts' | 'createdAt'> & { carrier: string };

export interface NewMail {
  id: string;
  mail: QueuedMail;
  state: 'queued' | 'off';
  carrier: string;
  carrierRef: string | null;
  messageId: string;
  now: Date;
}

/** Writes the mail unless its key exists. Returns the row that stands, and whether it is new. */
export async function insertMail(
  tx: Tx,
  made: NewMail,
): Promise<{ id: string; state: MailState; messageId: string; isNew: boolean }> {
  const { mail, now } = made;
  const { workspaceId } = mail;
  const inserted = await tx
    .insertInto('mail_out')
    .values({
      workspace_id: workspaceId,
      id: made.id,
      key: mail.key,
      kind: mail.kind,
      person_id: mail.personId ?? null,
      to_address: mail.to,
      to_name: mail.toName ?? null,
      subject: mail.subject,
      body: made.state === 'off' && mail.isSecret ? '' : mail.text,
      is_secret: mail.isSecret ?? false,
      reply_to: mail.replyTo ?? null,
      message_id: made.messageId,
      headers: JSON.stringify(mail.headers ?? {}),
      carrier: made.carrier,
      carrier_ref: made.carrierRef,
      state: made.state,
      due_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) {
    const kept = await tx
      .selectFrom('mail_out')
      .select(['id', 'state', 'message_id'])
      .where('workspace_id', '=', workspaceId)
      .where('key', '=', mail.key)
      .executeTakeFirstOrThrow();
    return { id: kept.id, state: stateOf(kept.state), messageId: kept.message_id, isNew: false };
  }
  if (made.state === 'queued' && (mail.attachments ?? []).length > 0) {
    await tx
      .insertInto('mail_attachment')
      .values(
        (mail.attachments ?? []).map((one, sort) => ({
          workspace_id: workspaceId,
          mail_id: made.id,
          sort,
          name: one.name,
          content_type: one.contentType,
          content: one.content,
        })),
      )
      .execute();
  }
  return { id: made.id, state: made.state, messageId: made.messageId, isNew: true };
}

/** Takes what is due, and what an attempt that never ended left behind; the attempt is counted before anything is sent. */
export async function claimMails(tx: Tx, at: { now: Date; leaseUntil: Date; max: number }): Promise<ClaimedMail[]> {
  const rows = await tx
    .with('due', (with_) =>
      with_
        .selectFrom('mail_out')
        .select(['workspace_id', 'id'])
        .where('due_at', '<=', at.now)
        .where((where) =>
          where.or([
            where('state', '=', 'queued'),
            where.and([where('state', '=', 'sending'), where('lease_until', '<', at.now)]),
          ]),
        )
        .orderBy('due_at')
        .orderBy('id')
        .limit(at.max)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('mail_out')
    .from('due')
    .set({ state: 'sending', lease_until: at.leaseUntil, attempts: sql<number>`mail_out.attempts + 1` })
    .whereRef('mail_out.workspace_id', '=', 'due.workspace_id')
    .whereRef('mail_out.id', '=', 'due.id')
    .returningAll('mail_out')
    .execute();
  return rows
    .map((row) => ({
      workspaceId: row.workspace_id,
      mailId: row.id,
      key: row.key,
      kind: kindOf(row.kind),
      personId: row.person_id,
      to: row.to_address,
      toName: row.to_name,
      subject: row.subject,
      text: row.body,
      replyTo: row.reply_to,
      messageId: row.message_id,
      headers: toHeaders(row.headers),
      carrier: row.carrier,
      carrierRef: row.carrier_ref,
      attempts: row.attempts,
      createdAt: row.created_at,
    }))
    .sort((a, b) => (a.mailId < b.mailId ? -1 : 1));
}

/** Holds a claimed mail a while longer. False when somebody else took it over meanwhile. */
export async function extendLease(tx: Tx, mail: ClaimedMail, leaseUntil: Date): Promise<boolean> {
  const held = await tx
    .updateTable('mail_out')
    .set({ lease_until: leaseUntil })
    .where('workspace_id', '=', mail.workspaceId)
    .where('id', '=', mail.mailId)
    .where('state', '=', 'sending')
    .where('attempts', '=', mail.attempts)
    .returning('id')
    .executeTakeFirst();
  return held !== undefined;
}

export function readAttachments(tx: Tx, mail: ClaimedMail): Promise<OutgoingMail['attachments']> {
  return tx
    .selectFrom('mail_attachment')
    .select(['name', 'content_type as contentType', 'content'])
    .where('workspace_id', '=', mail.workspaceId)
    .where('mail_id', '=', mail.mailId)
    .orderBy('sort')
    .execute();
}

export interface Settlement {
  state: 'queued' | 'sent' | 'failed' | 'refused';
  answer: string;
  dueAt?: Date;
  now: Date;
  /** The attempt is not counted: the server was never asked about this mail. */
  isUncounted?: boolean;
}

/** Writes how an attempt ended. False when somebody else took the mail over meanwhile. */
export async function settleMail(tx: Tx, mail: ClaimedMail, end: Settlement): Promise<boolean> {
  const settled = await tx
    .updateTable('mail_out')
    .set({
      state: end.state,
      answer: end.answer,
      lease_until: null,
      ...(end.dueAt === undefined ? {} : { due_at: end.dueAt }),
      ...(end.isUncounted === true ? { attempts: mail.attempts - 1 } : {}),
      ...(end.state === 'sent' ? { sent_at: end.now } : {}),
      ...(end.state === 'queued' ? {} : { body: sql<string>`case when is_secret then '' else body end` }),
    })
    .where('workspace_id', '=', mail.workspaceId)
    .where('id', '=', mail.mailId)
    .where('state', '=', 'sending')
    .where('attempts', '=', mail.attempts)
    .returning('id')
    .executeTakeFirst();
  if (settled === undefined) return false;
  if (end.state !== 'queued') {
    await tx
      .deleteFrom('mail_attachment')
      .where('workspace_id', '=', mail.workspaceId)
      .where('mail_id', '=', mail.mailId)
      .execute();
  }
  return true;
}

/** Takes back what has not been handed over yet. Returns the ids that were. */
export async function cancelMails(
  tx: Tx,
  which: { workspaceId: string; mailIds: readonly string[]; reason: string },
): Promise<string[]> {
  if (which.mailIds.length === 0) return [];
  const rows = await tx
    .updateTable('mail_out')
    .set({ state: 'refused', answer: which.reason, body: sql<string>`case when is_secret then '' else body end` })
    .where('workspace_id', '=', which.workspaceId)
    .where('id', 'in', [...which.mailIds])
    .where('state', '=', 'queued')
    .returning('id')
    .execute();
  return rows.map((row) => row.id).sort();
}

export interface MailFilter {
  mailIds?: readonly string[];
  messageIds?: readonly string[];
  state?: MailState;
  personId?: string;
  kind?: 'transactional' | 'outreach';
  /** 200 when left out. */
  limit?: number;
}

const limitDefault = 200;

/** Newest first. */
export async function readMails(tx: Tx, workspaceId: string, filter: MailFilter): Promise<MailRecord[]> {
  if (filter.mailIds?.length === 0 || filter.messageIds?.length === 0) return [];
  let query = tx.selectFrom('mail_out').selectAll().where('workspace_id', '=', workspaceId);
  if (filter.mailIds !== undefined) query = query.where('id', 'in', [...filter.mailIds]);
  if (filter.messageIds !== undefined) query = query.where('message_id', 'in', [...filter.messageIds]);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.personId !== undefined) query = query.where('person_id', '=', filter.personId);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit ?? limitDefault)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    kind: kindOf(row.kind),
    personId: row.person_id,
    to: row.to_address,
    subject: row.subject,
    state: stateOf(row.state),
    messageId: row.message_id,
    attempts: row.attempts,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    answer: row.answer,
    createdAt: row.created_at,
  }));
}

const kindOf = (text: string) => (text === 'outreach' ? ('outreach' as const) : ('transactional' as const));

const stateSchema = z.enum(mailStates);
function stateOf(text: string): MailState {
  return stateSchema.parse(text);
}

/** Only what is there: exact optional properties know no undefined. */
function toHeaders(value: unknown): MailHeaders {
  const { inReplyTo, references, unsubscribeUrl, autoSubmitted, pictureUrl } = headersSchema.parse(value);
  return {
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references === undefined ? {} : { references }),
    ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
    ...(autoSubmitted === undefined ? {} : { autoSubmitted }),
    ...(pictureUrl === undefined ? {} : { pictureUrl }),
  };
}
