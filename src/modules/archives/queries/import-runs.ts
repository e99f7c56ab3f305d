import type { Insertable, Selectable } from 'kysely';
import type { ArchiveImport as Table } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Progress } from './export-runs.ts';

/** All as the system role: what comes in belongs to no workspace yet. */
export type ImportRow = Selectable<Table>;

const listedMax = 50;

export async function insertImport(tx: Tx, row: Insertable<Table>): Promise<ImportRow> {
  return tx.insertInto('archive_import').values(row).returningAll().executeTakeFirstOrThrow();
}

export function listImportRows(tx: Tx): Promise<ImportRow[]> {
  return tx
    .selectFrom('archive_import')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(listedMax)
    .execute();
}

export function findImportRow(tx: Tx, id: string): Promise<ImportRow | undefined> {
  return tx.selectFrom('archive_import').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Null when this one runs or is done. Throws `archive_import_running` (see isTaken) when another one runs. */
export async function beginImport(tx: Tx, run: { id: string; now: Date; leaseUntil: Date }): Promise<ImportRow | null> {
  const row = await tx
    .updateTable('archive_import')
    .set({
      state: 'running',
      step: 'Checking the archive',
      rows_done: 0n,
      error: null,
      cancel_asked_at: null,
      finished_at: null,
      started_at: run.now,
      lease_until: run.leaseUntil,
    })
    .where('id', '=', run.id)
    .where('state', 'in', ['uploaded', 'failed', 'cancelled'])
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export async function keepImportProgress(tx: Tx, id: string, progress: Progress): Promise<boolean> {
  const row = await tx
    .updateTable('archive_import')
    .set({ step: progress.step, rows_done: BigInt(progress.rowsDone), lease_until: progress.leaseUntil })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('cancel_asked_at')
    .executeTakeFirst();
  return row !== undefined && row.cancel_asked_at === null;
}

export async function endImport(
  tx: Tx,
  id: string,
  end: {
    state: string;
    step: string;
    error?: string | null;
    finished_at: Date;
    result?: string;
    made_workspace_id?: string;
    rows_done?: bigint;
  },
): Promise<boolean> {
  const row = await tx
    .updateTable('archive_import')
    .set({ ...end, lease_until: null })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function askImportToEnd(tx: Tx, id: string, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('archive_import')
    .set({ cancel_asked_at: now })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** False for one that runs. */
export async function deleteImport(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('archive_import')
    .where('id', '=', id)
    .where('state', '!=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Runs whose process is gone: their transaction went with it, so nothing of them is there. */
export async function tidyImports(tx: Tx, now: Date): Promise<void> {
  await tx
    .updateTable('archive_import')
    .set({
      state: 'failed',
      step: 'Cut off',
      error: 'The server stopped in the middle. Nothing was written; begin again.',
      finished_at: now,
      lease_until: null,
    })
    .where('state', '=', 'running')
    .where('lease_until', '<', now)
    .execute();
}
