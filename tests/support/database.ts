import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#infra/db/database.ts';
import { installKeyOf, loginUrls } from '#infra/db/roles.ts';
import { newId } from '#kernel/id.ts';
import { testInstallKey, testSecret } from './constants.ts';

export interface TestDatabase {
  db: Database;
  /** Superuser address of this copy, for raw SQL and for starting whole servers on it. */
  adminUrl: string;
  /** Makes a workspace row and returns its id. */
  createWorkspace(slug?: string): Promise<string>;
  drop(): Promise<void>;
}

/** A copy of the migrated template for one test file: `const test = await openTestDatabase()` in beforeAll, `drop` in afterAll. */
export async function openTestDatabase(template = migrated): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(inject('adminUrl'), (client) => copyTemplate(client, { from: template, to: name }));
  const adminUrl = databaseUrl(name);
  const urls = loginUrls({ adminUrl, installKey: testInstallKey, secret: testSecret });
  const db = openDatabase({ urls, appConnectionsMax: 4, systemConnectionsMax: 4 });
  return {
    db,
    adminUrl,
    createWorkspace: async (slug = `w-${randomBytes(4).toString('hex')}`) => {
      const id = newId('workspace');
      await db.asSystem((tx) => tx.insertInto('workspace').values({ id, slug, name: slug }).execute());
      return id;
    },
    drop: async () => {
      await db.close();
      await asAdmin(inject('adminUrl'), (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/**
 * Makes a further template of this run, once for all test files: a copy of another one, brought by `make` to where many tests begin. Whoever needs it first
 * makes it and the others wait. It is gone with the run, so that it never is of another day's code. Returns its name.
 */
export async function ensureTemplate(
  name: string,
  how: { from?: string; make(adminUrl: string): Promise<void> },
): Promise<string> {
  await asAdmin(inject('adminUrl'), async (client) => {
    await client.query('select pg_advisory_lock(727003, hashtext($1))', [name]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await copyTemplate(client, { from: how.from ?? migrated, to: draft });
    await how.make(databaseUrl(draft));
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

/** Hands what a login made over to the group it belongs to, so that the logins of copies own it too. */
export async function shareOwnership(adminUrl: string): Promise<void> {
  const { system } = loginUrls({ adminUrl, installKey: installKeyOf(adminUrl), secret: testSecret });
  const login = new URL(system).username;
  await asAdmin(adminUrl, (client) => client.query(`reassign owned by ${login} to rapport_system`));
}

const migrated = 'rapport_template';

function databaseUrl(name: string): string {
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  return url.toString();
}

async function copyTemplate(client: pg.Client, { from, to }: { from: string; to: string }): Promise<void> {
  // Copying needs the template free of sessions; another worker may be copying it at this moment.
  await client.query('select pg_advisory_lock(727002)');
  await client.query(`create database ${to} template ${from} strategy file_copy`);
  await client.query('select pg_advisory_unlock(727002)');
}

export async function asAdmin(adminUrl: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
