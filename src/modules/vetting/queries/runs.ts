import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import type { Run } from '../api.ts';
import { readCursor } from './reports.ts';

export interface StoredRun {
  run: Run;
  personIds: string[];
}

export async function insertRun(
  tx: Tx,
  workspaceId: string,
  run: { id: string; personIds: string[]; by: { id: string; name: string }; at: Date },
): Promise<void> {
  await tx
    .insertInto('vetting_run')
    .values({
      workspace_id: workspaceId,
      id: run.id,
      person_ids: run.personIds,
      state: 'waiting',
      created_by: run.by.id,
      created_by_name: run.by.name,
      created_at: run.at,
    })
    .execute();
}

export async function findRun(tx: Tx, workspaceId: string, runId: string): Promise<StoredRun | null> {
  const row = await tx
    .selectFrom('vetting_run')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', runId)
    .executeTakeFirst();
  return row === undefined ? null : { run: toRun({ ...row, total: row.person_ids.length }), personIds: row.person_ids };
}

export async function pageRuns(
  tx: Tx,
  workspaceId: string,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<Run>> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows = await tx
    .selectFrom('vetting_run')
    .select(['id', 'state', 'done', 'counts', 'errors', 'created_by_name', 'created_at', 'finished_at'])
    .select(sql<number>`cardinality(person_ids)`.as('total'))
    .where('workspace_id', '=', workspaceId)
    .$if(after !== null, (select) =>
      select.where(sql<boolean>`(created_at, id) < (${after?.at ?? ''}::timestamptz, ${after?.id ?? ''})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit).map(toRun);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.createdAt, last.id]) : null,
  };
}

/** Writes how far the run is, unless it was cancelled meanwhile; false then. */
export async function saveProgress(
  tx: Tx,
  workspaceId: string,
  run: {
    id: string;
    state: 'running' | 'done';
    done: number;
    counts: Run['counts'];
    errors: Run['errors'];
    finishedAt: Date | null;
  },
): Promise<boolean> {
  const row = await tx
    .updateTable('vetting_run')
    .set({
      state: run.state,
      done: run.done,
      counts: JSON.stringify(run.counts),
      errors: JSON.stringify(run.errors),
      finished_at: run.finishedAt,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', run.id)
    .where('state', 'in', ['waiting', 'running'])
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a run that still goes on; false when it was over already. */
export async function endRun(
  tx: Tx,
  workspaceId: string,
  end: { id: string; state: 'cancelled' | 'failed'; at: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('vetting_run')
    .set({ state: end.state, finished_at: end.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', end.id)
    .where('state', 'in', ['waiting', 'running'])
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

interface RunRow {
  id: string;
  state: string;
  done: number;
  counts: unknown;
  errors: unknown;
  created_by_name: string;
  created_at: Date;
  finished_at: Date | null;
  total: number;
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    state: row.state as Run['state'],
    total: row.total,
    done: row.done,
    counts: row.counts as Run['counts'],
    errors: row.errors as Run['errors'],
    createdBy: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
