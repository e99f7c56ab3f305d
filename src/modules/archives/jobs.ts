import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { dayMs } from '#kernel/time.ts';
import { archiveDays } from './api.ts';
import { cleanArchiveFiles } from './archive-files.ts';
import { neededFiles, tidyExports } from './queries/export-runs.ts';
import { tidyImports } from './queries/import-runs.ts';

/** Once a minute: runs whose process is gone become failed, archives past their time go. */
export function defineArchiveJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'archives.tidy',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 300,
    cron: '* * * * *',
    handle: () => tidy(infra),
  });
}

export async function tidy(infra: Infra): Promise<void> {
  const now = infra.clock.now();
  const needed = await infra.db.asSystem(async (tx) => {
    await tidyExports(tx, now);
    await tidyImports(tx, now);
    return neededFiles(tx, new Date(now.getTime() - archiveDays * dayMs));
  });
  await cleanArchiveFiles(infra.config.dataDir, needed);
}
