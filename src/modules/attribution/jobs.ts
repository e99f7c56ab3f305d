import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { failRun, runRules } from './run-rules.ts';
import { sumCredit } from './sum-credit.ts';

export const rulesJob = 'attribution.run-rules';

/** Deciding orders anew in the background, after rules changed or to see what a change would do. */
export function defineAttributionJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'attribution.sum-credit',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 900,
    cron: '* * * * *',
    handle: (_, signal) => sumCredit(infra, signal),
  });
  infra.jobs.define({
    name: rulesJob,
    payload: z.object({ workspaceId: z.string(), runId: z.string() }),
    retriesMax: 3,
    timeoutSeconds: 3600,
    handle: async (of, signal) => {
      try {
        await runRules(infra, of, signal);
      } catch (error) {
        infra.log.error({ err: error, runId: of.runId }, 'orders could not be decided anew');
        await failRun(infra, of, 'The orders could not all be read. Start it again; what is decided stays.');
      }
    },
  });
}
