import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiApp } from '#app/api.ts';
import { type Core, openCore } from '#app/core.ts';
import { type Client, createClient } from '#client/client.ts';
import type { Clock } from '#infra/clock.ts';
import { readConfig } from '#infra/config.ts';
import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import { createLogger } from '#infra/log.ts';
import { testSecret } from './constants.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { copySampleFiles, sampleTemplate, startedTemplate } from './templates.ts';

export interface TestCore {
  core: Core;
  database: TestDatabase;
  /** Typed client over the in-process API, as the machine's own command line; give a workspace slug to act in it. */
  client(workspace?: string): Client;
  /** A creator of a workspace in the portal, by a link made for them. */
  portal(workspace: string, personId: string): Promise<Client>;
  /** A raw request to the API, for status codes and headers. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

export interface TestCoreOptions {
  clock?: Clock;
  env?: Record<string, string>;
  /** The installation's secret, for one that is to be another installation. */
  secret?: string;
  /** How the program reaches outside; by default as it does for everybody. */
  fetch?: SafeFetch;
  /** False where a test itself does what is enqueued, at the moment it chooses. */
  isWorker?: boolean;
  /** With the sample workspace, as a first start makes it; nothing of it is still to be told or done. */
  withSample?: boolean;
}

/** The whole program behind its front door, on a database and data folder of its own. */
export async function openTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const database = await openTestDatabase(options.withSample ? await sampleTemplate() : await startedTemplate());
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-core-'));
  if (options.withSample) await copySampleFiles(dataDir);
  const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', ...options.env });
  const log = createLogger(config.logLevel);
  const core = await openCore({
    config,
    adminUrl: database.adminUrl,
    secret: options.secret ?? testSecret,
    log,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.isWorker === undefined ? {} : { isWorker: options.isWorker }),
  });
  const app = createApiApp(core);
  const fetch = (request: Request) => Promise.resolve(app.fetch(request));
  return {
    core,
    database,
    fetch,
    client: (workspace) =>
      createClient({
        baseUrl: config.publicUrl,
        fetch,
        apiKey: core.infra.localToken,
        workspace: () => workspace ?? null,
      }),
    portal: async (workspace, personId) => {
      const token = await portalToken(core, workspace, personId);
      return createClient({ baseUrl: config.publicUrl, fetch, apiKey: token, workspace: () => workspace });
    },
    close: async () => {
      await core.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The secret of a portal link, made as modules make them. */
async function portalToken(core: Core, slug: string, personId: string): Promise<string> {
  const { infra } = core;
  const { id: workspaceId } = await infra.db.asSystem((tx) =>
    tx.selectFrom('workspace').select('id').where('slug', '=', slug).executeTakeFirstOrThrow(),
  );
  const spec = { workspaceId, personId, path: '/', days: 365, madeBy: 'A test' };
  const link = await infra.db.inWorkspace(workspaceId, (tx) => infra.portal.link(tx, spec));
  return new URL(link).hash.slice(1);
}
