import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';

const attemptsMax = 8;

export interface LoginUrls {
  /** Requests: not owner, no bypass, held by row-level security. */
  app: string;
  /** Index build, click drain, jobs, sign-in: policies of its own. */
  system: string;
}

export interface RoleOptions {
  adminUrl: string;
  /** Tells two installations on one server apart. */
  installKey: string;
  secret: string;
}

/** The key of the installation in that database of the server: the same at every start and on every machine. */
export function installKeyOf(adminUrl: string): string {
  return createHash('sha256').update(new URL(adminUrl).pathname).digest('hex').slice(0, 8);
}

/**
 * Creates what the database needs before migrations: the group roles rapport_owner, rapport_app and rapport_system (named by
 * grants and policies, no login) and this installation's two login roles, members of them, with passwords derived from the secret.
 * Idempotent. Errors: PostgreSQL's own when the given user may not create roles.
 */
export async function prepareRoles(options: RoleOptions): Promise<LoginUrls> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prepareOnce(options);
    } catch (error) {
      if (attempt >= attemptsMax || !isRace(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 50));
    }
  }
}

// Roles belong to the server, locks to a database: two databases prepared at once can meet on a role's row.
function isRace(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === 'XX000' || code === '23505' || code === '42710';
}

/** The login addresses of an installation whose roles exist already. */
export function loginUrls(options: RoleOptions): LoginUrls {
  return { app: loginUrl('rapport_app', options), system: loginUrl('rapport_system', options) };
}

async function prepareOnce(options: RoleOptions): Promise<LoginUrls> {
  const client = new pg.Client({ connectionString: options.adminUrl });
  await client.connect();
  try {
    // One installation at a time: role creation has no "if not exists".
    await client.query('select pg_advisory_lock(727001)');
    for (const group of ['rapport_owner', 'rapport_app', 'rapport_system']) await ensureRole(client, group, 'nologin');
    await client.query('grant rapport_owner to current_user');
    await client.query('grant create, usage on schema public to rapport_owner');
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    const database = quoteName(rows[0]?.name ?? '');
    await client.query(`grant connect, create, temporary on database ${database} to rapport_owner`);
    await client.query(`grant connect on database ${database} to rapport_app, rapport_system`);
    await client.query(`grant create, temporary on database ${database} to rapport_system`);
    await ensureLogin(client, 'rapport_app', options);
    await ensureLogin(client, 'rapport_system', options);
    return loginUrls(options);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${quoteName(name)} ${attributes}`);
}

async function ensureLogin(client: pg.Client, group: string, options: RoleOptions): Promise<void> {
  const name = loginName(group, options);
  await ensureRole(client, name, 'login nobypassrls inherit');
  await client.query(`alter role ${quoteName(name)} password '${loginPassword(name, options)}'`);
  await client.query(`grant ${quoteName(group)} to ${quoteName(name)}`);
}

function loginName(group: string, options: RoleOptions): string {
  return `${group}_${options.installKey}`;
}

function loginPassword(name: string, options: RoleOptions): string {
  return createHmac('sha256', options.secret).update(`role:${name}`).digest('hex');
}

function loginUrl(group: string, options: RoleOptions): string {
  const url = new URL(options.adminUrl);
  url.username = loginName(group, options);
  url.password = loginPassword(url.username, options);
  return url.toString();
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
