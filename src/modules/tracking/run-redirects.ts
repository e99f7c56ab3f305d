import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Infra } from '#infra/module.ts';
import { createClickIds } from './click-id.ts';
import { type ClickLog, openClickLog } from './click-log/append-clicks.ts';
import { makeOwnFolder, removeFolder } from './click-log/own-folder.ts';
import { createDrain, type Drain } from './drain-clicks.ts';
import type { LinkTable } from './link-table.ts';
import type { LiveHub } from './live-hub.ts';
import { createRedirect } from './redirect-visitor.ts';
import { createVisitorSalts } from './visitor-salts.ts';

export interface Redirects {
  redirect(request: IncomingMessage, response: ServerResponse): boolean;
  /** Resolves when every click answered so far is in the database. */
  settle(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const saltsEveryMs = 600_000;
const drainTimeoutMs = 8000;

/** Everything a click passes on its way: table, salts, log and drain, started and stopped together. */
export function createRedirects(infra: Infra, parts: { table: LinkTable; hub: LiveHub }): Redirects {
  const { db, clock, log, config } = infra;
  const salts = createVisitorSalts(db, clock, log);
  let running: {
    redirect: Redirects['redirect'];
    clickLog: ClickLog;
    drain: Drain;
    dir: string;
    timer: NodeJS.Timeout;
  } | null = null;
  return {
    redirect: (request, response) => running?.redirect(request, response) ?? false,
    settle: async () => running?.drain.settle(),
    start: async () => {
      await salts.refresh();
      await parts.table.start();
      const root = join(config.dataDir, 'clicks');
      mkdirSync(root, { recursive: true, mode: 0o700 });
      const ownName = makeOwnFolder(root, clock.now().getTime());
      const dir = join(root, ownName);
      const clickLog = openClickLog({ dir, log });
      const drain = createDrain({ db, outbox: infra.outbox, log, hub: parts.hub, root, ownName, clickLog });
      const redirect = createRedirect({
        table: parts.table,
        clickLog,
        clickIds: createClickIds(infra.secret),
        salts,
        clock,
        trustedProxies: config.trustedProxies,
        isSecure: config.publicUrl.startsWith('https:'),
        onStored: drain.wake,
      });
      drain.start();
      const timer = setInterval(() => {
        salts.refresh().catch((error) => log.warn({ err: error }, 'visitor salts could not be renewed, trying again'));
      }, saltsEveryMs);
      timer.unref();
      running = { redirect, clickLog, drain, dir, timer };
    },
    stop: async () => {
      if (running === null) return;
      const { clickLog, drain, dir, timer } = running;
      clearInterval(timer);
      await clickLog.close();
      const isDrained = await drain.stop(drainTimeoutMs);
      if (isDrained) removeFolder(dir);
      running = null;
      await parts.table.stop();
    },
  };
}
