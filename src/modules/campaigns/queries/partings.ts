import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface Parting {
  joined_id: string;
  kept_id: string;
  joined_person_id: string;
  campaign_name: string;
  joined_at: Date;
  /** The creator whom the entry goes back to has another one on the campaign by now. */
  is_taken: boolean;
  /** Rows that came along and would go back, by table. */
  moved: Record<string, number>;
}

/** What would be parted if these persons were nobody else's any more, in the order of the campaigns' names. */
export async function selectPartings(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<Parting[]> {
  const ids = sql`${[...personIds]}::text[]`;
  const { rows } = await sql<Parting>`
    select j.joined_id, j.kept_id, j.joined_person_id, c.name as campaign_name, j.joined_at,
      exists (select from enrolment o where o.workspace_id = j.workspace_id and o.campaign_id = j.campaign_id
        and o.person_id = j.joined_person_id and o.id <> j.joined_id) as is_taken,
      coalesce((select jsonb_object_agg(m.what, m.rows) from (
        select what, count(*) as rows from enrolment_move
        where workspace_id = j.workspace_id and joined_id = j.joined_id and kept_id = j.kept_id group by what) m), '{}') as moved
    from enrolment_join j join campaign c on c.workspace_id = j.workspace_id and c.id = j.campaign_id
    where j.workspace_id = ${workspaceId} and j.parted_at is null and (j.joined_person_id = any(${ids})) <> (j.kept_person_id = any(${ids}))
    order by c.name, j.joined_at, j.joined_id`.execute(tx);
  return rows;
}
