import { join } from 'node:path';
import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { dayMs } from '#kernel/time.ts';
import { emitChanged } from './emit-changes.ts';
import { cleanFiles } from './files/import-files.ts';
import { selectNeededFiles, selectOrphans } from './queries/imports.ts';
import { selectExpiredAffiliates } from './queries/profile-content.ts';
import { affiliateDays } from './rules/paid-posts.ts';
import { runImport } from './run-import.ts';

const runJob = 'creators.import';
const resumeJob = 'creators.resume-imports';
const cleanJob = 'creators.clean-imports';
const affiliatesJob = 'creators.expire-affiliates';
const expiredMax = 50_000;

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
  infra.jobs.define({
    name: affiliatesJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 300,
    cron: '23 * * * *',
    handle: () => expireAffiliates(infra),
  });
  const handleClean = async () =>
    cleanFiles(join(infra.config.dataDir, 'imports'), await infra.db.asSystem(selectNeededFiles));
  infra.jobs.define({
    name: cleanJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 600,
    cron: '17 3 * * *',
    handle: handleClean,
  });
}

/** Tells of creators whose newest affiliate post has become older than 90 days: nobody changed them, but what is said of them has changed. */
export async function expireAffiliates(infra: Infra): Promise<void> {
  const until = new Date(infra.clock.now().getTime() - affiliateDays * dayMs);
  // Two hours are looked back on, so that a run that was missed is made up for by the next.
  const after = new Date(until.getTime() - 2 * 3_600_000);
  const expired = await infra.db.asSystem((tx) => selectExpiredAffiliates(tx, { after, until, limit: expiredMax }));
  for (const [workspaceId, persons] of Map.groupBy(expired, (one) => one.workspaceId))
    await infra.db.inWorkspace(workspaceId, (tx) =>
      emitChanged(infra, tx, { workspaceId, personIds: persons.map((one) => one.personId) }),
    );
}

/** Enqueues the runs whose runner is gone. */
export async function resumeImports(infra: Infra): Promise<void> {
  for (const orphan of await infra.db.asSystem(selectOrphans)) await enqueueImport(infra, orphan);
}
