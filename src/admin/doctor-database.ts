import pg from 'pg';
import { readMigrations } from '#infra/db/migrate.ts';
import { doubtful, type Finding, fine, wrong } from './doctor-finding.ts';

const oldestServer = 150_000;
const skewWarnMs = 2_000;
const connectTimeoutMs = 5_000;
const connectionsAdvised = 50;

/** The findings on a database that answers, or the one that it does not. Changes nothing. */
export async function checkDatabase(adminUrl: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const where = new URL(adminUrl);
    return [
      wrong(
        'database',
        `${where.host}${where.pathname} does not answer: ${error instanceof Error ? error.message : String(error)}`,
        'Start it, or mend DATABASE_URL.',
      ),
    ];
  }
  try {
    return [
      await checkVersion(client),
      await checkEncoding(client),
      await checkRoles(client),
      await checkMigrations(client),
      await checkConnections(client),
      await checkSkew(client),
    ];
  } finally {
    await client.end();
  }
}

async function one<Row extends pg.QueryResultRow>(client: pg.Client, sql: string): Promise<Row | undefined> {
  return (await client.query<Row>(sql)).rows[0];
}

async function checkVersion(client: pg.Client): Promise<Finding> {
  const row = await one<{ number: string; text: string }>(
    client,
    "select current_setting('server_version_num') as number, current_setting('server_version') as text",
  );
  if (Number(row?.number) >= oldestServer) return fine('database', `PostgreSQL ${row?.text} answers`);
  return wrong('database', `PostgreSQL ${row?.text} is too old`, 'Name a PostgreSQL 15 or newer in DATABASE_URL.');
}

async function checkEncoding(client: pg.Client): Promise<Finding> {
  const row = await one<{ encoding: string }>(client, "select current_setting('server_encoding') as encoding");
  if (row?.encoding === 'UTF8') return fine('encoding', 'UTF8');
  return wrong(
    'encoding',
    `${row?.encoding}`,
    "Make the database anew: create database ... encoding 'UTF8' template template0.",
  );
}

async function checkRoles(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ name: string; bypasses: boolean }>(
    "select rolname as name, rolsuper or rolbypassrls as bypasses from pg_roles where rolname like 'rapport\\_app%' order by rolname",
  );
  const loose = rows.filter((row) => row.bypasses).map((row) => row.name);
  if (loose.length > 0)
    return wrong(
      'roles',
      `${loose.join(', ')} bypass row-level security`,
      `alter role ${loose[0]} nosuperuser nobypassrls;`,
    );
  if (rows.length === 0) return doubtful('roles', 'The roles are not made yet', 'npm start makes them.');
  const me = await one<{ may: boolean }>(
    client,
    'select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user',
  );
  if (me?.may !== true)
    return wrong(
      'roles',
      'The user of DATABASE_URL may not create roles',
      'alter role ... createrole; or name another user.',
    );
  return fine('roles', 'Requests are held by row-level security');
}

async function checkMigrations(client: pg.Client): Promise<Finding> {
  const shipped = Object.keys(await readMigrations());
  const there = await one<{ found: boolean }>(
    client,
    "select to_regclass('public.schema_migration') is not null as found",
  );
  const { rows } = there?.found
    ? await client.query<{ name: string }>('select name from schema_migration order by name')
    : { rows: [] };
  const applied = new Set(rows.map((row) => row.name));
  const unknown = [...applied].filter((name) => !shipped.includes(name));
  const pending = shipped.filter((name) => !applied.has(name));
  if (unknown.length > 0)
    return wrong('migrations', `The database has ${unknown.join(', ')} of a newer Rapport`, 'Start that version.');
  if (pending.length > 0)
    return doubtful('migrations', `${pending.length} wait: ${pending.join(', ')}`, 'npm start applies them.');
  return fine('migrations', `All ${shipped.length} are applied`);
}

async function checkConnections(client: pg.Client): Promise<Finding> {
  const row = await one<{ most: number; used: number }>(
    client,
    "select current_setting('max_connections')::int as most, (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used",
  );
  const message = `${row?.used} of ${row?.most} connections in use`;
  if ((row?.most ?? 0) >= connectionsAdvised) return fine('connections', message);
  return doubtful('connections', message, `Set max_connections to ${connectionsAdvised} or more.`);
}

async function checkSkew(client: pg.Client): Promise<Finding> {
  const beforeMs = Date.now();
  const row = await one<{ now: string }>(
    client,
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now',
  );
  const skewMs = Math.round(Math.abs(Number(row?.now) - (beforeMs + Date.now()) / 2));
  const message = `The database's clock is ${skewMs} ms from this machine's`;
  if (skewMs <= skewWarnMs) return fine('clock of the database', message);
  return doubtful('clock of the database', message, 'Set both by NTP (timedatectl set-ntp true).');
}
