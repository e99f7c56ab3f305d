import type { Infra, Module } from '#infra/module.ts';
import { followEvents } from './follow-events.ts';
import { defineWebhookJobs } from './jobs.ts';
import type { Receiver } from './receiver.ts';
import { postbackReceiver, signedReceiver } from './receivers.ts';
import { webhooksRoutes } from './routes.ts';
import { sendDue } from './send-due.ts';

export { openWork } from './open-work.ts';
export { orderOf } from './order-data.ts';
export type { Happening, Message, Outgoing, Receiver, SendTask } from './receiver.ts';
export { bodyOf } from './receivers.ts';
export { orderChanged, orderCredited, testEvent } from './rules/catalogue.ts';

export interface Webhooks extends Module {
  /** Sends what is due now; for tests and the command line. Returns how many messages were delivered. */
  sendDue(): Promise<number>;
}

/** Tells outsiders what happens. `others`: kinds of endpoints that adapters bring. */
export function createWebhooks(infra: Infra, others: readonly Receiver[]): Webhooks {
  const receivers = [signedReceiver, postbackReceiver, ...others];
  defineWebhookJobs(infra, receivers);
  return {
    name: 'webhooks',
    routes: webhooksRoutes(infra, receivers),
    consumers: [followEvents(infra, receivers)],
    sendDue: () => sendDue(infra, receivers),
  };
}
