import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Runs that still wait name another enrolment from now on. */
export async function pointRunsTo(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  await sql`
    update automation_run set payload = payload || jsonb_build_object('enrolmentId', ${of.to}::text)
    where workspace_id = ${workspaceId} and state = 'waiting' and payload ->> 'enrolmentId' = ${of.from}`.execute(tx);
}
