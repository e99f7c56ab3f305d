import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#infra/db/migrate.ts';
import { prepareRoles } from '#infra/db/roles.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { testInstallKey, testSecret } from './constants.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    /** Where files lie that belong to templates made later, see templates.ts. */
    templatesDir: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated template that each test file copies in a few milliseconds. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  const server = await openEmbeddedPostgres({ dataDir, log: createLogger('error'), durable: false });
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query('create database rapport_template');
  await admin.end();
  const template = new URL(server.adminUrl);
  template.pathname = '/rapport_template';
  await prepareRoles({ adminUrl: template.toString(), installKey: testInstallKey, secret: testSecret });
  await migrate(template.toString());
  project.provide('adminUrl', server.adminUrl);
  project.provide('templatesDir', join(dataDir, 'templates'));
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
