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
    await refuseNewerSchema(db, shipped);
    const pending = withRowsInSight(shipped, await appliedNames(db));
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(pending) },
      migrationTableName: 'schema_migration',
      migrationLockTableName: 'schema_migration_lock',
      allowUnorderedMigrations: true,
    });
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

/**
 * The same migrations, with row-level security off for the owner from the first that is still to come to the end of the last: it is forced on the
 * owner too, so that a migration that moves rows would meet none. All of it is one transaction; whoever else looks stays held to their workspace.
 */
function withRowsInSight(
  shipped: Readonly<Record<string, Migration>>,
  applied: ReadonlySet<string>,
): Record<string, Migration> {
  const pending = Object.keys(shipped)
    .filter((name) => !applied.has(name))
    .sort();
  const [first] = pending;
  const last = pending.at(-1);
  let lifted: string[] = [];
  return Object.fromEntries(
    Object.entries(shipped).map(([name, migration]) => [
      name,
      {
        up: async (db) => {
          if (name === first) lifted = await liftForce(db);
          await migration.up(db);
          if (name === last) await putForceBack(db, lifted);
        },
      } satisfies Migration,
    ]),
  );
}

/** Tables of which the owner sees all rows from now on. */
async function liftForce(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity and c.relowner = 'rapport_owner'::regrole
    order by c.relname`.execute(db);
  for (const { name } of rows) await sql.raw(`alter table ${name} no force row level security`).execute(db);
  return rows.map((row) => row.name);
}

/** On those that are still there. */
async function putForceBack(db: Kysely<unknown>, names: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.oid::regclass::text as name from unnest(${[...names]}::text[]) as n (name) join pg_class c on c.oid = to_regclass(n.name)
    where c.relrowsecurity`.execute(db);
  for (const { name } of rows) await sql.raw(`alter table ${name} force row level security`).execute(db);
}

async function appliedNames(db: Kysely<unknown>): Promise<Set<string>> {
  const { rows: tables } = await sql<{
    found: boolean;
  }>`select to_regclass('public.schema_migration') is not null as found`.execute(db);
  if (!tables[0]?.found) return new Set();
  const { rows } = await sql<{ name: string }>`select name from schema_migration`.execute(db);
  return new Set(rows.map((row) => row.name));
}

async function refuseNewerSchema(db: Kysely<unknown>, shipped: Record<string, Migration>): Promise<void> {
  const unknown = [...(await appliedNames(db))].filter((name) => !(name in shipped)).sort();
  if (unknown.length > 0) {
    throw dbError(
      'newer_schema',
      `This database was made by a newer Rapport: it has ${unknown.join(', ')}, which this version does not know. Start the newer version, or another data folder.`,
    );
  }
}
