import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { importFilePath, removeFile, requireFile } from './files/import-files.ts';
import { inBatches } from './files/in-batches.ts';
import type { ReadProgress } from './files/open-text.ts';
import { type FileRow, openRows } from './files/read-rows.ts';
import {
  type Consumed,
  commitBatch,
  judgeBatch,
  leaseSeconds,
  type PreparedBatch,
  prepareBatch,
} from './import-batch.ts';
import { joinByEmail } from './join-by-email.ts';
import { claimRun, markFinished, type StoredRun, selectRun } from './queries/imports.ts';

const rowsPerBatch = 2000;

const claimTries = 40;

const filledTables = {
  creators: ['person', 'profile', 'profile_metric', 'metric_history'],
  posts: ['post', 'profile_metric', 'metric_history'],
  comments: ['comment'],
} as const;
const toldFirstAt = 2000;
const toldAgainTimes = 8;

/**
 * Imports a started file batch by batch, each in one transaction with its errors, events and the run's position, so that a crash at any point
 * is made good by going on from the last committed batch. Ends in done, cancelled or failed; a fault of ours is thrown for the queue to retry.
 */
export async function runImport(
  infra: Infra,
  wanted: { workspaceId: string; importId: string },
  signal?: AbortSignal,
): Promise<void> {
  const runner = randomUUID();
  const run = await claim(infra, wanted, runner);
  if (run === null) return;
  try {
    await consume(infra, { ...wanted, runner, run }, signal);
  } catch (error) {
    // What the caller can mend ends the run with its message; anything else is tried again from the last batch.
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    await finish(infra, wanted, { state: 'failed', error: error.message });
  }
}

/** Takes the run, waiting for the lease of a runner that died to end. */
async function claim(
  infra: Infra,
  wanted: { workspaceId: string; importId: string },
  runner: string,
): Promise<StoredRun | null> {
  for (let tries = 0; tries < claimTries; tries += 1) {
    const { run, isRunning } = await infra.db.inWorkspace(wanted.workspaceId, async (tx) => ({
      run: await claimRun(tx, {
        workspaceId: wanted.workspaceId,
        id: wanted.importId,
        runner,
        leaseSeconds,
        now: infra.clock.now(),
      }),
      isRunning: (await selectRun(tx, wanted.workspaceId, wanted.importId, { isLocked: false }))?.state === 'running',
    }));
    if (run !== null) return run;
    if (!isRunning) return null;
    await wait(1000);
  }
  return null;
}

async function consume(
  infra: Infra,
  job: { workspaceId: string; importId: string; runner: string; run: StoredRun },
  signal?: AbortSignal,
): Promise<void> {
  const path = importFilePath(infra.config.dataDir, job.importId);
  await requireFile(path);
  const progress: ReadProgress = { bytesRead: () => 0 };
  const { batches } = await openRows(path, job.run.detected, { progress });
  const source = inBatches(batches, { size: rowsPerBatch, rowsDone: job.run.rowsDone });
  const consumed: Consumed = { rowsDone: job.run.rowsDone, counts: { ...job.run.counts }, seen: new Map() };
  const planner = plannerOf(infra, job.run);
  // The next batch is read and mapped while the database works on this one.
  let ahead = readAhead(source, job.run, progress);
  for (;;) {
    const batch = await ahead;
    if (batch === null) break;
    ahead = readAhead(source, job.run, progress);
    ahead.catch(() => undefined);
    signal?.throwIfAborted();
    const step = job.run.isDryRun
      ? await judgeBatch(infra, job, { batch, consumed })
      : await commitBatch(infra, job, { batch, consumed });
    if (step === 'taken-over') return;
    if (step === 'cancelled') return finish(infra, job, { state: 'cancelled', error: null });
    if (!job.run.isDryRun) await planner.follow(consumed.counts.created);
  }
  if (!job.run.isDryRun && job.run.kind === 'creators') await joinByEmail(infra, job);
  await finish(infra, job, { state: 'done', error: null });
  if (!job.run.isDryRun) await removeFile(path);
}

/** Tells the planner when the tables have grown many times over by new rows; a file that brings nothing new costs nothing. */
function plannerOf(infra: Infra, run: StoredRun): { follow(created: number): Promise<void> } {
  let toldAt = Math.max(run.counts.created, toldFirstAt / toldAgainTimes);
  return {
    follow: async (created) => {
      if (created < toldAt * toldAgainTimes) return;
      toldAt = created;
      await refreshStatistics(infra.db, filledTables[run.kind]);
    },
  };
}

async function readAhead(
  source: AsyncGenerator<FileRow[]>,
  run: StoredRun,
  progress: ReadProgress,
): Promise<PreparedBatch | null> {
  const next = await source.next();
  return next.done === true ? null : prepareBatch(next.value, run, progress.bytesRead());
}

async function finish(
  infra: Infra,
  wanted: { workspaceId: string; importId: string },
  end: { state: 'done' | 'failed' | 'cancelled'; error: string | null },
): Promise<void> {
  await infra.db.inWorkspace(wanted.workspaceId, (tx) =>
    markFinished(tx, { workspaceId: wanted.workspaceId, id: wanted.importId, ...end, now: infra.clock.now() }),
  );
}
