import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Enrolments of a campaign that have a link or a discount code, whatever its state: orders of theirs can be told from nobody's. */
export async function findTrackedEnrolments(tx: Tx, workspaceId: string, campaignId: string): Promise<Set<string>> {
  const { rows } = await sql<{ enrolment_id: string }>`
    select enrolment_id from link where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and enrolment_id is not null
    union
    select enrolment_id from discount_code where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and enrolment_id is not null`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.enrolment_id));
}
