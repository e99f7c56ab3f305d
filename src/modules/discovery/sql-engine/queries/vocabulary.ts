import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** First spellings of all values a field ever had. */
export async function selectValues(
  tx: Tx,
  workspaceId: string,
  field: string,
): Promise<{ value: string; shown: string }[]> {
  const { rows } = await sql<{ value: string; shown: string }>`
    select value, shown from search_value where workspace_id = ${workspaceId} and field = ${field} order by value`.execute(
    tx,
  );
  return rows;
}

/** First spellings of the named values, of all fields named; values nobody has are absent. */
export async function selectShown(
  tx: Tx,
  workspaceId: string,
  keys: readonly { field: string; value: string }[],
): Promise<{ field: string; value: string; shown: string }[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ field: string; value: string; shown: string }>`
    select known.field, known.value, known.shown
    from json_to_recordset(${JSON.stringify(keys)}::json) as asked (field text, value text)
    join search_value known on known.workspace_id = ${workspaceId} and known.field = asked.field and known.value = asked.value
    order by known.field, known.value`.execute(tx);
  return rows;
}

/** Which of some words the texts hold. */
export async function selectKnownWords(tx: Tx, workspaceId: string, words: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ word: string }>`
    select word from search_word where workspace_id = ${workspaceId} and word = any(${[...words]}::text[])`.execute(tx);
  return new Set(rows.map((row) => row.word));
}

/** All words that begin so. */
export async function selectWordsFrom(tx: Tx, workspaceId: string, start: string): Promise<string[]> {
  // The second bound lets the primary key serve: no character follows U+10FFFF.
  const { rows } = await sql<{ word: string }>`
    select word from search_word
    where workspace_id = ${workspaceId} and word >= ${start} and word < ${`${start}\u{10ffff}`} and starts_with(word, ${start})
    order by word`.execute(tx);
  return rows.map((row) => row.word);
}

/** All words of a length between the two, in UTF-16 units: what a slip may have been meant for. */
export async function selectWordsOfLength(
  tx: Tx,
  workspaceId: string,
  units: { from: number; to: number },
): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from search_word
    where workspace_id = ${workspaceId} and units between ${units.from} and ${units.to} order by word`.execute(tx);
  return rows.map((row) => row.word);
}

/** Facts that were ever a figure or a flag. */
export async function selectFactKinds(
  tx: Tx,
  workspaceId: string,
  facts: readonly string[],
): Promise<{ fact: string; kind: string }[]> {
  if (facts.length === 0) return [];
  const { rows } = await sql<{ fact: string; kind: string }>`
    select fact, kind from search_fact where workspace_id = ${workspaceId} and fact = any(${[...facts]}::text[]) order by fact, kind`.execute(
    tx,
  );
  return rows;
}
