import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { dayMs } from '#kernel/time.ts';
import { readOnBackfills } from './backfill-orders.ts';
import { checkDueLinks } from './check-links.ts';
import { conversionChanged } from './events.ts';
import type { Intake } from './intake.ts';
import { fetchRates } from './manage-rates.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import { deleteOldWaits, takeOverdueOrders } from './queries/orders.ts';
import { deleteOldWindows, ensureClickMonths } from './queries/store-clicks.ts';
import { buildStaleSums } from './rebuild-click-sums.ts';

const windowsKeptMs = 7 * dayMs;
const waitsKeptMs = 90 * dayMs;
const monthsAhead = 3;
const overdueRowsMax = 1000;

/** Work that nobody asks for: partitions ahead of time, forgetting, and what a crash left. */
export function defineTrackingJobs(
  infra: Infra,
  of: { intake: Intake; orderShops: readonly OrderShopAdapter[] },
): void {
  const { intake } = of;
  infra.jobs.define({
    name: 'tracking.fetch-rates',
    payload: z.object({}).loose(),
    retriesMax: 2,
    timeoutSeconds: 120,
    // After the hour at which the bank writes them.
    cron: '23 16 * * *',
    handle: (_, signal) => fetchRates(infra, signal),
  });
  infra.jobs.define({
    name: 'tracking.backfill-orders',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 900,
    cron: '* * * * *',
    handle: (_, signal) => readOnBackfills({ infra, ...of }, signal),
  });
  infra.jobs.define({
    name: 'tracking.keep-tables',
    payload: z.object({}).loose(),
    retriesMax: 3,
    timeoutSeconds: 300,
    cron: '17 3 * * *',
    handle: () => keepTables(infra),
  });
  infra.jobs.define({
    name: 'tracking.build-sums',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 3600,
    cron: '* * * * *',
    handle: () => buildStaleSums(infra),
  });
  infra.jobs.define({
    name: 'tracking.check-links',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 900,
    cron: '41 * * * *',
    handle: () => checkDueLinks(infra),
  });
  infra.jobs.define({
    name: 'tracking.sweep-orders',
    payload: z.object({}).loose(),
    retriesMax: 0,
    timeoutSeconds: 300,
    cron: '* * * * *',
    handle: async () => {
      await intake.sweep();
      await wakeOverdueOrders(infra);
    },
  });
}

/** Makes the click partitions of this month and the next ones, and forgets what is of no use any more. */
export async function keepTables(infra: Infra): Promise<void> {
  const now = infra.clock.now();
  const months = Array.from({ length: monthsAhead + 1 }, (_, ahead) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10),
  );
  // One transaction a month: each holds the table only for a moment.
  for (const month of months) await infra.db.asSystem((tx) => ensureClickMonths(tx, [month]));
  await infra.db.asSystem(async (tx) => {
    await deleteOldWindows(tx, new Date(now.getTime() - windowsKeptMs));
    await deleteOldWaits(tx, new Date(now.getTime() - waitsKeptMs));
  });
}

/** Orders whose click was drained at the very moment they were written. */
export async function wakeOverdueOrders(infra: Infra): Promise<void> {
  await infra.db.asSystem(async (tx) => {
    for (const [workspaceId, orders] of Map.groupBy(
      await takeOverdueOrders(tx, overdueRowsMax),
      (order) => order.workspaceId,
    )) {
      const conversionIds = [...new Set(orders.map((order) => order.conversionId))];
      for (let at = 0; at < conversionIds.length; at += 500) {
        await infra.outbox.emit(tx, {
          workspaceId,
          name: conversionChanged,
          payload: { conversionIds: conversionIds.slice(at, at + 500) },
        });
      }
    }
  });
}
