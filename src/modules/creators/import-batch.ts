import { setImmediate as nextTurn } from 'node:timers/promises';
import type pg from 'pg';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { CommentRow, CreatorRow, PostRow } from './api.ts';
import { applyCreatorRows, judgeCreatorRows, type RowOutcome } from './apply-creator-rows.ts';
import { applyCommentRows, applyPostRows } from './apply-post-rows.ts';
import { emitChanged, emitComments } from './emit-changes.ts';
import type { FileRow } from './files/read-rows.ts';
import { withoutSuppressed } from './import-creator-rows.ts';
import { type ErrorRow, insertErrors } from './queries/import-errors.ts';
import { type StoredRun, saveProgress, selectRun } from './queries/imports.ts';
import { lockCreators } from './queries/known-creators.ts';
import { type ReadyRow, type RowProblem, readyRow } from './rules/creator-state.ts';
import { mapCreatorRow } from './rules/map-creator-row.ts';
import { mapCommentRow, mapPostRow } from './rules/map-post-row.ts';
import type { Cell, ColumnPlan } from './rules/read-cell.ts';

export const leaseSeconds = 30;
const errorsKeptMax = 100_000;
const rawCellCharsMax = 500;
const rowsPerTurn = 500;

/** Rows of a file, mapped: what can be written and what is wrong with the rest. */
export interface PreparedBatch {
  rowsRead: number;
  bytesRead: number;
  creators: ReadyRow[];
  posts: { row: number; value: PostRow }[];
  comments: { row: number; value: CommentRow }[];
  problems: RowProblem[];
  rawOf(row: number): Record<string, string>;
}

/** How far a run has come; `seen` is what a dry run met already, since it writes nothing. */
export interface Consumed {
  rowsDone: number;
  counts: StoredRun['counts'];
  seen: Map<string, string>;
}

interface RunningJob {
  workspaceId: string;
  importId: string;
  runner: string;
  run: StoredRun;
}

/** Maps a batch by the run's plan, giving way to other requests every few hundred rows. */
export async function prepareBatch(rows: FileRow[], run: StoredRun, bytesRead: number): Promise<PreparedBatch> {
  const plans = run.columns as ColumnPlan[];
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const batch: PreparedBatch = {
    rowsRead: rows.length,
    bytesRead,
    creators: [],
    posts: [],
    comments: [],
    problems: [],
    rawOf: (row) => rawCells(plans, byRow.get(row)),
  };
  const mapOne = mapperOf(batch, plans, run);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined) continue;
    if ('problem' in row) batch.problems.push({ row: row.row, field: '', message: row.problem });
    else mapOne(row);
    if (at % rowsPerTurn === rowsPerTurn - 1) await nextTurn();
  }
  return batch;
}

function mapperOf(
  batch: PreparedBatch,
  plans: ColumnPlan[],
  run: StoredRun,
): (row: { row: number; cells: Cell[] }) => void {
  const { platform } = run;
  const runAt = run.observedAt.toISOString();
  switch (run.kind) {
    case 'creators':
      return ({ row, cells }) => {
        const mapped = mapCreatorRow(plans, cells, { row, platform });
        if (!mapped.ok) batch.problems.push(...mapped.problems);
        else addCreator(batch, mapped.row, { row, source: run.fileName, at: mapped.row.observedAt ?? runAt });
      };
    case 'posts':
      return ({ row, cells }) => {
        const mapped = mapPostRow(plans, cells, { row, platform });
        if (mapped.ok) batch.posts.push({ row, value: mapped.row });
        else batch.problems.push(...mapped.problems);
      };
    case 'comments':
      return ({ row, cells }) => {
        const mapped = mapCommentRow(plans, cells, { row, platform });
        if (mapped.ok) batch.comments.push({ row, value: mapped.row });
        else batch.problems.push(...mapped.problems);
      };
  }
}

function addCreator(
  batch: PreparedBatch,
  creator: CreatorRow,
  from: { row: number; source: string; at: string },
): void {
  const ready = readyRow(creator, { row: from.row, stamp: { source: from.source, at: from.at } });
  if ('message' in ready) batch.problems.push(ready);
  else batch.creators.push(ready);
}

function rawCells(plans: ColumnPlan[], row: FileRow | undefined): Record<string, string> {
  if (row === undefined) return {};
  if ('problem' in row) return row.raw;
  return Object.fromEntries(
    plans.map((plan, at) => [
      plan.column,
      String(row.cells[at] ?? '')
        .replaceAll('\u0000', '')
        .slice(0, rawCellCharsMax),
    ]),
  );
}

export type Step = 'committed' | 'cancelled' | 'taken-over';

/** Writes a batch with its errors, events and the run's position in one transaction. */
export async function commitBatch(
  infra: Infra,
  job: RunningJob,
  what: { batch: PreparedBatch; consumed: Consumed },
): Promise<Step> {
  const { batch, consumed } = what;
  const { workspaceId, importId, runner } = job;
  return infra.db
    .copyInWorkspace(workspaceId, async (client, tx) => {
      await lockCreators(tx, workspaceId);
      if (await isCancelled(tx, job)) return 'cancelled';
      const result = await writeBatch(infra, { client, tx }, job, batch);
      const { counts, errors } = countBatch(consumed.counts, batch, result);
      await insertErrors(tx, { workspaceId, importId, rows: errors });
      await emitChanged(infra, tx, { workspaceId, personIds: result.changedPersonIds });
      await emitComments(infra, tx, { workspaceId, commentIds: result.changedCommentIds ?? [] });
      const rowsDone = consumed.rowsDone + batch.rowsRead;
      const isOurs = await saveProgress(tx, {
        workspaceId,
        id: importId,
        runner,
        leaseSeconds,
        rowsBefore: consumed.rowsDone,
        rowsDone,
        counts,
      });
      if (!isOurs) throw new TakenOver();
      consumed.rowsDone = rowsDone;
      consumed.counts = counts;
      return 'committed' as const;
    })
    .catch((error: unknown) => {
      // Another process runs this import by now; what was written here is rolled back.
      if (error instanceof TakenOver) return 'taken-over' as const;
      throw error;
    });
}

class TakenOver extends Error {}

async function isCancelled(tx: Tx, job: RunningJob): Promise<boolean> {
  const run = await selectRun(tx, job.workspaceId, job.importId, { isLocked: true });
  return run === null || run.isCancelAsked;
}

interface BatchResult {
  outcomes: Map<number, RowOutcome>;
  skipped: number;
  problems: RowProblem[];
  changedPersonIds: Set<string>;
  changedCommentIds?: string[];
}

async function writeBatch(
  infra: Infra,
  db: { client: pg.PoolClient; tx: Tx },
  job: RunningJob,
  batch: PreparedBatch,
): Promise<BatchResult> {
  const { client, tx } = db;
  const { workspaceId, run } = job;
  const now = infra.clock.now();
  const common = { workspaceId, now, source: run.fileName, observedAt: run.observedAt.toISOString() };
  switch (run.kind) {
    case 'creators': {
      const { kept, skipped } = await withoutSuppressed(infra, tx, batch.creators);
      const applied = await applyCreatorRows(client, tx, { workspaceId, now, keyScope: run.headerKey, rows: kept });
      const outcomes = new Map([...applied.outcomes].map(([row, { outcome }]) => [row, outcome]));
      return { outcomes, skipped: skipped.length, problems: [], changedPersonIds: applied.changedPersonIds };
    }
    case 'posts':
      return { ...(await applyPostRows(client, tx, { ...common, rows: batch.posts })), skipped: 0 };
    case 'comments':
      return { ...(await applyCommentRows(client, tx, { ...common, rows: batch.comments })), skipped: 0 };
  }
}

function countBatch(
  before: Consumed['counts'],
  batch: PreparedBatch,
  result: BatchResult,
): { counts: Consumed['counts']; errors: ErrorRow[] } {
  const problems = [...batch.problems, ...result.problems];
  const counts = {
    ...before,
    read: before.read + batch.rowsRead,
    skipped: before.skipped + result.skipped,
    bytes: batch.bytesRead,
  };
  for (const outcome of result.outcomes.values()) counts[outcome] += 1;
  counts.failed += new Set(problems.map((problem) => problem.row)).size;
  const room = Math.max(0, errorsKeptMax - before.errorsTotal);
  counts.errorsTotal += problems.length;
  return { counts, errors: problems.slice(0, room).map((problem) => ({ ...problem, raw: batch.rawOf(problem.row) })) };
}

/** What a batch would do, without writing it: only its errors and counts are kept. */
export async function judgeBatch(
  infra: Infra,
  job: RunningJob,
  what: { batch: PreparedBatch; consumed: Consumed },
): Promise<Step> {
  const { batch, consumed } = what;
  const { workspaceId, importId, runner } = job;
  const result = await infra.db
    .copyInWorkspace(workspaceId, async (client, tx) => judge(infra, { client, tx }, job, what))
    .catch(fromRollback);
  const { counts, errors } = countBatch(consumed.counts, batch, result);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (await isCancelled(tx, job)) return 'cancelled';
    await insertErrors(tx, { workspaceId, importId, rows: errors });
    const rowsDone = consumed.rowsDone + batch.rowsRead;
    if (
      !(await saveProgress(tx, {
        workspaceId,
        id: importId,
        runner,
        leaseSeconds,
        rowsBefore: consumed.rowsDone,
        rowsDone,
        counts,
      }))
    )
      return 'taken-over';
    consumed.rowsDone = rowsDone;
    consumed.counts = counts;
    return 'committed';
  });
}

/** Carries the result of a batch out of the transaction that is rolled back. */
class Rollback extends Error {
  readonly result: BatchResult;
  constructor(result: BatchResult) {
    super('A trial run keeps nothing');
    this.result = result;
  }
}

function fromRollback(error: unknown): BatchResult {
  if (error instanceof Rollback) return error.result;
  throw error;
}

async function judge(
  infra: Infra,
  db: { client: pg.PoolClient; tx: Tx },
  job: RunningJob,
  what: { batch: PreparedBatch; consumed: Consumed },
): Promise<BatchResult> {
  if (job.run.kind !== 'creators') throw new Rollback(await writeBatch(infra, db, job, what.batch));
  const { kept, skipped } = await withoutSuppressed(infra, db.tx, what.batch.creators);
  const outcomes = await judgeCreatorRows(
    db.tx,
    { workspaceId: job.workspaceId, rows: kept, keyScope: job.run.headerKey, now: infra.clock.now() },
    what.consumed.seen,
  );
  return { outcomes, skipped: skipped.length, problems: [], changedPersonIds: new Set() };
}
