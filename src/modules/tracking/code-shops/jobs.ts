import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { makeDueCodes } from './make-due-codes.ts';
import type { CodeShopAdapter } from './port.ts';
import { readShopCodes, syncCodesJob, syncDueShops } from './sync-codes.ts';
import { makeCodesJob } from './want-in-shops.ts';

/** Codes made in shops as they fall due, and read from them every 45 minutes. Without a connected shop there is nothing to do. */
export function defineCodeShopJobs(infra: Infra, adapters: readonly CodeShopAdapter[]): void {
  infra.jobs.define({
    name: makeCodesJob,
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 900,
    cron: '* * * * *',
    handle: async (_payload, signal) => void (await makeDueCodes(infra, adapters, { signal })),
  });
  infra.jobs.define({
    name: syncCodesJob,
    payload: z.object({ workspaceId: z.string(), shopId: z.string() }),
    retriesMax: 1,
    timeoutSeconds: 900,
    handle: (payload, signal) => readShopCodes(infra, adapters, { ...payload, signal }),
  });
  infra.jobs.define({
    name: 'tracking.sync-code-shops',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 60,
    cron: '*/5 * * * *',
    handle: () => syncDueShops(infra),
  });
}
