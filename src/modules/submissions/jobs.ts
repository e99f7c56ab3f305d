import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { approveUnanswered } from './approve-by-silence.ts';
import { runDueLooks } from './live-posts.ts';

/** What happens by the clock: silence that approves, and looks at live posts. */
export function defineSubmissionJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'submissions.approve-by-silence',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 1800,
    cron: '7 * * * *',
    handle: async (_payload, signal) => {
      const approved = await approveUnanswered(infra, signal);
      infra.log.debug({ approved }, 'drafts approved by silence');
    },
  });
  infra.jobs.define({
    name: 'submissions.look-at-posts',
    payload: z.unknown(),
    retriesMax: 1,
    timeoutSeconds: 3600,
    cron: '37 * * * *',
    handle: async (_payload, signal) => {
      const looked = await runDueLooks(infra, signal);
      infra.log.debug({ looked }, 'live posts looked at');
    },
  });
}
