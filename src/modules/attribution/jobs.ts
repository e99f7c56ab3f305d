import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { nextOrderIds } from '#modules/tracking/index.ts';
import { creditOrders } from './credit-orders.ts';

export const recreditJob = 'attribution.recredit';
const batchRows = 500;

/** Decides every order of a workspace anew, after its rules changed. Idempotent: a second run changes nothing. */
export function defineAttributionJobs(infra: Infra): void {
  infra.jobs.define({
    name: recreditJob,
    payload: z.object({ workspaceId: z.string() }),
    retriesMax: 5,
    timeoutSeconds: 3600,
    handle: async ({ workspaceId }, signal) => {
      let after = '';
      while (!signal.aborted) {
        const ids = await infra.db.inWorkspace(workspaceId, async (tx) => {
          const page = await nextOrderIds(tx, workspaceId, after, batchRows);
          if (page.length > 0) await creditOrders(infra, tx, { workspaceId, conversionIds: page });
          return page;
        });
        const last = ids.at(-1);
        if (last === undefined || ids.length < batchRows) return;
        after = last;
      }
    },
  });
}
