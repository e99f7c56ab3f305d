import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { defineErrors } from '#kernel/errors.ts';

const dbError = defineErrors('db', { newer_schema: 'conflict', migration_failed: 'unavailable' });

export const migrationsDir = fileURLToPath(new URL('../../../db/migrations', import.meta.url));

/** The migrations that ship, oldest first, by file name without its ending. */
export async function readMigrations(dir: string = migrationsDir): Promise<Record<string, Migration>> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    const text = await readFile(join(dir, file), 'utf8');
    migrations[file.slice(0, -'.sql'.length)] = { up: async (db) => void (await sql.raw(text).execute(db)) };
  }
  return migrations;
}

/**
 * Brings the schema up to what this program knows, in one transaction, as rapport_owner.
 * Returns the names applied now. Errors: db.newer_schema when the database was made by a newer Rapport, db.migration_failed.
 */
export async function migrate(adminUrl: string, dir: string = migrationsDir): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2, options: '-c role=rapport_owner' });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const shipped = await readMigrations(dir);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(shipped) },
      migrationTableName: 'schema_migration',
      migrationLockTableName: 'schema_migration_lock',
      allowUnorderedMigrations: true,
    });
    await refuseNewerSchema(db, shipped);
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
      throw dbError(
        'migration_failed',
        `Migration ${failed} failed and nothing was changed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

async function refuseNewerSchema(db: Kysely<unknown>, shipped: Record<string, Migration>): Promise<void> {
  const { rows: tables } = await sql<{
    found: boolean;
  }>`select to_regclass('public.schema_migration') is not null as found`.execute(db);
  if (!tables[0]?.found) return;
  const { rows } = await sql<{ name: string }>`select name from schema_migration order by name`.execute(db);
  const unknown = rows.map((row) => row.name).filter((name) => !(name in shipped));
  if (unknown.length > 0) {
    throw dbError(
      'newer_schema',
      `This database was made by a newer Rapport: it has ${unknown.join(', ')}, which this version does not know. Start the newer version, or another data folder.`,
    );
  }
}
