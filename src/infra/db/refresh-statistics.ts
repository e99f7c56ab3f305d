import { sql } from 'kysely';
import type { DB } from '#db/tables.ts';
import type { Database } from './database.ts';

/**
 * Tells the planner how large tables are now. To be called after thousands of rows came in at once: until PostgreSQL looks by itself, up to a
 * minute later, it takes a new workspace for empty and joins may take minutes. About 0.1 s a table.
 */
export async function refreshStatistics(db: Database, tables: readonly (keyof DB & string)[]): Promise<void> {
  for (const table of tables) await db.asSystem((tx) => sql`select analyze_table(${table}::regclass)`.execute(tx));
}
