import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { applyToRuns } from './apply-run-event.ts';
import { bar } from './do-not-contact.ts';
import { mailBounced, mailReplied, mailUnsubscribed } from './events.ts';
import { findThread } from './find-thread.ts';
import { tell } from './follow-mail.ts';
import type { FoundMail } from './mail-servers.ts';
import { upsertBounced } from './queries/do-not-contact.ts';
import type { MailboxRow } from './queries/mailboxes.ts';
import {
  countIncoming,
  insertMessage,
  type MessageRow,
  refreshThread,
  selectByMessageIds,
  selectThreadOfAddress,
  type ThreadRow,
  updateMessageRow,
  updateThreadRow,
} from './queries/threads.ts';
import { type MailKind, tellMail } from './rules/tell-mail.ts';
import { stateContacts } from './state-contacts.ts';

/** More messages of one conversation in an hour are two programs talking: they are kept, and nobody is told. */
const incomingPerHourMax = 20;

export interface Incoming {
  workspaceId: string;
  mailbox: MailboxRow;
  role: 'inbox' | 'sent';
  mail: FoundMail;
}

/**
 * Takes up one mail of a mailbox: an answer goes into its thread and ends what runs, a bounce goes to the mail that came back. What belongs to no
 * creator is not kept. Doing it again, in whatever order, changes nothing. Returns whether it was kept now.
 */
export async function takeInMail(infra: Infra, tx: Tx, of: Incoming): Promise<boolean> {
  const { workspaceId, mailbox, mail } = of;
  const isOurs = mail.from === mailbox.address;
  if (isOurs !== (of.role === 'sent')) return false;
  // Mails of ours are in their thread since they were queued; the copy in the mailbox is the same.
  const [known] = await selectByMessageIds(tx, workspaceId, [mail.messageId]);
  if (known !== undefined) return false;
  if (of.role === 'sent') return takeInOwn(infra, tx, of);
  const kind = tellMail(mail);
  if (kind.kind === 'bounce') return takeInBounce(infra, tx, { ...of, kind });
  const thread = await findThread(infra, tx, { workspaceId, mailbox, mail, address: mail.from });
  if (thread === null) return false;
  const message = await keep(infra, tx, { ...of, thread, kind: kind.kind, direction: 'in' });
  if (message === null) return false;
  if (kind.kind === 'message') await takeUpReply(infra, tx, { ...of, thread, message, wantsStop: kind.wantsStop });
  await refreshThread(tx, workspaceId, thread.id);
  await stateContacts(infra, tx, { workspaceId, personIds: [thread.person_id] });
  return true;
}

async function keep(
  infra: Infra,
  tx: Tx,
  of: Incoming & {
    thread: ThreadRow;
    kind: 'message' | 'auto_reply' | 'bounce';
    direction: 'in' | 'out';
    why?: string;
  },
): Promise<MessageRow | null> {
  const { mail, thread, mailbox } = of;
  return insertMessage(tx, {
    workspace_id: of.workspaceId,
    id: newId('message', infra.clock.now().getTime()),
    thread_id: thread.id,
    person_id: thread.person_id,
    direction: of.direction,
    channel: 'email',
    kind: of.kind,
    state: of.direction === 'in' ? 'received' : 'sent',
    mailbox_id: mailbox.id,
    message_id: mail.messageId,
    subject: mail.subject,
    body: mail.text === '' ? '(no text)' : mail.text,
    from_address: mail.from,
    to_address: mail.to[0] ?? mailbox.address,
    author_name: of.direction === 'in' ? mail.fromName : null,
    attachments: JSON.stringify(mail.attachments),
    why: of.why ?? null,
    at: mail.at,
  });
}

async function takeUpReply(
  infra: Infra,
  tx: Tx,
  of: Incoming & { thread: ThreadRow; message: MessageRow; wantsStop: boolean },
): Promise<void> {
  const { workspaceId, thread, message } = of;
  // Whoever asks to be left alone waits for nothing; whoever writes on after it does.
  const set = { is_unread: true, state: 'open', wants_stop: of.wantsStop };
  await updateThreadRow(tx, workspaceId, { id: thread.id, set });
  // Whoever answered one mail gets no step of another sequence either before somebody has read it.
  const personId = thread.person_id;
  await applyToRuns(infra, tx, { workspaceId, filter: { threadId: thread.id }, event: { kind: 'replied' } });
  await applyToRuns(infra, tx, {
    workspaceId,
    filter: { personId, isOpen: true },
    event: { kind: 'stopped', why: 'They wrote in another conversation' },
  });
  if (of.wantsStop) {
    await bar(infra, tx, {
      workspaceId,
      personId,
      emails: [of.mail.from],
      scope: 'outreach',
      source: 'reply',
      reason: 'Asked for it in an answer',
    });
    await applyToRuns(infra, tx, { workspaceId, filter: { threadId: thread.id }, event: { kind: 'unsubscribed' } });
    await tell(infra, tx, { name: mailUnsubscribed, message });
  }
  const since = new Date(infra.clock.now().getTime() - 3_600_000);
  const lately = await countIncoming(tx, workspaceId, { threadId: thread.id, since });
  if (lately <= incomingPerHourMax) await tell(infra, tx, { name: mailReplied, message });
}

/** What a person sent from their own mail program belongs to the conversation too. */
async function takeInOwn(infra: Infra, tx: Tx, of: Incoming): Promise<boolean> {
  const { workspaceId, mailbox, mail } = of;
  const address = mail.to[0];
  if (address === undefined) return false;
  const thread = await findThread(infra, tx, { workspaceId, mailbox, mail, address });
  if (thread === null) return false;
  const message = await keep(infra, tx, { ...of, thread, kind: 'message', direction: 'out' });
  if (message === null) return false;
  await refreshThread(tx, workspaceId, thread.id);
  await stateContacts(infra, tx, { workspaceId, personIds: [thread.person_id] });
  return true;
}

async function takeInBounce(
  infra: Infra,
  tx: Tx,
  of: Incoming & { kind: Extract<MailKind, { kind: 'bounce' }> },
): Promise<boolean> {
  const { workspaceId, mailbox, mail, kind } = of;
  const ids = [kind.originalMessageId, mail.inReplyTo, ...mail.references.toReversed()].filter((id) => id !== null);
  const [original] = (await selectByMessageIds(tx, workspaceId, ids)).filter((message) => message.direction === 'out');
  const thread = original
    ? await findThread(infra, tx, {
        workspaceId,
        mailbox,
        mail: { ...mail, inReplyTo: original.message_id },
        address: '',
      })
    : kind.recipient === null
      ? undefined
      : await selectThreadOfAddress(tx, workspaceId, { address: kind.recipient, mailboxId: mailbox.id });
  if (thread === undefined || thread === null) return false;
  const why = kind.action === 'delayed' ? `Delayed, still tried: ${kind.reason}` : kind.reason;
  const report = await keep(infra, tx, { ...of, thread, kind: 'bounce', direction: 'in', why });
  if (report === null) return false;
  if (kind.action === 'failed') await takeUpBounce(infra, tx, { ...of, thread, original });
  await refreshThread(tx, workspaceId, thread.id);
  return true;
}

async function takeUpBounce(
  infra: Infra,
  tx: Tx,
  of: Incoming & { kind: Extract<MailKind, { kind: 'bounce' }>; thread: ThreadRow; original: MessageRow | undefined },
): Promise<void> {
  const { workspaceId, kind, original, thread } = of;
  const address = original?.to_address ?? kind.recipient ?? thread.address;
  const event = { kind: 'bounced' as const, why: kind.reason };
  if (original !== undefined) {
    await updateMessageRow(tx, workspaceId, { id: original.id, set: { state: 'bounced', why: kind.reason } });
    if (original.run_id !== null) await applyToRuns(infra, tx, { workspaceId, filter: { id: original.run_id }, event });
  } else await applyToRuns(infra, tx, { workspaceId, filter: { threadId: thread.id }, event });
  // A full mailbox (4.2.2, 5.2.2) empties again: the mail is lost, the address is not.
  const isForGood = kind.status === null || (kind.status.startsWith('5') && !kind.status.startsWith('5.2.2'));
  if (address !== null && isForGood) {
    const { status, reason } = kind;
    await upsertBounced(tx, workspaceId, { address, status, reason, bounced_at: of.mail.at });
    await applyToRuns(infra, tx, { workspaceId, filter: { toAddress: address, isOpen: true }, event });
  }
  if (original !== undefined && original.state !== 'bounced')
    await tell(infra, tx, { name: mailBounced, message: original });
}
