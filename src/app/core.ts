import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '#infra/clock.ts';
import type { Config } from '#infra/config.ts';
import { openDatabase } from '#infra/db/database.ts';
import { migrate } from '#infra/db/migrate.ts';
import { installKeyOf, prepareRoles } from '#infra/db/roles.ts';
import { createSafeFetch, type SafeFetch } from '#infra/fetch/safe-fetch.ts';
import { createFiles } from '#infra/files/files.ts';
import { defineFileJobs } from '#infra/files/jobs.ts';
import { createJobs } from '#infra/jobs/jobs.ts';
import type { Logger } from '#infra/log.ts';
import { createMail } from '#infra/mail/mail.ts';
import type { Infra } from '#infra/module.ts';
import { createOutbox } from '#infra/outbox/outbox.ts';
import { createPortalLinks } from '#infra/portal/portal-links.ts';
import { type Modules, startModules, stopModules, wire } from './wiring.ts';

export interface Core {
  infra: Infra;
  modules: Modules;
  /** True when this start made the tables. */
  isNewDatabase: boolean;
  /** Stops consumers, jobs, modules and connections, in that order. */
  stop(): Promise<void>;
}

export interface CoreOptions {
  config: Config;
  adminUrl: string;
  secret: string;
  log: Logger;
  clock?: Clock;
  localToken?: string;
  onProgress?: (step: string) => void;
  /** False leaves what is enqueued to another process on this database; true unless said. */
  isWorker?: boolean;
  /** How to fetch from outside; by default only what is on the public internet. */
  fetch?: SafeFetch;
}

/** Everything but the front door: roles, migrations, modules, outbox and jobs, running. Used by the server and by the command line alone. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { config, adminUrl, secret, log } = options;
  options.onProgress?.('Preparing the database');
  const urls = await prepareRoles({ adminUrl, installKey: installKeyOf(adminUrl), secret });
  const applied = await migrate(adminUrl);
  if (applied.length > 0) log.info({ applied }, 'migrated');
  const db = openDatabase({ urls });
  const clock = options.clock ?? systemClock;
  const outbox = createOutbox(db, clock, log);
  const jobs = createJobs(urls.system, log);
  const localToken = options.localToken ?? randomBytes(32).toString('base64url');
  const fetch = options.fetch ?? createSafeFetch();
  const files = createFiles({ db, clock, dataDir: config.dataDir });
  const mail = createMail({ config, db, clock, log, outbox, jobs });
  const portal = createPortalLinks({ clock, publicUrl: config.publicUrl });
  const infra: Infra = { config, secret, localToken, db, clock, log, outbox, jobs, fetch, files, mail, portal };
  defineFileJobs(infra);
  const modules = wire(infra);
  options.onProgress?.('Starting');
  await startModules(modules);
  await jobs.start({ isWorker: options.isWorker ?? true });
  await outbox.start();
  return {
    infra,
    modules,
    isNewDatabase: applied.some((name) => name.startsWith('0001_')),
    stop: async () => {
      await outbox.stop();
      await jobs.stop().catch((error) => log.warn({ err: error }, 'the job queue did not stop cleanly'));
      await stopModules(modules, (error) => log.warn({ err: error }, 'a module did not stop cleanly'));
      await db.close();
    },
  };
}
