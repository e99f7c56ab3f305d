import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import type { ColumnPlanJson, ImportCounts, ImportRun } from '../api.ts';
import type { DetectedFile } from '../files/detect-file.ts';

type Kind = 'creators' | 'posts' | 'comments';
type State = ImportRun['state'];

export interface StoredRun {
  id: string;
  fileName: string;
  fileBytes: number;
  kind: Kind;
  platform: Platform;
  detected: DetectedFile;
  columns: ColumnPlanJson[];
  headerKey: string;
  isDryRun: boolean;
  state: State;
  rowsDone: number;
  counts: ImportCounts & { bytes: number };
  error: string | null;
  observedAt: Date;
  createdBy: string;
  createdByName: string;
  createdAt: Date;
  startedAt: Date | null;
  isCancelAsked: boolean;
  finishedAt: Date | null;
}

export const noCounts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  errorsTotal: 0,
  bytes: 0,
};

const fields = sql`id, file_name, file_bytes, kind, platform, detected, mapping, is_dry_run, state, rows_done, counts, error, observed_at, created_by, created_by_name,
  created_at, started_at, cancel_asked_at, finished_at`;

interface Raw {
  id: string;
  file_name: string;
  file_bytes: bigint | null;
  kind: Kind;
  platform: Platform;
  detected: DetectedFile;
  mapping: { columns?: ColumnPlanJson[]; headerKey?: string };
  is_dry_run: boolean;
  state: State;
  rows_done: bigint;
  counts: Partial<StoredRun['counts']>;
  error: string | null;
  observed_at: Date;
  created_by: string;
  created_by_name: string;
  created_at: Date;
  started_at: Date | null;
  cancel_asked_at: Date | null;
  finished_at: Date | null;
}

function toRun(row: Raw): StoredRun {
  return {
    id: row.id,
    fileName: row.file_name,
    fileBytes: Number(row.file_bytes ?? 0n),
    kind: row.kind,
    platform: row.platform,
    detected: row.detected,
    columns: row.mapping.columns ?? [],
    headerKey: row.mapping.headerKey ?? '',
    isDryRun: row.is_dry_run,
    state: row.state,
    rowsDone: Number(row.rows_done),
    counts: { ...noCounts, ...row.counts },
    error: row.error,
    observedAt: row.observed_at,
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    startedAt: row.started_at,
    isCancelAsked: row.cancel_asked_at !== null,
    finishedAt: row.finished_at,
  };
}

/** A run, locked against other changes until the commit when asked for. */
export async function selectRun(
  tx: Tx,
  workspaceId: string,
  importId: string,
  options: { isLocked: boolean },
): Promise<StoredRun | null> {
  const { rows } = await sql<Raw>`
    select ${fields} from import_run where workspace_id = ${workspaceId} and id = ${importId} ${options.isLocked ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows[0] === undefined ? null : toRun(rows[0]);
}

export async function selectRuns(
  tx: Tx,
  workspaceId: string,
  page: { limit: number; after: { at: string; id: string } | null },
): Promise<StoredRun[]> {
  const { rows } = await sql<Raw>`
    select ${fields} from import_run where workspace_id = ${workspaceId}
    and ${page.after === null ? sql`true` : sql`(created_at, id) < (${page.after.at}::timestamptz, ${page.after.id})`}
    order by created_at desc, id desc limit ${page.limit}`.execute(tx);
  return rows.map(toRun);
}

/**
 * Stores an uploaded file's run. The same content seen before keeps the date at which it was first seen: an old export that comes again does
 * not count as newer than what came in between.
 */
export async function insertRun(
  tx: Tx,
  run: {
    workspaceId: string;
    id: string;
    fileName: string;
    fileHash: Buffer;
    fileBytes: number;
    kind: Kind;
    platform: Platform;
    detected: DetectedFile;
    headerKey: string;
    now: Date;
    createdBy: { id: string; name: string };
  },
): Promise<void> {
  await sql`
    insert into import_run (workspace_id, id, file_name, file_hash, file_bytes, kind, platform, detected, mapping, state, observed_at, created_by, created_by_name, created_at)
    values (${run.workspaceId}, ${run.id}, ${run.fileName}, ${run.fileHash}, ${run.fileBytes}, ${run.kind}, ${run.platform}, ${JSON.stringify(run.detected)},
      ${JSON.stringify({ headerKey: run.headerKey })}, 'uploaded',
      coalesce((select min(observed_at) from import_run where workspace_id = ${run.workspaceId} and file_hash = ${run.fileHash} and started_at is not null and not is_dry_run), ${run.now}),
      ${run.createdBy.id}, ${run.createdBy.name}, ${run.now})`.execute(tx);
}

/** Sets a run going from where it stands; `isFromStart` forgets what an earlier try counted. */
export async function markStarted(
  tx: Tx,
  start: {
    workspaceId: string;
    id: string;
    kind: Kind;
    platform: Platform;
    columns: ColumnPlanJson[];
    headerKey: string;
    isDryRun: boolean;
    isFromStart: boolean;
  },
): Promise<void> {
  await sql`
    update import_run set kind = ${start.kind}, platform = ${start.platform}, mapping = ${JSON.stringify({ columns: start.columns, headerKey: start.headerKey })},
      is_dry_run = ${start.isDryRun}, state = 'running', error = null, started_at = null, finished_at = null, cancel_asked_at = null, runner = null, lease_until = null,
      rows_done = case when ${start.isFromStart} then 0 else rows_done end, counts = case when ${start.isFromStart} then '{}' else counts end
    where workspace_id = ${start.workspaceId} and id = ${start.id}`.execute(tx);
  if (start.isFromStart)
    await sql`delete from import_error where workspace_id = ${start.workspaceId} and import_id = ${start.id}`.execute(
      tx,
    );
}

/** Takes a running import for one runner; null when another one holds it. */
export async function claimRun(
  tx: Tx,
  claim: { workspaceId: string; id: string; runner: string; leaseSeconds: number; now: Date },
): Promise<StoredRun | null> {
  const { rows } = await sql<Raw>`
    update import_run set runner = ${claim.runner}, started_at = coalesce(started_at, ${claim.now}), lease_until = now() + ${claim.leaseSeconds} * interval '1 second'
    where workspace_id = ${claim.workspaceId} and id = ${claim.id} and state = 'running' and (runner is null or runner = ${claim.runner} or lease_until < now())
    returning ${fields}`.execute(tx);
  return rows[0] === undefined ? null : toRun(rows[0]);
}

/** Whether an import works in the workspace or is about to; one whose runner died, or that only looks, does not count. */
export async function isImporting(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql`
    select from import_run where workspace_id = ${workspaceId} and state = 'running' and not is_dry_run
      and (lease_until is null or lease_until > now()) limit 1`.execute(tx);
  return rows.length > 0;
}

/** Commits how far a run came, in the transaction of the batch. False when another runner took over. */
export async function saveProgress(
  tx: Tx,
  progress: {
    workspaceId: string;
    id: string;
    runner: string;
    leaseSeconds: number;
    rowsBefore: number;
    rowsDone: number;
    counts: StoredRun['counts'];
  },
): Promise<boolean> {
  const { rows } = await sql`
    update import_run set rows_done = ${progress.rowsDone}, counts = ${JSON.stringify(progress.counts)}, lease_until = now() + ${progress.leaseSeconds} * interval '1 second'
    where workspace_id = ${progress.workspaceId} and id = ${progress.id} and state = 'running' and runner = ${progress.runner} and rows_done = ${progress.rowsBefore}
    returning id`.execute(tx);
  return rows.length === 1;
}

export async function markFinished(
  tx: Tx,
  end: { workspaceId: string; id: string; state: 'done' | 'failed' | 'cancelled'; error: string | null; now: Date },
): Promise<void> {
  await sql`
    update import_run set state = ${end.state}, error = ${end.error}, finished_at = ${end.now}, runner = null, lease_until = null
    where workspace_id = ${end.workspaceId} and id = ${end.id} and state = 'running'`.execute(tx);
}

export async function askCancel(tx: Tx, workspaceId: string, importId: string): Promise<void> {
  await sql`
    update import_run set cancel_asked_at = now(), state = case when state = 'uploaded' then 'cancelled' else state end,
      finished_at = case when state = 'uploaded' then now() else finished_at end
    where workspace_id = ${workspaceId} and id = ${importId} and state in ('uploaded', 'running')`.execute(tx);
}

/** Runs of all workspaces that say they are running but whose runner is gone. For the system role. */
export async function selectOrphans(tx: Tx): Promise<{ workspaceId: string; importId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from import_run where state = 'running' and (lease_until is null or lease_until < now()) order by started_at, id limit 100`.execute(
    tx,
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, importId: row.id }));
}

/** Ids of runs whose file is not needed any more. For the system role. */
export async function selectNeededFiles(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from import_run where state = 'running' or (state <> 'done' and created_at > now() - interval '7 days') or (is_dry_run and created_at > now() - interval '7 days')`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.id));
}
