import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { SafeFetch } from './fetch/safe-fetch.ts';
import type { Files } from './files/files.ts';
import type { Route } from './http/call.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Logger } from './log.ts';
import type { Mail } from './mail/mail.ts';
import type { Consumer, Outbox } from './outbox/outbox.ts';
import type { PortalLinks } from './portal/portal-links.ts';

/** The plumbing every module is given. */
export interface Infra {
  config: Config;
  /** The install's secret; modules derive keys of their own from it by HMAC with a label. */
  secret: string;
  /** Token of the command line on this machine (server.json); whoever holds it may do everything in every workspace. */
  localToken: string;
  db: Database;
  clock: Clock;
  log: Logger;
  outbox: Outbox;
  jobs: Jobs;
  /** The one way to fetch from outside; see infra/fetch. */
  fetch: SafeFetch;
  /** Uploads and files the program made; see infra/files. */
  files: Files;
  /** Mails, queued in the caller's transaction; see infra/mail. */
  mail: Mail;
  /** Links into the creators' portal; see infra/portal. */
  portal: PortalLinks;
}

/** What a module hands to the composition root. */
export interface Module {
  name: string;
  routes: Route[];
  consumers?: Consumer[];
  /** Called after migrations, before the server accepts requests. */
  start?(): Promise<void>;
  /** Called after the server stopped accepting requests, before the database is closed. */
  stop?(): Promise<void>;
}
