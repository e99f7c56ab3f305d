import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { DetectedFile } from '#modules/creators/index.ts';
import type { OrderImport, OrderMapping } from '../api.ts';

export type ImportCounts = OrderImport['counts'];

export interface OrderImportRow {
  workspace_id: string;
  id: string;
  source_id: string | null;
  source_name: string | null;
  file_name: string;
  file_bytes: bigint;
  detected: DetectedFile;
  columns: string[];
  header_key: string;
  mapping: OrderMapping | null;
  state: OrderImport['state'];
  rows_done: bigint;
  bytes_done: bigint;
  last_order: string;
  counts: Partial<ImportCounts>;
  error: string | null;
  created_by_name: string;
  created_at: Date;
  started_at: Date | null;
  cancel_asked_at: Date | null;
  finished_at: Date | null;
  sort_key: string;
}

const columns = sql`i.workspace_id, i.id, i.source_id, (select s.name from order_source s where s.workspace_id = i.workspace_id and s.id = i.source_id) as source_name,
  i.file_name, i.file_bytes, i.detected, i.columns, i.header_key, i.mapping, i.state, i.rows_done, i.bytes_done, i.last_order, i.counts, i.error, i.created_by_name, i.created_at,
  i.started_at, i.cancel_asked_at, i.finished_at, (extract(epoch from i.created_at) * 1000000)::bigint::text as sort_key`;

interface Key {
  workspaceId: string;
  id: string;
}

/** A run; `isLocked` holds it until the transaction ends. */
export async function selectOrderImport(tx: Tx, of: Key & { isLocked: boolean }): Promise<OrderImportRow | undefined> {
  const { rows } = await sql<OrderImportRow>`
    select ${columns} from order_import i where i.workspace_id = ${of.workspaceId} and i.id = ${of.id} ${of.isLocked ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows[0];
}

export async function selectOrderImports(
  tx: Tx,
  workspaceId: string,
  of: { limit: number; after: { key: string; id: string } | null },
): Promise<OrderImportRow[]> {
  const beyond =
    of.after === null
      ? sql`true`
      : sql`(i.created_at, i.id) < (timestamptz 'epoch' + ${of.after.key}::bigint * interval '1 microsecond', ${of.after.id})`;
  const { rows } = await sql<OrderImportRow>`
    select ${columns} from order_import i where i.workspace_id = ${workspaceId} and ${beyond}
    order by i.created_at desc, i.id desc limit ${of.limit}`.execute(tx);
  return rows;
}

export async function insertOrderImport(
  tx: Tx,
  row: Key & {
    fileName: string;
    fileBytes: number;
    detected: DetectedFile;
    columns: string[];
    headerKey: string;
    createdBy: { id: string; name: string };
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into order_import (workspace_id, id, file_name, file_bytes, detected, columns, header_key, state, created_by, created_by_name, created_at)
    values (${row.workspaceId}, ${row.id}, ${row.fileName}, ${row.fileBytes}, ${JSON.stringify(row.detected)}, ${JSON.stringify(row.columns)}, ${row.headerKey},
      'uploaded', ${row.createdBy.id}, ${row.createdBy.name}, ${row.at})`.execute(tx);
}

/** Sets a run going; `isFromStart` forgets what an earlier try counted. */
export async function markOrderImportStarted(
  tx: Tx,
  of: Key & { sourceId: string; mapping: OrderMapping; isFromStart: boolean },
): Promise<void> {
  await sql`
    update order_import set source_id = ${of.sourceId}, mapping = ${JSON.stringify(of.mapping)}, state = 'running', error = null, started_at = null, finished_at = null,
      cancel_asked_at = null, runner = null, lease_until = null,
      rows_done = case when ${of.isFromStart} then 0 else rows_done end, bytes_done = case when ${of.isFromStart} then 0 else bytes_done end,
      last_order = case when ${of.isFromStart} then '' else last_order end, counts = case when ${of.isFromStart} then '{}' else counts end
    where workspace_id = ${of.workspaceId} and id = ${of.id}`.execute(tx);
  if (of.isFromStart)
    await sql`delete from order_import_error where workspace_id = ${of.workspaceId} and import_id = ${of.id}`.execute(
      tx,
    );
}

/** Takes a running import for one runner; undefined when another one holds it. */
export async function claimOrderImport(
  tx: Tx,
  of: Key & { runner: string; leaseSeconds: number; at: Date },
): Promise<OrderImportRow | undefined> {
  const { rows } = await sql<OrderImportRow>`
    update order_import i set runner = ${of.runner}, started_at = coalesce(i.started_at, ${of.at}), lease_until = now() + ${of.leaseSeconds} * interval '1 second'
    where i.workspace_id = ${of.workspaceId} and i.id = ${of.id} and i.state = 'running' and (i.runner is null or i.runner = ${of.runner} or i.lease_until < now())
    returning ${columns}`.execute(tx);
  return rows[0];
}

/** Notes how far a run came, in the transaction of its batch. False when another runner took over. */
export async function saveOrderImport(
  tx: Tx,
  of: Key & {
    runner: string;
    leaseSeconds: number;
    rowsBefore: number;
    rowsDone: number;
    bytesDone: number;
    lastOrder: string;
    counts: ImportCounts;
  },
): Promise<boolean> {
  const { rows } = await sql`
    update order_import set rows_done = ${of.rowsDone}, bytes_done = ${of.bytesDone}, last_order = ${of.lastOrder}, counts = ${JSON.stringify(of.counts)},
      lease_until = now() + ${of.leaseSeconds} * interval '1 second'
    where workspace_id = ${of.workspaceId} and id = ${of.id} and state = 'running' and runner = ${of.runner} and rows_done = ${of.rowsBefore}
    returning 1`.execute(tx);
  return rows.length === 1;
}

export async function endOrderImport(
  tx: Tx,
  of: Key & { state: 'done' | 'failed' | 'cancelled'; error: string | null; at: Date },
): Promise<void> {
  await sql`
    update order_import set state = ${of.state}, error = ${of.error}, finished_at = ${of.at}, runner = null, lease_until = null
    where workspace_id = ${of.workspaceId} and id = ${of.id} and state = 'running'`.execute(tx);
}

export async function askOrderImportCancel(tx: Tx, of: Key): Promise<void> {
  await sql`
    update order_import set cancel_asked_at = now(), state = case when state = 'uploaded' then 'cancelled' else state end,
      finished_at = case when state = 'uploaded' then now() else finished_at end
    where workspace_id = ${of.workspaceId} and id = ${of.id} and state in ('uploaded', 'running')`.execute(tx);
}

/** Runs of all workspaces that say they run but whose runner is gone. For the system role. */
export async function orphanedOrderImports(tx: Tx): Promise<{ workspaceId: string; importId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from order_import where state = 'running' and (lease_until is null or lease_until < now()) order by started_at, id limit 100`.execute(
    tx,
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, importId: row.id }));
}

/** Ids of runs whose file is needed still. For the system role. */
export async function neededOrderFiles(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from order_import where state = 'running' or (state <> 'done' and created_at > now() - interval '7 days')`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.id));
}

export interface ImportFault {
  row: number;
  field: string;
  message: string;
}

export async function insertOrderImportErrors(tx: Tx, of: Key & { errors: readonly ImportFault[] }): Promise<void> {
  if (of.errors.length === 0) return;
  const rows = of.errors.map((error) => ({ ...error, message: error.message.toWellFormed() }));
  await sql`
    insert into order_import_error (workspace_id, import_id, row_number, field, message)
    select ${of.workspaceId}, ${of.id}, e.row, e.field, e.message
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (row bigint, field text, message text)
    on conflict do nothing`.execute(tx);
}

export async function selectOrderImportErrors(
  tx: Tx,
  of: Key & { limit: number; after: { key: string; id: string } | null },
): Promise<ImportFault[]> {
  const beyond = of.after === null ? sql`true` : sql`(row_number, field) > (${of.after.key}::bigint, ${of.after.id})`;
  const { rows } = await sql<{ row_number: bigint; field: string; message: string }>`
    select row_number, field, message from order_import_error
    where workspace_id = ${of.workspaceId} and import_id = ${of.id} and ${beyond} order by row_number, field limit ${of.limit}`.execute(
    tx,
  );
  return rows.map((row) => ({ row: Number(row.row_number), field: row.field, message: row.message }));
}

export async function selectOrderMapping(
  tx: Tx,
  of: { workspaceId: string; sourceId: string; headerKey: string },
): Promise<OrderMapping | null> {
  const { rows } = await sql<{ mapping: OrderMapping }>`
    select mapping from order_mapping where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and header_key = ${of.headerKey}`.execute(
    tx,
  );
  return rows[0]?.mapping ?? null;
}

export async function upsertOrderMapping(
  tx: Tx,
  of: { workspaceId: string; sourceId: string; headerKey: string; mapping: OrderMapping; by: string },
): Promise<void> {
  await sql`
    insert into order_mapping (workspace_id, source_id, header_key, mapping, updated_by)
    values (${of.workspaceId}, ${of.sourceId}, ${of.headerKey}, ${JSON.stringify(of.mapping)}, ${of.by})
    on conflict (workspace_id, source_id, header_key) do update set mapping = excluded.mapping, updated_by = excluded.updated_by, updated_at = now()`.execute(
    tx,
  );
}
