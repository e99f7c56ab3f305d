import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

const rowsMax = 20_000;

/** What of a person's things a table may name, in the order they are looked for. */
const keys = ['person_id', 'profile_id', 'enrolment_id', 'deliverable_id', 'application_id'] as const;
type Key = (typeof keys)[number];

/** Working copies of what stands elsewhere, and other people's words: no table of the person's own. */
const leftOut = new Set(['search_document', 'outbox', 'outbox_delivery', 'comment', 'portal_link', 'portal_entry']);

export interface KeptTable {
  name: string;
  rows: Record<string, unknown>[];
  /** True when there were more rows than are told. */
  isCut: boolean;
}

/**
 * Everything a workspace keeps of a person: every table that names them, their profiles, enrolments, deliverables or applications.
 * The one place that reads tables of other modules, because what a person is owed is all of it: a table added tomorrow is in it
 * without anybody thinking of it. Hashes and packed indexes are left out.
 */
export async function everythingAbout(tx: Tx, workspaceId: string, personId: string): Promise<KeptTable[]> {
  const tables = await tablesWithKeys(tx);
  const ids = await idsOf(tx, workspaceId, personId);
  const kept: KeptTable[] = [];
  const own = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(person) as row from person where workspace_id = ${workspaceId} and id = ${personId}`.execute(tx);
  kept.push({ name: 'person', rows: own.rows.map(({ row }) => row), isCut: false });
  for (const [name, found] of tables) {
    if (leftOut.has(name)) continue;
    const key = keys.find((one) => found.keys.has(one));
    if (key === undefined) continue;
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) - ${found.binary}::text[] as row from ${sql.table(name)} t
      where t.workspace_id = ${workspaceId} and t.${sql.ref(key)} = any(${ids[key]}::text[]) limit ${rowsMax + 1}`.execute(
      tx,
    );
    if (rows.length > 0)
      kept.push({ name, rows: rows.slice(0, rowsMax).map(({ row }) => row), isCut: rows.length > rowsMax });
  }
  return kept;
}

/** Every table of the schema with a workspace, its keys to a person's things, and its columns that are no text for a reader. */
async function tablesWithKeys(tx: Tx): Promise<Map<string, { keys: Set<string>; binary: string[] }>> {
  const { rows } = await sql<{ name: string; columns: string[]; binary: string[] }>`
    select t.table_name as name, array_agg(c.column_name::text) as columns,
      coalesce(array_agg(c.column_name::text) filter (where c.udt_name in ('bytea', 'tsvector')), '{}') as binary
    from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
    group by 1 having bool_or(c.column_name = 'workspace_id') order by 1`.execute(tx);
  const found = rows.map((row) => ({ ...row, keys: new Set(keys.filter((key) => row.columns.includes(key))) }));
  return new Map(found.filter((row) => row.keys.size > 0).map((row) => [row.name, row]));
}

async function idsOf(tx: Tx, workspaceId: string, personId: string): Promise<Record<Key, string[]>> {
  const read = async (table: string, key: Key, values: string[]) => {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where workspace_id = ${workspaceId} and ${sql.ref(key)} = any(${values}::text[]) order by id`.execute(
      tx,
    );
    return rows.map((row) => row.id);
  };
  const enrolments = await read('enrolment', 'person_id', [personId]);
  return {
    person_id: [personId],
    profile_id: await read('profile', 'person_id', [personId]),
    enrolment_id: enrolments,
    deliverable_id: await read('deliverable', 'enrolment_id', enrolments),
    application_id: await read('application', 'person_id', [personId]),
  };
}
