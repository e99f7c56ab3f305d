import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { type FileRow, inBatches, type ReadProgress, removeFile, requireFile } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  claimOrderImport,
  endOrderImport,
  type ImportCounts,
  type ImportFault,
  insertOrderImportErrors,
  type OrderImportRow,
  saveOrderImport,
  selectOrderImport,
} from '../queries/order-imports.ts';
import { recordOrders } from '../record-orders.ts';
import { columnsOf, planOrderColumns } from '../rules/plan-order-columns.ts';
import type { ReadOrder } from '../rules/read-order.ts';
import { inWordsOfOrders, openOrderRows, orderFilePath } from './open-order-file.ts';
import { noCounts } from './read-order-imports.ts';
import { OrderRows } from './read-order-rows.ts';
import { waysOf } from './upload-order-file.ts';

const rowsPerBatch = 500;
const leaseSeconds = 30;
const claimTriesMax = 40;
const claimWaitMs = 1000;
const errorsKeptMax = 100_000;
/** Statistics of the tables are told anew when they have grown so many times over. */
const tellAgainTimes = 8;
const tellFirstAt = 2000;
const filledTables = ['conversion', 'order_record', 'conversion_refund'] as const;

interface Job {
  workspaceId: string;
  importId: string;
}

/** How far a run has come. */
interface Reached {
  rowsDone: number;
  lastOrder: string;
  counts: ImportCounts;
}

/**
 * Imports a started file batch by batch, each in one transaction with its errors, its events and the run's position, so that a crash at any point
 * is made good by going on from the last committed batch. Ends in done, cancelled or failed; a fault of ours is thrown for the queue to try again.
 */
export async function runOrderImport(infra: Infra, job: Job, signal?: AbortSignal): Promise<void> {
  const runner = randomUUID();
  const row = await claim(infra, job, runner);
  if (row === null) return;
  try {
    await consume(infra, { ...job, runner, row }, signal);
  } catch (error) {
    // What the caller can mend ends the run with its message; anything else is tried again from the last batch.
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    await end(infra, job, { state: 'failed', error: error.message });
  }
}

/** Takes the run, waiting for the lease of a runner that died to end. */
async function claim(infra: Infra, job: Job, runner: string): Promise<OrderImportRow | null> {
  const key = { workspaceId: job.workspaceId, id: job.importId };
  for (let tries = 0; tries < claimTriesMax; tries += 1) {
    const { claimed, state } = await infra.db.inWorkspace(job.workspaceId, async (tx) => ({
      claimed: await claimOrderImport(tx, { ...key, runner, leaseSeconds, at: infra.clock.now() }),
      state: (await selectOrderImport(tx, { ...key, isLocked: false }))?.state,
    }));
    if (claimed !== undefined) return claimed;
    if (state !== 'running') return null;
    await wait(claimWaitMs);
  }
  return null;
}

async function consume(
  infra: Infra,
  job: Job & { runner: string; row: OrderImportRow },
  signal?: AbortSignal,
): Promise<void> {
  const { row, workspaceId } = job;
  const path = orderFilePath(infra, row.id);
  await inWordsOfOrders(requireFile(path));
  const { timeZone } = await infra.db.inWorkspace(workspaceId, (tx) => getWorkspace(tx, workspaceId));
  const { mapping } = row;
  const columns = columnsOf(planOrderColumns(row.columns, mapping));
  const reached: Reached = {
    rowsDone: Number(row.rows_done),
    lastOrder: row.last_order,
    counts: { ...noCounts, ...row.counts },
  };
  const progress: ReadProgress = { bytesRead: () => 0 };
  const { batches } = await openOrderRows(path, row.detected, progress);
  let toldAt = Math.max(reached.counts.created, tellFirstAt / tellAgainTimes);
  for await (const rows of inBatches(batches, { size: rowsPerBatch, rowsDone: reached.rowsDone })) {
    signal?.throwIfAborted();
    const reader = new OrderRows({ columns, timeZone, now: infra.clock.now(), ...waysOf(mapping) }, reached.lastOrder);
    const step = await commitBatch(infra, job, {
      batch: readBatch(reader, rows),
      reached,
      bytesDone: progress.bytesRead(),
    });
    if (step === 'taken-over') return;
    if (step === 'cancelled') return end(infra, job, { state: 'cancelled', error: null });
    if (reached.counts.created >= toldAt * tellAgainTimes) {
      toldAt = reached.counts.created;
      await refreshStatistics(infra.db, filledTables);
    }
  }
  await end(infra, job, { state: 'done', error: null });
  await removeFile(path);
}

interface Batch {
  orders: ReadOrder[];
  faults: ImportFault[];
  skipped: number;
  rows: number;
  lastOrder: string;
}

function readBatch(reader: OrderRows, rows: readonly FileRow[]): Batch {
  const batch: Batch = { orders: [], faults: [], skipped: 0, rows: rows.length, lastOrder: '' };
  for (const row of rows) {
    const read = reader.read(row);
    if (read.kind === 'order') batch.orders.push(read.order);
    else if (read.kind === 'line') batch.skipped += 1;
    else batch.faults.push(...read.faults);
  }
  return { ...batch, lastOrder: reader.lastOrder };
}

type Step = 'committed' | 'cancelled' | 'taken-over';
class TakenOver extends Error {}

async function commitBatch(
  infra: Infra,
  job: Job & { runner: string; row: OrderImportRow },
  of: { batch: Batch; reached: Reached; bytesDone: number },
): Promise<Step> {
  const { batch, reached } = of;
  const { workspaceId, importId } = job;
  const key = { workspaceId, id: importId };
  const committed = infra.db.inWorkspace(workspaceId, async (tx): Promise<Step> => {
    const now = await selectOrderImport(tx, { ...key, isLocked: true });
    if (now === undefined || now.cancel_asked_at !== null) return 'cancelled';
    if (now.source_id === null) return 'taken-over';
    const recorded = await recordOrders(infra, tx, { workspaceId, sourceId: now.source_id, orders: batch.orders });
    const counts = countBatch(reached.counts, batch, recorded);
    await insertOrderImportErrors(tx, {
      ...key,
      errors: batch.faults.slice(0, Math.max(0, errorsKeptMax - reached.counts.errorsTotal)),
    });
    const rowsDone = reached.rowsDone + batch.rows;
    const isOurs = await saveOrderImport(tx, {
      ...key,
      runner: job.runner,
      leaseSeconds,
      rowsBefore: reached.rowsDone,
      rowsDone,
      bytesDone: of.bytesDone,
      lastOrder: batch.lastOrder,
      counts,
    });
    // Another process runs this import by now: what was written here is rolled back.
    if (!isOurs) throw new TakenOver();
    Object.assign(reached, { rowsDone, lastOrder: batch.lastOrder, counts });
    return 'committed';
  });
  return await committed.catch((error: unknown) => {
    if (error instanceof TakenOver) return 'taken-over' as const;
    throw error;
  });
}

function countBatch(
  before: ImportCounts,
  batch: Batch,
  recorded: { created: ReadonlySet<string>; updated: ReadonlySet<string> },
): ImportCounts {
  const created = recorded.created.size;
  const updated = recorded.updated.size;
  return {
    read: before.read + batch.rows,
    created: before.created + created,
    updated: before.updated + updated,
    unchanged: before.unchanged + batch.orders.length - created - updated,
    skipped: before.skipped + batch.skipped,
    failed: before.failed + new Set(batch.faults.map((fault) => fault.row)).size,
    errorsTotal: before.errorsTotal + batch.faults.length,
  };
}

async function end(
  infra: Infra,
  job: Job,
  how: { state: 'done' | 'failed' | 'cancelled'; error: string | null },
): Promise<void> {
  await infra.db.inWorkspace(job.workspaceId, (tx) =>
    endOrderImport(tx, { workspaceId: job.workspaceId, id: job.importId, ...how, at: infra.clock.now() }),
  );
}
