import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Accounts more creators mention than this tie everybody to everybody. */
const commonMax = 2000;

/** Creators who mention one of the accounts, most of them first, ties by id; an account's own creator is not among them. */
export async function creatorsMentioning(
  tx: Tx,
  workspaceId: string,
  asked: { accounts: readonly string[]; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from creator_mention
    where workspace_id = ${workspaceId} and mention = any(${asked.accounts}::text[])
    group by person_id order by count(*) desc, person_id limit ${asked.limit}`.execute(tx);
  return rows.map((row) => row.person_id);
}

/** Creators tied to the examples by shared accounts, by how many and how rare, ties by id; examples are left out. */
export async function tiedCreators(
  tx: Tx,
  workspaceId: string,
  asked: { exampleIds: readonly string[]; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    with shared as (
      select m.mention, count(*) as held from creator_mention m
      where m.workspace_id = ${workspaceId}
        and m.mention in (select mention from creator_mention where workspace_id = ${workspaceId} and person_id = any(${asked.exampleIds}::text[]))
      group by m.mention having count(*) between 2 and ${commonMax}::int
    )
    select m.person_id from creator_mention m join shared on shared.mention = m.mention
    where m.workspace_id = ${workspaceId} and m.person_id <> all(${asked.exampleIds}::text[])
    group by m.person_id order by sum(1.0 / ln(1 + shared.held)) desc, m.person_id limit ${asked.limit}`.execute(tx);
  return rows.map((row) => row.person_id);
}
