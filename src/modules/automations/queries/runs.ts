import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import { type Automation, type AutomationRun, runSchema, type Step, stepSchema } from '../api.ts';

export interface NewRun {
  id: string;
  automationId: string;
  version: number;
  eventId: string;
  eventName: string;
  payload: Record<string, string>;
  happenedAt: Date;
  subject: string | null;
  dueAt: Date;
}

/** Adds runs; the one of the same automation and event stays as it is. */
export async function insertRuns(tx: Tx, workspaceId: string, runs: readonly NewRun[]): Promise<void> {
  await tx
    .insertInto('automation_run')
    .values(
      runs.map((run) => ({
        workspace_id: workspaceId,
        id: run.id,
        automation_id: run.automationId,
        version: run.version,
        event_id: run.eventId,
        event_name: run.eventName,
        payload: JSON.stringify(run.payload),
        happened_at: run.happenedAt,
        subject: run.subject,
        due_at: run.dueAt,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface DueRun {
  workspaceId: string;
  id: string;
  automationId: string;
  payload: Record<string, string>;
  subject: string | null;
  steps: Step[];
  attempts: number;
  /** Claimed before and never finished: the program ended in between. */
  wasRunning: boolean;
}

const stepsSchema = z.array(stepSchema);

/**
 * Takes the next run that is due, of all workspaces, for `leaseMinutes`: a second worker passes it by, and a run whose worker died is due again then.
 */
export async function claimRun(tx: Tx, of: { now: Date; leaseMinutes: number }): Promise<DueRun | null> {
  const { rows } = await sql<{
    workspace_id: string;
    id: string;
    automation_id: string;
    payload: unknown;
    subject: string | null;
    steps: unknown;
    attempts: number;
    was_running: boolean;
  }>`
    with next as (
      select workspace_id, id, state from automation_run
      where state in ('waiting', 'running') and due_at <= ${of.now}
      order by due_at, id limit 1 for update skip locked
    )
    update automation_run r set state = 'running', attempts = r.attempts + 1, started_at = ${of.now},
      due_at = ${of.now}::timestamptz + make_interval(mins => ${of.leaseMinutes})
    from next where r.workspace_id = next.workspace_id and r.id = next.id
    returning r.workspace_id, r.id, r.automation_id, r.payload, r.subject, r.steps, r.attempts, next.state = 'running' as was_running`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    automationId: row.automation_id,
    payload: row.payload as Record<string, string>,
    subject: row.subject,
    steps: stepsSchema.parse(row.steps),
    attempts: row.attempts,
    wasRunning: row.was_running,
  };
}

export async function writeSteps(
  tx: Tx,
  workspaceId: string,
  of: { id: string; steps: readonly Step[] },
): Promise<void> {
  await tx
    .updateTable('automation_run')
    .set({ steps: JSON.stringify(of.steps) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export interface Outcome {
  id: string;
  state: AutomationRun['state'];
  because: string | null;
  at: Date;
  /** When it is tried again; only while it waits. */
  dueAt?: Date;
}

export async function finishRun(tx: Tx, workspaceId: string, outcome: Outcome): Promise<void> {
  const isOver = outcome.state !== 'waiting';
  await tx
    .updateTable('automation_run')
    .set({
      state: outcome.state,
      because: outcome.because,
      finished_at: isOver ? outcome.at : null,
      ...(outcome.dueAt === undefined ? {} : { due_at: outcome.dueAt }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', outcome.id)
    .execute();
}

/** Runs that did something, of a day and of an hour for one subject, besides this one. */
export async function countRuns(
  tx: Tx,
  workspaceId: string,
  of: { automationId: string; exceptId: string; subject: string | null; now: Date },
): Promise<{ ofDay: number; ofHour: number }> {
  const { rows } = await sql<{ of_day: number; of_hour: number }>`
    select count(*)::int as of_day,
      (count(*) filter (where subject = ${of.subject} and started_at > ${of.now}::timestamptz - interval '1 hour'))::int as of_hour
    from automation_run
    where workspace_id = ${workspaceId} and automation_id = ${of.automationId} and id <> ${of.exceptId}
      and state in ('running', 'done', 'failed', 'interrupted') and started_at > ${of.now}::timestamptz - interval '1 day'`.execute(
    tx,
  );
  return { ofDay: rows[0]?.of_day ?? 0, ofHour: rows[0]?.of_hour ?? 0 };
}

/** What the log says of each automation, of the last days. */
export async function countsOf(tx: Tx, workspaceId: string, since: Date): Promise<Map<string, Automation['runs']>> {
  const { rows } = await sql<{
    automation_id: string;
    done: number;
    failed: number;
    skipped: number;
    waiting: number;
    last_at: Date | null;
  }>`
    select automation_id, (count(*) filter (where state = 'done'))::int as done,
      (count(*) filter (where state in ('failed', 'limited', 'interrupted')))::int as failed,
      (count(*) filter (where state = 'skipped'))::int as skipped,
      (count(*) filter (where state in ('waiting', 'running')))::int as waiting, max(finished_at) as last_at
    from automation_run where workspace_id = ${workspaceId} and happened_at > ${since}
    group by automation_id`.execute(tx);
  return new Map(
    rows.map(({ automation_id, last_at, ...counts }) => [
      automation_id,
      { ...counts, lastAt: last_at?.toISOString() ?? null },
    ]),
  );
}

/** Runs that wait are dropped: their automation was turned off. */
export async function dropWaiting(tx: Tx, workspaceId: string, of: { automationId: string; at: Date }): Promise<void> {
  await tx
    .updateTable('automation_run')
    .set({ state: 'skipped', because: 'The automation was turned off.', finished_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('automation_id', '=', of.automationId)
    .where('state', '=', 'waiting')
    .execute();
}

interface RunFilter {
  automationId?: string | undefined;
  state?: string | undefined;
  id?: string | undefined;
}

/** Newest first. */
export async function selectRuns(
  tx: Tx,
  workspaceId: string,
  of: { filter: RunFilter; limit: number; after: { at: string; id: string } | null },
): Promise<AutomationRun[]> {
  let query = tx
    .selectFrom('automation_run as r')
    .innerJoin('automation as a', (join) =>
      join.onRef('a.workspace_id', '=', 'r.workspace_id').onRef('a.id', '=', 'r.automation_id'),
    )
    .selectAll('r')
    .select('a.name as automation_name')
    .where('r.workspace_id', '=', workspaceId);
  if (of.filter.automationId !== undefined) query = query.where('r.automation_id', '=', of.filter.automationId);
  if (of.filter.state !== undefined) query = query.where('r.state', '=', of.filter.state);
  if (of.filter.id !== undefined) query = query.where('r.id', '=', of.filter.id);
  if (of.after !== null)
    query = query.where(sql<boolean>`(r.happened_at, r.id) < (${of.after.at}::timestamptz, ${of.after.id})`);
  const rows = await query.orderBy('r.happened_at', 'desc').orderBy('r.id', 'desc').limit(of.limit).execute();
  return rows.map((row) =>
    runSchema.parse({
      id: row.id,
      automationId: row.automation_id,
      automationName: row.automation_name,
      version: row.version,
      eventId: row.event_id,
      eventName: row.event_name,
      payload: row.payload,
      happenedAt: row.happened_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      state: row.state,
      steps: row.steps,
      attempts: row.attempts,
      because: row.because,
      finishedAt: row.finished_at?.toISOString() ?? null,
    }),
  );
}
