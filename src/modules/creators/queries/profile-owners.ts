import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Whose the profiles are, by profile; those that do not exist are left out. */
export async function readProfileOwners(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; person_id: string }>`
    select id, person_id from profile where workspace_id = ${workspaceId} and id = any(${profileIds}::text[]) order by id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row.person_id]));
}

/** Engagement of the profiles as their sources state it, a share of followers; those of which it is not known are left out. */
export async function readEngagementRates(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ profile_id: string; engagement_rate: number }>`
    select profile_id, engagement_rate from profile_metric
    where workspace_id = ${workspaceId} and profile_id = any(${profileIds}::text[]) and engagement_rate is not null order by profile_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.profile_id, row.engagement_rate]));
}
