import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { readPersonCards } from '#modules/creators/index.ts';

/** Creators with links or codes that are looked at; far above any roster. */
const creatorsMax = 20_000;

export interface TrackedPerson {
  personId: string;
  campaignId: string | null;
  name: string;
  handles: string[];
  codes: string[];
}

/** Every creator that a link or code belongs to, a row each campaign, with what customers may call them. */
export async function readTrackedCreators(tx: Tx, workspaceId: string): Promise<TrackedPerson[]> {
  const { rows } = await sql<{ person_id: string; campaign_id: string | null; codes: string[] | null }>`
    select person_id, campaign_id, array_agg(distinct code) filter (where code is not null) as codes
    from (
      select person_id, campaign_id, null as code from link where workspace_id = ${workspaceId} and person_id is not null
      union all
      select person_id, campaign_id, code from discount_code where workspace_id = ${workspaceId} and person_id is not null
    ) as owned
    group by person_id, campaign_id order by person_id, campaign_id limit ${creatorsMax}`.execute(tx);
  const cards = await readPersonCards(tx, workspaceId, [...new Set(rows.map((row) => row.person_id))]);
  return rows.flatMap((row) => {
    const card = cards.get(row.person_id);
    if (card === undefined) return [];
    return [
      {
        personId: row.person_id,
        campaignId: row.campaign_id,
        name: card.name,
        handles: card.profiles.map((profile) => profile.handle),
        codes: row.codes ?? [],
      },
    ];
  });
}
