import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** One name with the values of all profiles that know it, ascending, and whose each is. */
interface PeerFindingRow {
  name: string;
  values: number[];
  profileIds: string[];
}

/** What the newest report of each profile knows: the values of its signals, and the figures beside them. Profiles without a report are in none. */
export async function selectPeerFindings(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
): Promise<PeerFindingRow[]> {
  const { rows } = await sql<PeerFindingRow>`
    with newest as materialized (
      select wanted.id as profile_id, one.findings from unnest(${[...profileIds]}::text[]) as wanted (id) cross join lateral (
        select findings from vetting_report where workspace_id = ${workspaceId} and profile_id = wanted.id and findings is not null
        order by computed_at desc, id desc limit 1
      ) one
    ), found as (
      select profile_id, signal.name, signal.value from newest
      cross join lateral jsonb_to_recordset(findings -> 'signals') as signal (name text, state text, value float8)
      where signal.state = 'known' and signal.value is not null
      union all
      select profile_id, figure.key, figure.value::float8 from newest
      cross join lateral jsonb_each_text(coalesce(findings -> 'figures', '{}')) as figure (key, value)
    )
    select name, array_agg(value order by value, profile_id) as values, array_agg(profile_id order by value, profile_id) as "profileIds"
    from found group by name order by name`.execute(tx);
  return rows;
}
