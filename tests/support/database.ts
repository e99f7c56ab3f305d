import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#infra/db/database.ts';
import { loginUrls } from '#infra/db/roles.ts';
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
export async function openTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(inject('adminUrl'), (client) => copyTemplate(client, name));
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  const adminUrl = url.toString();
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

async function copyTemplate(client: pg.Client, name: string): Promise<void> {
  // Copying needs the template free of sessions; another worker may be copying it at this moment.
  await client.query('select pg_advisory_lock(727002)');
  await client.query(`create database ${name} template rapport_template`);
}

async function asAdmin(adminUrl: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
