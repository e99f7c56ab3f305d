import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface DuplicateRow {
  group: string;
  /** A comment of the group under this profile, to show its text. */
  commentId: string;
  comments: number;
  authors: number;
  everywhere: number;
  creators: number;
}

const shownMax = 20;

/** Texts that come again, at least once under this profile, most frequent first. */
export async function selectDuplicates(tx: Tx, workspaceId: string, profileId: string): Promise<DuplicateRow[]> {
  const { rows } = await sql<DuplicateRow>`
    with own as (
      select duplicate_group, min(comment_id) as comment_id, count(*)::int as comments, count(distinct author_key)::int as authors
      from comment_class where workspace_id = ${workspaceId} and profile_id = ${profileId} and duplicate_group is not null
      group by duplicate_group
    )
    select own.duplicate_group as "group", own.comment_id as "commentId", own.comments, own.authors, a.everywhere, a.creators
    from own cross join lateral (
      select count(*)::int as everywhere, count(distinct profile_id)::int as creators from comment_class c
      where c.workspace_id = ${workspaceId} and c.duplicate_group = own.duplicate_group
    ) a
    order by own.comments desc, a.everywhere desc, own.duplicate_group limit ${shownMax}`.execute(tx);
  return rows;
}

/** How many comments of the workspace each group has. */
export async function sizeGroups(tx: Tx, workspaceId: string, groups: readonly string[]): Promise<Map<string, number>> {
  if (groups.length === 0) return new Map();
  const { rows } = await sql<{ group: string; n: number }>`
    select duplicate_group as "group", count(*)::int as n from comment_class
    where workspace_id = ${workspaceId} and duplicate_group = any(${[...groups]}::text[]) group by duplicate_group`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.group, row.n]));
}
