import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Orders with a share, paid or seen, of these persons; in the order of their ids. */
export async function ordersCreditedTo(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct conversion_id as id from credit
    where workspace_id = ${workspaceId} and person_id = any(${[...personIds]}::text[]) order by 1`.execute(tx);
  return rows.map((row) => row.id);
}
