import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { dayMs } from '#kernel/time.ts';
import { readWorkingShops } from '#modules/shops/index.ts';
import { enqueueSync, placeJob, syncJob } from './enqueue.ts';
import { runNudges } from './parcels/nudge-creators.ts';
import { placeDueOrders } from './parcels/place-orders.ts';
import { refreshDueParcels } from './parcels/refresh-parcels.ts';
import { selectCataloguesToSync } from './queries/shops.ts';
import type { ShopAdapter } from './shops/port.ts';
import { syncShop } from './shops/sync-shop.ts';

const shopsPerRun = 50;

const syncPayload = z.object({ workspaceId: z.string(), shopId: z.string() });

/** Work in the background: orders, where parcels are, products of shops once a day, and reminders. Nothing reaches out before a shop is connected. */
export function defineSeedingJobs(infra: Infra, adapters: readonly ShopAdapter[]): void {
  infra.jobs.define({
    name: placeJob,
    payload: z.unknown(),
    retriesMax: 1,
    timeoutSeconds: 3600,
    cron: '* * * * *',
    handle: async (_payload, signal) => void (await placeDueOrders(infra, adapters, signal)),
  });
  infra.jobs.define({
    name: 'seeding.refresh-parcels',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 1800,
    cron: '*/15 * * * *',
    handle: async (_payload, signal) => void (await refreshDueParcels(infra, adapters, signal)),
  });
  infra.jobs.define({
    name: syncJob,
    payload: syncPayload,
    retriesMax: 2,
    timeoutSeconds: 1800,
    handle: ({ workspaceId, shopId }, signal) => syncShop(infra, adapters, { workspaceId, shopId, signal }),
  });
  infra.jobs.define({
    name: 'seeding.sync-shops',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 300,
    cron: '7 * * * *',
    handle: async () => {
      const before = new Date(infra.clock.now().getTime() - dayMs);
      const shops = await infra.db.asSystem(async (tx) =>
        selectCataloguesToSync(tx, { shops: await readWorkingShops(tx, 'products'), before, limit: shopsPerRun }),
      );
      for (const { workspace_id: workspaceId, id } of shops) await enqueueSync(infra, { workspaceId, shopId: id });
    },
  });
  infra.jobs.define({
    name: 'seeding.nudge',
    payload: z.unknown(),
    retriesMax: 1,
    timeoutSeconds: 1800,
    cron: '23 * * * *',
    handle: async (_payload, signal) => void (await runNudges(infra, signal)),
  });
}
