import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { DocumentRows } from '../document-rows.ts';
import { orderKey } from '../order-key.ts';

/** Puts the newest state of creators in place of what the tables hold of them. Repeats change nothing. */
export async function writeDocuments(tx: Tx, workspaceId: string, rows: DocumentRows): Promise<void> {
  const ids = rows.persons.map((row) => String(row.person_id));
  if (ids.length === 0) return;
  await removeDocuments(tx, workspaceId, ids);
  await sql`insert into search_person select * from json_populate_recordset(null::search_person, ${JSON.stringify(rows.persons)}::json)`.execute(
    tx,
  );
  await sql`insert into search_profile select * from json_populate_recordset(null::search_profile, ${JSON.stringify(rows.profiles)}::json)`.execute(
    tx,
  );
  await sql`insert into search_text select * from json_populate_recordset(null::search_text, ${JSON.stringify(rows.texts)}::json)`.execute(
    tx,
  );
  await writeVocabulary(tx, workspaceId, rows);
}

/** What was seen once stays known until the tables are filled anew, as in memory. */
async function writeVocabulary(tx: Tx, workspaceId: string, rows: DocumentRows): Promise<void> {
  const values = [...rows.values].flatMap(([field, known]) =>
    [...known].map(([value, shown]) => ({ field, value, shown, shown_order: orderKey(shown) })),
  );
  if (values.length > 0)
    await sql`
      insert into search_value (workspace_id, field, value, shown, shown_order)
      select ${workspaceId}, field, value, shown, shown_order
      from json_to_recordset(${JSON.stringify(values)}::json) as given (field text, value text, shown text, shown_order text)
      on conflict (workspace_id, field, value) do nothing`.execute(tx);
  const words = [...rows.words].map((word) => ({ word, units: word.length }));
  if (words.length > 0)
    await sql`
      insert into search_word (workspace_id, word, units)
      select ${workspaceId}, word, units from json_to_recordset(${JSON.stringify(words)}::json) as given (word text, units int)
      on conflict (workspace_id, word) do nothing`.execute(tx);
  if (rows.facts.length > 0)
    await sql`
      insert into search_fact (workspace_id, fact, kind)
      select distinct ${workspaceId}, fact, kind
      from json_to_recordset(${JSON.stringify(rows.facts)}::json) as given (fact text, kind text)
      on conflict (workspace_id, fact, kind) do nothing`.execute(tx);
}

/** Takes creators out of the tables. */
export async function removeDocuments(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  const ids = [...personIds];
  await sql`delete from search_person where workspace_id = ${workspaceId} and person_id = any(${ids}::text[])`.execute(
    tx,
  );
  await sql`delete from search_profile where workspace_id = ${workspaceId} and person_id = any(${ids}::text[])`.execute(
    tx,
  );
  await sql`delete from search_text where workspace_id = ${workspaceId} and person_id = any(${ids}::text[])`.execute(
    tx,
  );
}
