import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface SaidRow {
  conversion_id: string;
  answer: string;
  answered_at: Date;
  person_id: string;
  campaign_id: string | null;
}

/** The first answer after each order that named a creator. */
export async function selectSaid(tx: Tx, workspaceId: string, conversionIds: readonly string[]): Promise<SaidRow[]> {
  const { rows } = await sql<SaidRow>`
    select distinct on (conversion_id) conversion_id, answer, answered_at, person_id, campaign_id
    from survey_answer
    where workspace_id = ${workspaceId} and conversion_id = any(${[...conversionIds]}::text[]) and person_id is not null
    order by conversion_id, answered_at, external_id`.execute(tx);
  return rows;
}
