import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { collectPictures } from './change-pictures.ts';

/** The nightly collection of pictures nobody uses. */
export function defineMediaJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'creators.collect-pictures',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 1800,
    cron: '41 3 * * *',
    handle: async () => {
      const { removed } = await collectPictures(infra);
      infra.log.debug({ removed }, 'pictures collected');
    },
  });
}
