import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { remindDeadlines } from './remind-deadlines.ts';

/** Looks every hour for deadlines to remind of, so that every workspace is reminded in its own morning. */
export function defineDeadlineJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'campaigns.remind',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 900,
    cron: '11 * * * *',
    handle: async () => {
      await remindDeadlines(infra);
    },
  });
}
