import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  clickSumTables,
  compareClickSums,
  countAllHits,
  findSumState,
  hasUnmarked,
  holdClickSums,
  markFirstClicks,
  readOneMoment,
  type SumDifference,
  selectStaleSums,
  writeClickSums,
} from './queries/rebuild-click-sums.ts';

/** Compares the sums of a workspace's clicks with the hits themselves, as of one moment. A row for each table of sums. */
export async function checkClickSums(infra: Infra, workspaceId: string): Promise<SumDifference[]> {
  return await infra.db.asSystem(async (tx) => {
    await readOneMoment(tx);
    await countAllHits(tx, { workspaceId, timeZone: (await getWorkspace(tx, workspaceId)).timeZone });
    return await compareClickSums(tx, workspaceId);
  });
}

/** Makes all sums of a workspace's clicks anew from the hits; returns what differed before. Clicks that come meanwhile wait in their log. */
export async function rebuildClickSums(infra: Infra, workspaceId: string): Promise<SumDifference[]> {
  return await infra.db.asSystem(async (tx) => {
    const timeZone = await countAnew(tx, workspaceId);
    const differences = await compareClickSums(tx, workspaceId);
    await writeClickSums(tx, { workspaceId, timeZone, at: infra.clock.now(), tables: clickSumTables });
    return differences;
  });
}

/** Builds the sums of workspaces that have none yet, or those of another time zone's days. */
export async function buildStaleSums(infra: Infra): Promise<void> {
  for (const workspaceId of await infra.db.asSystem(selectStaleSums)) {
    await infra.db.asSystem(async (tx) => {
      const isNew = (await findSumState(tx, workspaceId)) === null;
      // The days of links were summed before there were other sums, and stand.
      const tables = isNew ? clickSumTables.filter((table) => table !== 'click_daily') : clickSumTables;
      const timeZone = await countAnew(tx, workspaceId);
      await writeClickSums(tx, { workspaceId, timeZone, at: infra.clock.now(), tables });
    });
  }
}

/** Counts all hits while no drain moves sums; returns the time zone of the days. */
async function countAnew(tx: Tx, workspaceId: string): Promise<string> {
  await holdClickSums(tx);
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const before = await findSumState(tx, workspaceId);
  const isAnew = before !== null && before.timeZone !== timeZone;
  if (isAnew || (await hasUnmarked(tx, workspaceId))) await markFirstClicks(tx, { workspaceId, timeZone, isAnew });
  await countAllHits(tx, { workspaceId, timeZone });
  return timeZone;
}
