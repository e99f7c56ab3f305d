import { sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

const batchRows = 4000;

/** A value as it stands in JSON on its way to a column. */
/** In which workspace rows are made, and as of when. */
export interface Stamp {
  workspaceId: string;
  at: Date;
}

export type Cell = string | number | boolean | null | Date | string[] | Record<string, unknown>;

/**
 * Inserts many rows set-based, a few thousand a statement. COPY would be quicker, but PostgreSQL refuses it under row-level security.
 * All rows have the columns of the first.
 */
export async function insertRows(
  tx: Tx,
  table: keyof DB & string,
  rows: readonly Record<string, Cell>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const list = sql.join(columns.map((column) => sql.ref(column)));
  for (let at = 0; at < rows.length; at += batchRows) {
    const batch = JSON.stringify(rows.slice(at, at + batchRows));
    await sql`insert into ${sql.table(table)} (${list}) select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${batch}::jsonb)`.execute(
      tx,
    );
  }
}
