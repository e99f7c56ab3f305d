import { mkdirSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isPublicAddress } from '#infra/fetch/check-address.ts';
import type { Infra } from '#infra/module.ts';
import { createClickIds } from './click-id.ts';
import { type ClickLog, openClickLog } from './click-log/append-clicks.ts';
import { makeOwnFolder, removeFolder } from './click-log/own-folder.ts';
import { createDrain, type Drain } from './drain-clicks.ts';
import { type Knock, knockOf, type Reply, replyTo } from './knock.ts';
import { createVelocityLimit } from './limit-velocity.ts';
import type { LinkTable } from './link-table.ts';
import type { LiveHub } from './live-hub.ts';
import { openPlainDoor } from './plain-door.ts';
import { createRedirect } from './redirect-visitor.ts';
import { createUnlock } from './unlock-link.ts';
import { createVisitorSalts } from './visitor-salts.ts';
import { createHasteWatch } from './watch-haste.ts';

export interface Redirects {
  redirect(request: IncomingMessage, response: ServerResponse): boolean;
  /** Puts the short way for links in front of a server's connections; see plain-door.ts. */
  stepInFront(server: Server): { close(): void };
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
    visit: (knock: Knock, reply: Reply) => boolean;
    unlock: Redirects['redirect'];
    clickLog: ClickLog;
    drain: Drain;
    dir: string;
    timer: NodeJS.Timeout;
  } | null = null;
  return {
    redirect: (request, response) => {
      if (running === null) return false;
      if (request.method === 'POST') return running.unlock(request, response);
      return running.visit(knockOf(request), replyTo(response));
    },
    stepInFront: (server) => openPlainDoor(server, (knock, reply) => running?.visit(knock, reply) ?? false),
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
      const redirectParts = {
        table: parts.table,
        clickLog,
        clickIds: createClickIds(infra.secret),
        salts,
        clock,
        velocity: createVelocityLimit(isPublicAddress),
        haste: createHasteWatch(isPublicAddress),
        trustedProxies: config.trustedProxies,
        isSecure: config.publicUrl.startsWith('https:'),
        onStored: drain.wake,
      };
      drain.start();
      const timer = setInterval(() => {
        salts.refresh().catch((error) => log.warn({ err: error }, 'visitor salts could not be renewed, trying again'));
      }, saltsEveryMs);
      timer.unref();
      running = {
        visit: createRedirect(redirectParts),
        unlock: createUnlock(redirectParts),
        clickLog,
        drain,
        dir,
        timer,
      };
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
