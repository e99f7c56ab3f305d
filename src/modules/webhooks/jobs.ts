import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { forgetMessages } from './queries/messages.ts';
import type { Receiver } from './receiver.ts';
import { sendDue } from './send-due.ts';

export const sendDueJob = 'webhooks.send-due';
const forgetJob = 'webhooks.forget';
const keptMs = 30 * 86_400_000;

/** Messages are sent as they are written, and every minute for those that are tried again. */
export function defineWebhookJobs(infra: Infra, receivers: readonly Receiver[]): void {
  infra.jobs.define({
    name: sendDueJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 900,
    cron: '* * * * *',
    handle: async (_, signal) => void (await sendDue(infra, receivers, signal)),
  });
  infra.jobs.define({
    name: forgetJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 600,
    cron: '41 3 * * *',
    handle: () => infra.db.asSystem((tx) => forgetMessages(tx, new Date(infra.clock.now().getTime() - keptMs))),
  });
}
