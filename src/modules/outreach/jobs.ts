import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import type { Parts } from './parts.ts';
import { runDueSteps } from './send-due-steps.ts';
import { mailingStarted } from './start-mailing.ts';
import { syncAll } from './sync-mailbox.ts';

const sendJob = 'outreach.send-due';
const syncJob = 'outreach.sync';

/** The planner, every minute and when a mailing begins; and the reading of answers, every two minutes. */
export function defineOutreachJobs(parts: Parts): void {
  const { infra } = parts;
  infra.jobs.define({
    name: sendJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 600,
    cron: '* * * * *',
    handle: async (_payload, signal) => {
      const sent = await runDueSteps(infra, signal);
      if (sent > 0) infra.log.info({ sent }, 'mails of sequences were handed over');
    },
  });
  infra.jobs.define({
    name: syncJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 1800,
    cron: '*/2 * * * *',
    handle: async (_payload, signal) => void (await syncAll(parts, signal)),
  });
}

export function wakePlanner(infra: Infra): Consumer {
  return { name: 'outreach.wake', events: [mailingStarted], handle: () => infra.jobs.enqueue(sendJob, {}, sendJob) };
}
