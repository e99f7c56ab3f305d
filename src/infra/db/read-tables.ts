import type pg from 'pg';

export interface TableShape {
  name: string;
  columns: string[];
  /** Columns of the primary key, in its order; empty when there is none. */
  key: string[];
  partitions: { name: string; from: string; to: string }[];
}

/** Kept by the migrator itself; what they say stands in the manifest. */
export const migrationTables = ['schema_migration', 'schema_migration_lock'];

/** All tables of Rapport, each after those it refers to. Throws when tables refer to each other in a circle. */
export async function readTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<Omit<TableShape, 'partitions'>>(
    `select c.relname::text as name,
            (select array_agg(a.attname::text order by a.attnum)
               from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
            coalesce((select array_agg(a.attname::text order by k.place)
               from pg_index i
               cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
               join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
              where i.indrelid = c.oid and i.indisprimary), '{}') as key
       from pg_class c
      where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($1)
      order by c.relname`,
    [migrationTables],
  );
  const partitions = await readPartitions(client);
  const references = await readReferences(client);
  const tables = rows.map((table) => ({
    ...table,
    partitions: partitions.filter((part) => part.parent === table.name),
  }));
  return inOrder(tables, references).map((table) => ({
    ...table,
    partitions: table.partitions.map(({ name, from, to }) => ({ name, from, to })),
  }));
}

/** Names of the migrations applied, oldest first; null when Rapport never made its tables here. */
export async function readAppliedMigrations(client: pg.ClientBase): Promise<string[] | null> {
  const { rows: found } = await client.query<{ found: boolean }>(
    "select to_regclass('public.schema_migration') is not null as found",
  );
  if (found[0]?.found !== true) return null;
  const { rows } = await client.query<{ name: string }>('select name from public.schema_migration order by name');
  return rows.map((row) => row.name);
}

async function readPartitions(client: pg.ClientBase) {
  const { rows } = await client.query<{ parent: string; name: string; bound: string }>(
    `select p.relname::text as parent, c.relname::text as name, pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_inherits h join pg_class c on c.oid = h.inhrelid join pg_class p on p.oid = h.inhparent
      where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind in ('r', 'p')
      order by c.relname`,
  );
  return rows.flatMap(({ parent, name, bound }) => {
    // The default partition is made by a migration.
    if (bound === 'DEFAULT') return [];
    const [, from, to] = /^FOR VALUES FROM \('([^']*)'\) TO \('([^']*)'\)$/.exec(bound) ?? [];
    if (from === undefined || to === undefined) throw new Error(`A copy cannot carry the partition ${name} ${bound}`);
    return [{ parent, name, from, to }];
  });
}

async function readReferences(client: pg.ClientBase) {
  const { rows } = await client.query<{ from: string; to: string }>(
    `select distinct f.relname::text as "from", t.relname::text as "to"
       from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid
        and not f.relispartition and not t.relispartition`,
  );
  return rows;
}

function inOrder<Table extends { name: string }>(
  tables: readonly Table[],
  references: readonly { from: string; to: string }[],
): Table[] {
  const ordered: Table[] = [];
  let waiting = [...tables];
  while (waiting.length > 0) {
    const names = new Set(waiting.map((table) => table.name));
    const isReady = (table: Table) => !references.some(({ from, to }) => from === table.name && names.has(to));
    const ready = waiting.filter(isReady);
    if (ready.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...names].join(', ')}`);
    ordered.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}
