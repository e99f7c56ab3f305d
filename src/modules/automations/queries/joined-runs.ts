import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** What automations did for these enrolments since then, and what waits to be done for them. */
export async function countRunsSince(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentIds: readonly string[]; since: Date },
): Promise<{ done: number; waiting: number }> {
  const { rows } = await sql<{ done: number; waiting: number }>`
    select count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'waiting')::int as waiting
    from automation_run
    where workspace_id = ${workspaceId} and payload ->> 'enrolmentId' = any(${[...of.enrolmentIds]}::text[])
      and (state = 'waiting' or finished_at >= ${of.since})`.execute(tx);
  return rows[0] ?? { done: 0, waiting: 0 };
}

/** Runs that still wait name another enrolment from now on. */
export async function pointRunsTo(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  await sql`
    update automation_run set payload = payload || jsonb_build_object('enrolmentId', ${of.to}::text)
    where workspace_id = ${workspaceId} and state = 'waiting' and payload ->> 'enrolmentId' = ${of.from}`.execute(tx);
}
