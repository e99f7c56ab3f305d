import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Persons of one erasure whose rows are counted table by table; of more only the texts are noted, since a count reads every table. */
const countedMax = 50;

export interface ErasureNote {
  personId: string;
  texts: string[];
  /** Rows that went with the person by table; null when it was erased among many. */
  went: Record<string, number> | null;
}

/** Notes what persons are called and how much goes with them, before they go. */
export async function noteErasure(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  const counts = ids.length > countedMax ? null : await countOwned(tx, workspaceId, ids);
  await sql`
    insert into erasure_note (workspace_id, person_id, texts, went)
    select p.workspace_id, p.id,
      array(select distinct text from unnest(array[p.name] || p.emails || p.phones || array(
        select unnest(array[handle, handle_key, display_name]) from profile
        where profile.workspace_id = p.workspace_id and profile.person_id = p.id)) as text where length(text) >= 4 order by text),
      coalesce(${JSON.stringify(counts ?? {})}::jsonb -> p.id, 'null'::jsonb)
    from person p
    where p.workspace_id = ${workspaceId} and (p.id = any(${[...ids]}::text[]) or p.merged_into = any(${[...ids]}::text[]))
    on conflict (workspace_id, person_id) do nothing`.execute(tx);
}

/** Rows per person of every table that goes with a person, found by its foreign key. */
async function countOwned(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Record<string, Record<string, number>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select distinct c.conrelid::regclass::text as name from pg_constraint c
    where c.contype = 'f' and c.confrelid = 'person'::regclass and c.confdeltype = 'c'
      and exists (select from information_schema.columns i where i.table_name = c.conrelid::regclass::text and i.column_name = 'person_id')
    order by 1`.execute(tx);
  const counts: Record<string, Record<string, number>> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ person_id: string; n: number }>`
      select person_id, count(*)::int as n from ${sql.table(name)}
      where workspace_id = ${workspaceId} and person_id = any(${[...ids]}::text[]) group by 1`.execute(tx);
    for (const row of rows) counts[row.person_id] = { ...counts[row.person_id], [name]: row.n };
  }
  return counts;
}

export async function selectErasureNotes(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<ErasureNote[]> {
  const { rows } = await sql<{ person_id: string; texts: string[]; went: Record<string, number> | null }>`
    select person_id, texts, went from erasure_note
    where workspace_id = ${workspaceId} and person_id = any(${[...ids]}::text[]) order by person_id`.execute(tx);
  return rows.map((row) => ({ personId: row.person_id, texts: row.texts, went: row.went }));
}

/** Forgets the note itself. */
export async function dropErasureNotes(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`
    delete from erasure_note where workspace_id = ${workspaceId} and person_id = any(${[...ids]}::text[])`.execute(tx);
}
