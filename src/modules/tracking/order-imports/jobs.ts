import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { cleanFiles } from '#modules/creators/index.ts';
import { neededOrderFiles, orphanedOrderImports } from '../queries/order-imports.ts';
import { orderFilesFolder } from './open-order-file.ts';
import { runOrderImport } from './run-order-import.ts';
import { enqueueOrderImport, importOrdersJob } from './start-order-import.ts';

/** Files of orders read in the background, taken up again after a crash, and cleaned away when nobody needs them. */
export function defineOrderImportJobs(infra: Infra): void {
  infra.jobs.define({
    name: importOrdersJob,
    payload: z.object({ workspaceId: z.string(), importId: z.string() }),
    retriesMax: 3,
    timeoutSeconds: 6 * 3600,
    handle: (payload, signal) => runOrderImport(infra, payload, signal),
  });
  infra.jobs.define({
    name: 'tracking.resume-order-imports',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 60,
    cron: '* * * * *',
    handle: () => resumeOrderImports(infra),
  });
  infra.jobs.define({
    name: 'tracking.clean-order-files',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 600,
    cron: '19 3 * * *',
    handle: async () => cleanFiles(orderFilesFolder(infra), await infra.db.asSystem(neededOrderFiles)),
  });
}

/** Enqueues the runs whose runner is gone. */
export async function resumeOrderImports(infra: Infra): Promise<void> {
  for (const orphan of await infra.db.asSystem(orphanedOrderImports)) await enqueueOrderImport(infra, orphan);
}
