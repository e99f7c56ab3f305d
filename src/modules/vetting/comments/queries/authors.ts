import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Why an author is not taken for an ordinary reader. */
export interface AuthorMarks {
  authorKey: string;
  /** Comments of it that are spam, over the workspace. */
  spam: number;
  isPodMember: boolean;
  /** Its texts that at least two other authors wrote as well. */
  copied: number;
  hasMachineName: boolean;
}

/** From so many authors on a text that comes again is no coincidence. */
const copiersMin = 3;

/** Marks over the whole workspace of those among the authors who have one. */
export async function selectAuthorMarks(
  tx: Tx,
  workspaceId: string,
  authorKeys: readonly string[],
): Promise<AuthorMarks[]> {
  if (authorKeys.length === 0) return [];
  const { rows } = await sql<AuthorMarks>`
    with theirs as (
      select author_key, is_spam, duplicate_group from comment_class
      where workspace_id = ${workspaceId} and author_key = any(${[...authorKeys]}::text[])
    ), copied as (
      select duplicate_group from comment_class
      where workspace_id = ${workspaceId} and duplicate_group in (select duplicate_group from theirs where duplicate_group is not null)
      group by duplicate_group having count(distinct author_key) >= ${copiersMin}
    ), pods as (
      select m.author_key from comment_pod_member m join comment_pod p on p.workspace_id = ${workspaceId} and p.id = m.pod_id
      where m.workspace_id = ${workspaceId} and p.state = 'likely'
    ), marks as (
      select author_key, (count(*) filter (where is_spam))::int as spam, author_key in (select author_key from pods) as "isPodMember",
        (count(*) filter (where duplicate_group in (select duplicate_group from copied)))::int as copied,
        author_key ~ '[0-9]{5,}$' as "hasMachineName"
      from theirs group by author_key
    )
    select author_key as "authorKey", spam, "isPodMember", copied, "hasMachineName" from marks
    where spam > 0 or "isPodMember" or copied > 0 or "hasMachineName" order by author_key`.execute(tx);
  return rows;
}
