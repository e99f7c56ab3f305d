import type pg from 'pg';
import { readTables } from '#infra/db/read-tables.ts';
import type { Column } from '../rules/plan-table.ts';

export interface WorkspaceTable {
  name: string;
  columns: Column[];
  /** Columns of the primary key without the workspace. */
  key: string[];
}

/** Every table with a workspace_id, each after those it refers to, as the database itself says. */
export async function readWorkspaceTables(client: pg.ClientBase): Promise<WorkspaceTable[]> {
  const { rows } = await client.query<Column & { table: string }>(
    `select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
            a.attnotnull as "isRequired", a.atthasdef as "hasDefault", a.attgenerated <> '' as "isGenerated",
            a.attidentity <> '' as "isNumbered"
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      order by c.relname, a.attnum`,
  );
  const columnsOf = Map.groupBy(rows, (row) => row.table);
  return (await readTables(client)).flatMap(({ name, key }) => {
    const columns = (columnsOf.get(name) ?? []).map(({ table: _table, ...column }) => column);
    if (!columns.some((column) => column.name === 'workspace_id')) return [];
    return [{ name, columns, key: key.filter((column) => column !== 'workspace_id') }];
  });
}
