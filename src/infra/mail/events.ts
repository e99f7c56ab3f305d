import { z } from 'zod';

/** A mail waits to be sent. */
export const mailQueued = 'mail_out.queued';
/** A mail was taken by a server, was given up, or was kept back. */
export const mailSettled = 'mail_out.settled';

export const mailSettledPayload = z.object({
  mailId: z.string(),
  key: z.string(),
  kind: z.enum(['transactional', 'outreach']),
  state: z.enum(['sent', 'failed', 'refused']),
  answer: z.string(),
  at: z.iso.datetime(),
});
export type MailSettled = z.output<typeof mailSettledPayload>;
