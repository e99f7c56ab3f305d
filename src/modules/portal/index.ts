import { z } from 'zod';
import type { Gate } from '#infra/http/api.ts';
import type { Infra, Module } from '#infra/module.ts';
import { createVisitorSalts } from '#modules/tracking/index.ts';
import { followJoins } from './follow-joins.ts';
import { followMerges } from './follow-merges.ts';
import { followErasures } from './forget-creators.ts';
import { createPortalGate } from './gate.ts';
import { takeUnsentFiles } from './queries/applications.ts';
import { portalRoutes } from './routes.ts';
import { createTryLimit } from './try-limits.ts';

export * from './events.ts';
export { openWork } from './open-work.ts';

const saltsEveryMs = 600_000;
const opensAMinuteMax = 120;
const sendsAnHourMax = 30;
const unsentKeptMs = 24 * 3600 * 1000;
const filesAtOnceMax = 1000;

export interface Portal extends Module {
  /** Lets creators in to what has access `portal`. */
  gate: Gate;
  /** Forgets files nobody applied with; for tests, the job does it by itself. Returns how many. */
  forgetUnsentFiles(): Promise<number>;
}

/** The creators' side: their links, sessions, accounts, home and applications. */
export function createPortal(infra: Infra): Portal {
  const salts = createVisitorSalts(infra.db, infra.clock, infra.log);
  const applying = {
    infra,
    salts,
    limit: createTryLimit(opensAMinuteMax, 60),
    sendLimit: createTryLimit(sendsAnHourMax, 3600),
  };
  const forgetUnsentFiles = () => forgetFiles(infra);
  infra.jobs.define({
    name: 'portal.forget-files',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 600,
    cron: '17 3 * * *',
    handle: async () => void (await forgetUnsentFiles()),
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'portal',
    routes: portalRoutes(infra, applying),
    gate: createPortalGate(infra),
    consumers: [followMerges(infra), followErasures(infra), followJoins(infra)],
    forgetUnsentFiles,
    start: async () => {
      await salts.refresh();
      timer = setInterval(() => {
        salts.refresh().catch((error) => infra.log.warn({ err: error }, 'visitor salts could not be renewed'));
      }, saltsEveryMs);
      timer.unref();
    },
    stop: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

async function forgetFiles(infra: Infra): Promise<number> {
  const before = new Date(infra.clock.now().getTime() - unsentKeptMs);
  return infra.db.asSystem(async (tx) => {
    const files = await takeUnsentFiles(tx, before, filesAtOnceMax);
    for (const { workspaceId, fileId } of files) await infra.files.remove(tx, workspaceId, fileId);
    return files.length;
  });
}
