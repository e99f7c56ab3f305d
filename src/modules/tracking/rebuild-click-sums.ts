import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  compareClickSums,
  countAllHits,
  findSumState,
  holdClickSums,
  readOneMoment,
  remarkFirstClicks,
  type SumDifference,
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
  return await infra.db.asSystem((tx) => rebuildIn(tx, workspaceId, infra.clock.now()));
}

/** The same within a transaction of the system role. */
export async function rebuildIn(tx: Tx, workspaceId: string, at: Date): Promise<SumDifference[]> {
  await holdClickSums(tx);
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const before = await findSumState(tx, workspaceId);
  if (before !== null && before.timeZone !== timeZone) await remarkFirstClicks(tx, { workspaceId, timeZone });
  await countAllHits(tx, { workspaceId, timeZone });
  const differences = await compareClickSums(tx, workspaceId);
  await writeClickSums(tx, { workspaceId, timeZone, at });
  return differences;
}
