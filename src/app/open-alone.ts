import type { ClientOptions } from '#client/client.ts';
import type { Config } from '#infra/config.ts';
import { openDataFolder } from '#infra/data-folder/open-data-folder.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { createApiApp } from './api.ts';
import { openCore } from './core.ts';

/** Opens the program behind its front door for one command, without a server; what was opened is added to `closers`. */
export async function openAlone(
  config: Config,
  closers: (() => Promise<void>)[],
): Promise<Omit<ClientOptions, 'workspace'>> {
  const log = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const folder = await openDataFolder(config.dataDir);
  closers.push(() => folder.close());
  let adminUrl = config.databaseUrl;
  if (adminUrl === null) {
    const database = await openEmbeddedPostgres({ dataDir: config.dataDir, log });
    closers.push(() => database.stop());
    adminUrl = database.adminUrl;
  }
  const secret = config.secret ?? folder.secrets.installSecret;
  const core = await openCore({ config, adminUrl, secret, log, localToken: folder.token });
  closers.push(() => core.stop());
  const app = createApiApp(core);
  return {
    baseUrl: config.publicUrl,
    apiKey: folder.token,
    fetch: (request) => Promise.resolve(app.fetch(request)),
  };
}
