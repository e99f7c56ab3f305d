import { type Selectable, sql } from 'kysely';
import type { WorkspaceArchive as Table } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type ArchiveRow = Selectable<Table>;

const listedMax = 50;

export interface NewArchive {
  workspaceId: string;
  id: string;
  by: { id: string; name: string };
  now: Date;
  leaseUntil: Date;
}

/** Null when one is being made already. */
export async function insertArchive(tx: Tx, made: NewArchive): Promise<ArchiveRow | null> {
  const row = {
    workspace_id: made.workspaceId,
    id: made.id,
    state: 'running',
    step: 'Beginning',
    created_by: made.by.id,
    created_by_name: made.by.name,
    created_at: made.now,
    lease_until: made.leaseUntil,
  };
  const inserted = await tx
    .insertInto('workspace_archive')
    .values(row)
    .onConflict((conflict) => conflict.column('workspace_id').where('state', '=', 'running').doNothing())
    .returningAll()
    .executeTakeFirst();
  return inserted ?? null;
}

export function listArchiveRows(tx: Tx, workspaceId: string): Promise<ArchiveRow[]> {
  return tx
    .selectFrom('workspace_archive')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(listedMax)
    .execute();
}

export function findArchiveRow(tx: Tx, workspaceId: string, id: string): Promise<ArchiveRow | undefined> {
  return tx
    .selectFrom('workspace_archive')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface Progress {
  step: string;
  rowsDone: number;
  rowsTotal: number | null;
  leaseUntil: Date;
}

/** Keeps how far a run is; false when it runs no more or somebody asked to cancel it. */
export async function keepExportProgress(
  tx: Tx,
  run: { workspaceId: string; id: string },
  progress: Progress,
): Promise<boolean> {
  const row = await tx
    .updateTable('workspace_archive')
    .set({
      step: progress.step,
      rows_done: BigInt(progress.rowsDone),
      rows_total: progress.rowsTotal === null ? null : BigInt(progress.rowsTotal),
      lease_until: progress.leaseUntil,
    })
    .where('workspace_id', '=', run.workspaceId)
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .returning('cancel_asked_at')
    .executeTakeFirst();
  return row !== undefined && row.cancel_asked_at === null;
}

/** Ends a run that is running; nothing for one that ended otherwise. True when it was this one that ended it. */
export async function endExport(
  tx: Tx,
  run: { workspaceId: string; id: string },
  end: Partial<Omit<ArchiveRow, 'content'>> & { content?: string },
): Promise<boolean> {
  const row = await tx
    .updateTable('workspace_archive')
    .set({ ...end, lease_until: null })
    .where('workspace_id', '=', run.workspaceId)
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** True when it runs. */
export async function askExportToEnd(tx: Tx, run: { workspaceId: string; id: string; now: Date }): Promise<boolean> {
  const row = await tx
    .updateTable('workspace_archive')
    .set({ cancel_asked_at: run.now })
    .where('workspace_id', '=', run.workspaceId)
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Says of a file that it is gone. */
export async function markExpired(tx: Tx, run: { workspaceId: string; id: string }): Promise<boolean> {
  const row = await tx
    .updateTable('workspace_archive')
    .set({ state: 'expired' })
    .where('workspace_id', '=', run.workspaceId)
    .where('id', '=', run.id)
    .where('state', '=', 'ready')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Over all workspaces: runs whose process is gone become failed, archives past their time expired. System role. */
export async function tidyExports(tx: Tx, now: Date): Promise<void> {
  await tx
    .updateTable('workspace_archive')
    .set({
      state: 'failed',
      error: 'The server stopped in the middle. Begin again.',
      finished_at: now,
      lease_until: null,
    })
    .where('state', '=', 'running')
    .where('lease_until', '<', now)
    .execute();
  await tx
    .updateTable('workspace_archive')
    .set({ state: 'expired' })
    .where('state', '=', 'ready')
    .where('expires_at', '<', now)
    .execute();
}

/** Names of the files that rows still stand for. System role. */
export async function neededFiles(tx: Tx, importsSince: Date): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from workspace_archive where state in ('running', 'ready')
    union all
    select id from archive_import where state in ('running') or (state in ('uploaded', 'failed', 'cancelled') and created_at > ${importsSince})`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.id));
}
