import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { forgetHappenings } from './queries/events.ts';
import { type Doors, runDue } from './run-due.ts';

export const runDueJob = 'automations.run-due';
const sweepJob = 'automations.sweep';
const keptDays = 30;
const dayMs = 86_400_000;

/** Runs are started as things happen, and every minute for those that wait or are tried again. */
export function defineAutomationJobs(infra: Infra, doors: Doors): void {
  infra.jobs.define({
    name: runDueJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 900,
    cron: '* * * * *',
    handle: async () => void (await runDue(infra, doors)),
  });
  infra.jobs.define({
    name: sweepJob,
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 600,
    cron: '23 4 * * *',
    handle: () =>
      infra.db.asSystem((tx) => forgetHappenings(tx, new Date(infra.clock.now().getTime() - keptDays * dayMs))),
  });
}
