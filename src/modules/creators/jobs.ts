import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { cleanFiles } from './files/import-files.ts';
import { selectNeededFiles, selectOrphans } from './queries/imports.ts';
import { runImport } from './run-import.ts';

const runJob = 'creators.import';
const resumeJob = 'creators.resume-imports';
const cleanJob = 'creators.clean-imports';

const importPayload = z.object({ workspaceId: z.string(), importId: z.string() });

/** Puts a started import into the queue; twice does no harm, since a run has one runner at a time. */
export async function enqueueImport(infra: Infra, run: z.infer<typeof importPayload>): Promise<void> {
  await infra.jobs.enqueue(runJob, run, `${run.importId}:${infra.clock.now().getTime()}`);
}

/** The background work of this module. */
export function defineCreatorsJobs(infra: Infra): void {
  infra.jobs.define({
    name: runJob,
    payload: importPayload,
    retriesMax: 3,
    timeoutSeconds: 6 * 3600,
    handle: (payload, signal) => runImport(infra, payload, signal),
  });
  // After a crash: whoever runs next goes on where the last batch was committed.
  const handleResume = () => resumeImports(infra);
  infra.jobs.define({
    name: resumeJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 60,
    cron: '* * * * *',
    handle: handleResume,
  });
  const handleClean = async () => cleanFiles(infra.config.dataDir, await infra.db.asSystem(selectNeededFiles));
  infra.jobs.define({
    name: cleanJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 600,
    cron: '17 3 * * *',
    handle: handleClean,
  });
}

/** Enqueues the runs whose runner is gone. */
export async function resumeImports(infra: Infra): Promise<void> {
  for (const orphan of await infra.db.asSystem(selectOrphans)) await enqueueImport(infra, orphan);
}
