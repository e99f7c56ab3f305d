import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** How many rounds a creator's drafts took until they were approved, by enrolment; drafts still open are left out. */
export async function readApprovedRounds(
  tx: Tx,
  workspaceId: string,
  personId: string,
): Promise<{ enrolmentId: string; rounds: number }[]> {
  const { rows } = await sql<{ enrolmentId: string; rounds: number }>`
    select enrolment_id as "enrolmentId", approved_round as rounds from submission
    where workspace_id = ${workspaceId} and person_id = ${personId} and approved_round is not null
    order by created_at, id`.execute(tx);
  return rows;
}
