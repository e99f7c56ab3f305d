import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { AudienceDistributions } from '../api.ts';
import { readAudience } from '../rules/read-audience.ts';

export interface PersonAudience {
  personId: string;
  profileId: string;
  distributions: AudienceDistributions;
}

/** Audiences that are stated for profiles, those of most followers first, ties by id; of the named persons, or of all. */
export async function listAudiences(
  tx: Tx,
  workspaceId: string,
  asked: { personIds?: readonly string[]; limit: number },
): Promise<PersonAudience[]> {
  const only = asked.personIds ?? null;
  const { rows } = await sql<{ person_id: string; profile_id: string; audience: unknown }>`
    select p.person_id, p.id as profile_id, m.audience from profile_metric m
    join profile p on p.workspace_id = m.workspace_id and p.id = m.profile_id
    join person o on o.workspace_id = p.workspace_id and o.id = p.person_id and o.merged_into is null
    where m.workspace_id = ${workspaceId} and m.audience is not null
      and (${only}::text[] is null or p.person_id = any(${only}::text[]))
    order by m.followers desc nulls last, p.id limit ${asked.limit}`.execute(tx);
  return rows.flatMap((row) => {
    const audience = readAudience(row.audience);
    return audience === null
      ? []
      : [{ personId: row.person_id, profileId: row.profile_id, distributions: audience.distributions }];
  });
}
