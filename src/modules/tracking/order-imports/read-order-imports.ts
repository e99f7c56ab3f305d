import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import type {
  getOrderImport as getEndpoint,
  listOrderImports as listEndpoint,
  listOrderImportErrors as listErrorsEndpoint,
  OrderImport,
} from '../api.ts';
import { readCursor } from '../list-links.ts';
import {
  type ImportCounts,
  type ImportFault,
  type OrderImportRow,
  selectOrderImport,
  selectOrderImportErrors,
  selectOrderImports,
} from '../queries/order-imports.ts';

export const noCounts: ImportCounts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  errorsTotal: 0,
};

/** Error: not_found. */
export async function presentOrderImport(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; id: string },
): Promise<OrderImport> {
  const row = await selectOrderImport(tx, { ...of, isLocked: false });
  if (row === undefined) throw notFound('import');
  return toOrderImport(row, infra.clock.now());
}

/** Error: not_found. */
export async function getOrderImport(infra: Infra, call: Call<typeof getEndpoint>): Promise<OrderImport> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, (tx) =>
    presentOrderImport(infra, tx, { workspaceId, id: input.importId }),
  );
}

/** Newest first. Error: tracking.bad_cursor. */
export async function listOrderImports(infra: Infra, call: Call<typeof listEndpoint>): Promise<Page<OrderImport>> {
  const { workspaceId, input } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectOrderImports(tx, workspaceId, { limit: input.limit + 1, after: readCursor(input.cursor) }),
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const now = infra.clock.now();
  return {
    rows: page.map((row) => toOrderImport(row, now)),
    nextCursor: rows.length > input.limit && last !== undefined ? encodeCursor([last.sort_key, last.id]) : null,
  };
}

/** In the order of the file. Errors: not_found, tracking.bad_cursor. */
export async function listOrderImportErrors(
  infra: Infra,
  call: Call<typeof listErrorsEndpoint>,
): Promise<Page<ImportFault>> {
  const { workspaceId, input } = call;
  const of = { workspaceId, id: input.importId };
  const rows = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectOrderImport(tx, { ...of, isLocked: false })) === undefined) throw notFound('import');
    return await selectOrderImportErrors(tx, { ...of, limit: input.limit + 1, after: readCursor(input.cursor) });
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > input.limit && last !== undefined ? encodeCursor([String(last.row), last.field]) : null,
  };
}

function toOrderImport(row: OrderImportRow, now: Date): OrderImport {
  const counts = { ...noCounts, ...row.counts };
  const seconds = row.started_at === null ? 0 : ((row.finished_at ?? now).getTime() - row.started_at.getTime()) / 1000;
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceName: row.source_name,
    fileName: row.file_name,
    fileBytes: Number(row.file_bytes),
    state: row.state,
    progress: row.state === 'done' ? 1 : Math.min(0.999, Number(row.bytes_done) / Math.max(1, Number(row.file_bytes))),
    counts,
    rowsPerSecond: seconds > 0 && counts.read > 0 ? Math.round(counts.read / seconds) : null,
    error: row.error,
    createdByName: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
