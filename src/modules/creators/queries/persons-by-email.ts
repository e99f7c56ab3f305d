import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/**
 * Who bears an e-mail, in every workspace: only where exactly one person of a workspace does, since an address of several creators is
 * their manager's. System role. `email` in lower case.
 */
export async function findPersonsByEmail(tx: Tx, email: string): Promise<{ workspaceId: string; personId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; personId: string }>`
    select workspace_id as "workspaceId", min(id) as "personId" from person
    where emails <> '{}' and merged_into is null and exists (select from unnest(emails) as e where lower(e) = ${email})
    group by workspace_id having count(*) = 1 order by 1`.execute(tx);
  return rows;
}
