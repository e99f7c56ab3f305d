import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface NewMatchesRow {
  search_id: string;
  search_name: string;
  notice_id: string;
  found_at: Date;
  creators: bigint;
}

/** Notices of saved searches since `from` that the reader has not seen, one row a search: its newest notice and the creators of all. */
export async function selectNewMatches(
  tx: Tx,
  workspaceId: string,
  of: { readerId: string; from: Date },
): Promise<NewMatchesRow[]> {
  const { rows } = await sql<NewMatchesRow>`
    select n.search_id, s.name as search_name, (array_agg(n.id order by n.found_at desc, n.id desc))[1] as notice_id,
      max(n.found_at) as found_at, sum(n.creators)::bigint as creators
    from search_notice n
    join saved_search s on s.workspace_id = n.workspace_id and s.id = n.search_id
    where n.workspace_id = ${workspaceId} and n.found_at >= ${of.from}::timestamptz
      and not exists (
        select from search_notice_seen seen
        where seen.workspace_id = ${workspaceId} and seen.notice_id = n.id and seen.reader_id = ${of.readerId})
    group by n.search_id, s.name
    order by creators desc, n.search_id
    limit 20`.execute(tx);
  return rows;
}
