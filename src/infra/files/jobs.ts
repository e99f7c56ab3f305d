import { z } from 'zod';
import type { Infra } from '../module.ts';

/** The nightly collection of file content that no row names. */
export function defineFileJobs({ jobs, files, log }: Pick<Infra, 'jobs' | 'files' | 'log'>): void {
  jobs.define({
    name: 'files.collect',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 1800,
    cron: '53 3 * * *',
    handle: async () => {
      const removed = await files.collect();
      log.debug({ removed }, 'file content collected');
    },
  });
}
