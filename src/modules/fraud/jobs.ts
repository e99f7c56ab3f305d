import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { addDays, dayMs } from '#kernel/time.ts';
import { nextOrderIds, readActiveCreators } from '#modules/tracking/index.ts';
import { listAllWorkspaces } from '#modules/workspaces/index.ts';
import { judgeCreators } from './judge-creators.ts';
import { judgeOrders } from './judge-orders.ts';
import { lockGroups, selectStale } from './queries/groups.ts';
import { deleteOldVisits, lockJudging, markDue, selectDueWorkspaces, takeDue } from './queries/judgements.ts';
import { readPolicy } from './queries/policies.ts';
import { decide } from './resolve-groups.ts';

export const judgeDueJob = 'fraud.judge-due';
export const judgeAllJob = 'fraud.judge-all';

/** Few: orders that come in meanwhile wait for the batch. */
const creatorsAtOnce = 5;
const batchesMax = 2000;
const ordersAtOnce = 500;
const orderBatchesMax = 2000;
const activeMax = 20_000;
const staleAtOnce = 200;
const visitsKeptDays = 90;

/** Judging in the background: what moved, soon; everybody who was active, and what expires, each night; all orders after the settings changed. */
export function defineFraudJobs(infra: Infra): void {
  infra.jobs.define({
    name: judgeDueJob,
    payload: z.object({ workspaceId: z.string().optional() }).loose(),
    retriesMax: 3,
    timeoutSeconds: 900,
    // Also what a crash left between an event and its job.
    cron: '*/10 * * * *',
    handle: async ({ workspaceId }) => {
      const ids = workspaceId === undefined ? await infra.db.asSystem(selectDueWorkspaces) : [workspaceId];
      for (const id of ids) await judgeDue(infra, id);
    },
  });
  infra.jobs.define({
    name: judgeAllJob,
    payload: z.object({ workspaceId: z.string() }),
    retriesMax: 3,
    timeoutSeconds: 3600,
    handle: ({ workspaceId }) => judgeAll(infra, workspaceId),
  });
  infra.jobs.define({
    name: 'fraud.nightly',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 3600,
    cron: '43 2 * * *',
    handle: () => lookAtNight(infra),
  });
}

/** Judges the creators that are due, some at a time, each batch in a transaction of its own. Returns how many. */
export async function judgeDue(infra: Infra, workspaceId: string): Promise<number> {
  let done = 0;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const count = await infra.db.inWorkspace(workspaceId, async (tx) => {
      // First, as everywhere: who judges waits here and nowhere else.
      await lockJudging(tx, workspaceId);
      const personIds = await takeDue(tx, workspaceId, creatorsAtOnce);
      if (personIds.length > 0) await judgeCreators(infra, tx, { workspaceId, personIds });
      return personIds.length;
    });
    done += count;
    if (count < creatorsAtOnce) break;
  }
  return done;
}

/** Judges every order and every creator anew, by the settings that hold now. */
export async function judgeAll(infra: Infra, workspaceId: string): Promise<void> {
  let after = '';
  for (let batch = 0; batch < orderBatchesMax; batch += 1) {
    const ids = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const conversionIds = await nextOrderIds(tx, workspaceId, after, ordersAtOnce);
      await judgeOrders(infra, tx, { workspaceId, conversionIds });
      return conversionIds;
    });
    after = ids.at(-1) ?? after;
    if (ids.length < ordersAtOnce) break;
  }
  await judgeActive(infra, workspaceId);
}

/** Judges everybody whose links or codes did anything lately, twice over where that moves what is usual. */
async function judgeActive(infra: Infra, workspaceId: string): Promise<void> {
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { policy } = await readPolicy(tx, workspaceId);
    const from = new Date(infra.clock.now().getTime() - 2 * policy.windowDays * dayMs);
    await markDue(
      tx,
      workspaceId,
      await readActiveCreators(tx, { workspaceId, from, limit: activeMax }),
      infra.clock.now(),
    );
  });
  await judgeDue(infra, workspaceId);
}

/** The nightly look: spikes and outliers of everybody, groups that expire, devices that can be compared with nothing any more. */
export async function lookAtNight(infra: Infra): Promise<void> {
  const workspaces = await infra.db.asSystem(listAllWorkspaces);
  for (const { id } of workspaces) {
    await judgeActive(infra, id);
    await expireGroups(infra, id);
  }
  const today = infra.clock.now().toISOString().slice(0, 10);
  await infra.db.asSystem((tx) => deleteOldVisits(tx, addDays(today, -visitsKeptDays)));
}

/** Open groups in which nothing was found for so long as the settings say expire: their credit is let go. */
export async function expireGroups(infra: Infra, workspaceId: string): Promise<number> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { policy } = await readPolicy(tx, workspaceId);
    const before = new Date(infra.clock.now().getTime() - policy.expireDays * dayMs);
    const groups = await lockGroups(
      tx,
      workspaceId,
      await selectStale(tx, workspaceId, { before, limit: staleAtOnce }),
    );
    await decide(infra, tx, {
      workspaceId,
      groups,
      outcome: 'expired',
      reason: `Nobody decided within ${policy.expireDays} days.`,
      keepsCredit: true,
      by: { kind: 'system', id: 'fraud', name: 'Rapport' },
      requestId: 'fraud.nightly',
    });
    return groups.length;
  });
}
