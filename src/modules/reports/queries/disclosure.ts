import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A person's own id and those of persons merged into it, under which older sights were kept. */
export async function selectIdsOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from person where workspace_id = ${workspaceId} and (id = ${personId} or merged_into = ${personId}) order by id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** Names of campaigns by id; those that are gone are left out. */
export async function selectCampaignNames(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from campaign where workspace_id = ${workspaceId} and id = any(${[...new Set(ids)]}::text[]) order by id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
