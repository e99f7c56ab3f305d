import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';

export interface PersonCardRow {
  asked_id: string;
  person_id: string;
  name: string | null;
  country: string | null;
  profile_id: string | null;
  platform: Platform | null;
  handle: string | null;
  handle_key: string | null;
  url: string | null;
  display_name: string | null;
  followers: bigint | null;
}

/** One row a profile (or one without) of each person asked for that exists, most followers first; a merged person stands for the kept one. */
export async function selectPersonCards(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<PersonCardRow[]> {
  const { rows } = await sql<PersonCardRow>`
    select asked.id as asked_id, kept.id as person_id, kept.name, kept.country,
      p.id as profile_id, p.platform, p.handle, p.handle_key, p.url, p.display_name, m.followers
    from person asked
    join person kept on kept.workspace_id = asked.workspace_id and kept.id = coalesce(asked.merged_into, asked.id)
    left join profile p on p.workspace_id = kept.workspace_id and p.person_id = kept.id
    left join profile_metric m on m.workspace_id = p.workspace_id and m.profile_id = p.id
    where asked.workspace_id = ${workspaceId} and asked.id = any(${personIds}::text[])
    order by asked.id, m.followers desc nulls last, p.id`.execute(tx);
  return rows;
}
