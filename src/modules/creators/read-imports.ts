import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type {
  downloadImportErrors,
  forgetImportMapping,
  getImport,
  ImportRun,
  listImportErrors,
  listImports,
} from './api.ts';
import { creatorsError } from './errors.ts';
import { type ErrorRow, selectErrors } from './queries/import-errors.ts';
import { deleteMapping, type SavedMapping, selectMappings } from './queries/import-mappings.ts';
import { type StoredRun, selectRun, selectRuns } from './queries/imports.ts';

/** A run as it is answered, with its share done and its speed. */
export function toImportRun(run: StoredRun, now: Date): ImportRun {
  const { bytes, ...counts } = run.counts;
  const seconds = run.startedAt === null ? 0 : ((run.finishedAt ?? now).getTime() - run.startedAt.getTime()) / 1000;
  const isEnded = run.state === 'done';
  return {
    id: run.id,
    fileName: run.fileName,
    fileBytes: run.fileBytes,
    kind: run.kind,
    platform: run.platform,
    isDryRun: run.isDryRun,
    state: run.state,
    counts,
    progress: isEnded ? 1 : Math.min(0.999, run.fileBytes === 0 ? 0 : bytes / run.fileBytes),
    rowsPerSecond: seconds > 0 && counts.read > 0 ? Math.round(counts.read / seconds) : null,
    error: run.error,
    createdByName: run.createdByName,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

export async function getRun(infra: Infra, call: Call<typeof getImport>): Promise<ImportRun> {
  const run = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectRun(tx, call.workspaceId, call.input.importId, { isLocked: false }),
  );
  if (run === null) throw notFound('import');
  return toImportRun(run, infra.clock.now());
}

export async function listRuns(infra: Infra, call: Call<typeof listImports>): Promise<Page<ImportRun>> {
  const { limit, cursor } = call.input;
  const [at, id] = cursor === undefined ? [] : (decodeCursor(cursor) ?? []);
  if (cursor !== undefined && (typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at))))
    throw badCursor();
  const after = typeof at === 'string' && typeof id === 'string' ? { at, id } : null;
  const runs = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectRuns(tx, call.workspaceId, { limit: limit + 1, after }),
  );
  const page = runs.slice(0, limit);
  const last = page.at(-1);
  const now = infra.clock.now();
  return {
    rows: page.map((run) => toImportRun(run, now)),
    nextCursor:
      runs.length > limit && last !== undefined ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

export async function listErrors(infra: Infra, call: Call<typeof listImportErrors>): Promise<Page<ErrorRow>> {
  const { importId, limit, cursor } = call.input;
  const [row, field] = cursor === undefined ? [] : (decodeCursor(cursor) ?? []);
  if (cursor !== undefined && (typeof row !== 'number' || typeof field !== 'string')) throw badCursor();
  const after = typeof row === 'number' && typeof field === 'string' ? { row, field } : null;
  const errors = await infra.db.inWorkspace(call.workspaceId, async (tx) => {
    if ((await selectRun(tx, call.workspaceId, importId, { isLocked: false })) === null) throw notFound('import');
    return selectErrors(tx, { workspaceId: call.workspaceId, importId, limit: limit + 1, after });
  });
  const page = errors.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: errors.length > limit && last !== undefined ? encodeCursor([last.row, last.field]) : null,
  };
}

function badCursor() {
  return creatorsError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
    { field: 'cursor', message: 'Not a cursor of this list' },
  ]);
}

const errorRowsPerRead = 2000;

/** The rows that were not taken as CSV: each as it stood in the file, then its row number and what is wrong with it. Cells that a spreadsheet would run as formulas are escaped. */
export async function downloadErrors(infra: Infra, call: Call<typeof downloadImportErrors>): Promise<Download> {
  const { importId } = call.input;
  const run = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectRun(tx, call.workspaceId, importId, { isLocked: false }),
  );
  if (run === null) throw notFound('import');
  const columns = run.columns.map((column) => column.column);
  const csv = stringify({
    header: true,
    bom: true,
    escape_formulas: true,
    columns: [...columns, 'row in file', 'what is wrong'],
  });
  Readable.from(errorRecords(infra, { workspaceId: call.workspaceId, importId }, columns)).pipe(csv);
  return {
    fileName: `${run.fileName.replace(/(\.\w{1,6}){1,2}$/, '')} - rows with errors.csv`,
    contentType: 'text/csv; charset=utf-8',
    body: csv,
  };
}

async function* errorRecords(
  infra: Infra,
  of: { workspaceId: string; importId: string },
  columns: string[],
): AsyncGenerator<string[]> {
  let after: { row: number; field: string } | null = null;
  let open: { row: number; raw: Record<string, string>; messages: string[] } | null = null;
  const toRecord = (group: { row: number; raw: Record<string, string>; messages: string[] }) => [
    ...columns.map((column) => group.raw[column] ?? ''),
    String(group.row),
    group.messages.join('; '),
  ];
  for (;;) {
    const errors: ErrorRow[] = await infra.db.inWorkspace(of.workspaceId, (tx) =>
      selectErrors(tx, { ...of, limit: errorRowsPerRead, after }),
    );
    for (const error of errors) {
      const message = error.field === '' ? error.message : `${error.field}: ${error.message}`;
      if (open !== null && open.row === error.row) open.messages.push(message);
      else {
        if (open !== null) yield toRecord(open);
        open = { row: error.row, raw: error.raw, messages: [message] };
      }
      after = { row: error.row, field: error.field };
    }
    if (errors.length < errorRowsPerRead) break;
  }
  if (open !== null) yield toRecord(open);
}

export async function listMappings(infra: Infra, call: { workspaceId: string }): Promise<{ rows: SavedMapping[] }> {
  return { rows: await infra.db.inWorkspace(call.workspaceId, (tx) => selectMappings(tx, call.workspaceId, null)) };
}

export async function forgetMapping(infra: Infra, call: Call<typeof forgetImportMapping>): Promise<null> {
  const isGone = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    deleteMapping(tx, call.workspaceId, call.input.mappingId),
  );
  if (!isGone) throw notFound('mapping');
  return null;
}
