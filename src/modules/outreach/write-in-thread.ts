import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { logTouch, Message, replyToThread } from './api.ts';
import { outreachError } from './errors.ts';
import { type MailboxRow, selectMailbox } from './queries/mailboxes.ts';
import {
  insertMessage,
  insertThread,
  refreshThread,
  selectMessage,
  selectMessageIds,
  selectThread,
  selectThreadOfPerson,
  type ThreadRow,
  updateThreadRow,
} from './queries/threads.ts';
import { isBarred, readReach } from './read-reach.ts';
import { toMessage } from './read-threads.ts';
import { stateContacts } from './state-contacts.ts';

/**
 * Answers in a conversation, at once. To somebody who wrote to us an answer is no advertising, so it needs no address on paper and goes to whoever
 * unsubscribed too; not to whoever wants nothing at all. Errors: not_found, outreach.no_mailbox, not_reachable.
 */
export function reply(infra: Infra, call: Call<typeof replyToThread>): Promise<Message> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const thread = await selectThread(tx, workspaceId, { id: input.threadId, isLocked: true });
    if (thread === undefined) throw notFound('thread');
    const mailbox = await mailboxOf(tx, thread);
    const to = await addressOf(infra, tx, thread);
    const references = await selectMessageIds(tx, workspaceId, thread.id);
    const last = references.at(-1);
    const signature = mailbox.signature === '' ? '' : `\n\n-- \n${mailbox.signature}`;
    const text = `${input.text}${signature}`;
    const subject = last === undefined ? thread.subject : `Re: ${thread.subject.replace(/^(re:\s*)+/i, '')}`;
    const queued = await infra.mail.queue(tx, {
      workspaceId,
      to,
      personId: thread.person_id,
      subject,
      text,
      kind: 'transactional',
      key: `outreach-reply:${thread.id}:${input.key}`,
      carrierRef: mailbox.id,
      ...(last === undefined ? {} : { headers: { inReplyTo: last, references: references.slice(-30) } }),
    });
    const row = await insertMessage(tx, {
      workspace_id: workspaceId,
      id: newId('message', infra.clock.now().getTime()),
      thread_id: thread.id,
      person_id: thread.person_id,
      direction: 'out',
      channel: 'email',
      kind: 'message',
      state: queued.state === 'off' ? 'off' : 'queued',
      mailbox_id: mailbox.id,
      mail_id: queued.mailId,
      message_id: queued.messageId,
      subject,
      body: text,
      from_address: mailbox.address,
      to_address: to,
      author_name: actor.name,
      at: infra.clock.now(),
    });
    await updateThreadRow(tx, workspaceId, { id: thread.id, set: { is_unread: false } });
    await refreshThread(tx, workspaceId, thread.id);
    // Pressed twice: the mail that was queued the first time.
    const kept = row ?? (await selectMessage(tx, workspaceId, { mailId: queued.mailId }));
    if (kept === undefined) throw new Error('A reply was queued without its message');
    return toMessage(kept);
  });
}

async function mailboxOf(tx: Tx, thread: ThreadRow): Promise<MailboxRow> {
  const { workspace_id: workspaceId } = thread;
  const own = thread.mailbox_id === null ? undefined : await selectMailbox(tx, workspaceId, { id: thread.mailbox_id });
  const mailbox = own ?? (await selectMailbox(tx, workspaceId, { id: null }));
  if (mailbox === undefined)
    throw outreachError('no_mailbox', 'No mailbox is connected. Connect one in the settings of outreach.');
  return mailbox;
}

async function addressOf(infra: Infra, tx: Tx, thread: ThreadRow): Promise<string> {
  const reach = (await readReach(infra, tx, { workspaceId: thread.workspace_id, personIds: [thread.person_id] })).get(
    thread.person_id,
  );
  const to = thread.address ?? reach?.to ?? null;
  if (to === null || reach === undefined)
    throw outreachError(
      'not_reachable',
      `Nothing was sent. ${reach?.problems[0] ?? 'The creator is not here any more'}.`,
    );
  if (reach.barred === 'all' || (await isBarred(infra, tx, to)) === 'all')
    throw outreachError('not_reachable', 'Nothing was sent. They asked not to be contacted at all.');
  return to;
}

/** Notes what happened on another channel. Errors: not_found for creator and campaign; outreach.bad_time for the future. */
export function log(infra: Infra, call: Call<typeof logTouch>): Promise<Message> {
  const { workspaceId, input, actor } = call;
  const now = infra.clock.now();
  const at = input.at === undefined ? now : new Date(input.at);
  if (at > now)
    throw outreachError('bad_time', 'It has not happened yet. Give a time up to now.', [
      { field: 'at', message: 'is in the future' },
    ]);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const card = (await readPersonCards(tx, workspaceId, [input.personId])).get(input.personId);
    if (card === undefined) throw notFound('creator');
    const { campaignId = null } = input;
    if (campaignId !== null && (await findCampaign(tx, workspaceId, campaignId)) === null) throw notFound('campaign');
    const { personId } = card;
    const thread =
      (await selectThreadOfPerson(tx, workspaceId, { personId, mailboxId: null })) ??
      (await insertThread(tx, {
        workspace_id: workspaceId,
        id: newId('thread', now.getTime()),
        person_id: personId,
        mailbox_id: null,
        campaign_id: campaignId,
        enrolment_id: null,
        subject: 'Calls and direct messages',
        address: null,
        last_at: at,
        last_direction: input.direction,
        created_at: now,
      }));
    const row = await insertMessage(tx, {
      workspace_id: workspaceId,
      id: newId('message', now.getTime()),
      thread_id: thread.id,
      person_id: personId,
      direction: input.direction,
      channel: input.channel,
      kind: 'message',
      state: 'noted',
      body: input.note,
      author_name: actor.name,
      outcome: input.outcome,
      at,
    });
    if (row === null) throw new Error('A note was not kept');
    await refreshThread(tx, workspaceId, thread.id);
    await stateContacts(infra, tx, { workspaceId, personIds: [personId] });
    return toMessage(row);
  });
}
