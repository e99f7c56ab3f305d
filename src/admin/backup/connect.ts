import pg from 'pg';
import { backupError } from './errors.ts';

const connectTimeoutMs = 10_000;

/** Runs with one connection that sees the rows of all workspaces and writes values the same way everywhere. Errors: backup.unreachable, backup.missing_right. */
export async function withAdmin<Result>(
  adminUrl: string,
  run: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'rapport-backup',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const where = new URL(adminUrl);
    throw backupError(
      'unreachable',
      `The database at ${where.host}${where.pathname} does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  try {
    await requireFullSight(client);
    await client.query(
      "set row_security = off; set search_path = public; set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set extra_float_digits = 1; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0",
    );
    return await run(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function requireFullSight(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean; name: string }>(
    'select rolsuper or rolbypassrls as may, rolname as name from pg_roles where rolname = current_user',
  );
  const [user] = rows;
  if (user?.may === true) return;
  throw backupError(
    'missing_right',
    `The database user "${user?.name}" sees no rows behind row-level security, so a backup would lack them and a restore could not write them. Let a superuser run: alter role "${user?.name}" bypassrls; or set DATABASE_URL to a superuser for this command.`,
  );
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
