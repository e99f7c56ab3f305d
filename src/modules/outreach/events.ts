import { z } from 'zod';

/** A mail of outreach was taken by a server. */
export const mailSent = 'mail.sent';
/** A creator wrote; never told for answers of programs, so that no automation talks to one. */
export const mailReplied = 'mail.replied';
export const mailBounced = 'mail.bounced';
export const mailUnsubscribed = 'mail.unsubscribed';
/** A mailbox was refused by its server and needs its password anew. */
export const mailboxBroken = 'mailbox.broken';

const text = z.string();
export const mailEventPayload = z.object({
  personId: text.optional(),
  campaignId: text.optional(),
  enrolmentId: text.optional(),
  threadId: text.optional(),
  messageId: text.optional(),
  mailingId: text.optional(),
  actorName: text.optional(),
});
export type MailEvent = z.output<typeof mailEventPayload>;
export const mailboxBrokenPayload = z.object({ mailboxId: text, address: text, reason: text });
