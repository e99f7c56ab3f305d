import type { Infra } from '#infra/module.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  holdCreditDays,
  markAllCreditDays,
  readOneMoment,
  selectDueDays,
  selectDueWorkspaces,
  selectUnsummed,
  sumCreditDays,
} from './queries/credit-sums.ts';

const daysPerStep = 31;
/** Steps of one run, some thirty years; what is left waits for the next. */
const stepsMax = 400;

/** Sums the days of all workspaces whose credit moved. What is not summed yet is read from the credit itself, so nobody waits for this. */
export async function sumCredit(infra: Infra, signal?: AbortSignal): Promise<void> {
  for (const workspaceId of await infra.db.asSystem(selectUnsummed))
    await infra.db.asSystem((tx) => markAllCreditDays(tx, workspaceId, infra.clock.now()));
  for (const workspaceId of await infra.db.asSystem(selectDueWorkspaces)) {
    for (let step = 0; step < stepsMax; step += 1) {
      if (signal?.aborted) return;
      if (!(await sumSomeDays(infra, workspaceId))) break;
    }
  }
}

/** True when days were summed. */
async function sumSomeDays(infra: Infra, workspaceId: string): Promise<boolean> {
  return await infra.db.asSystem(async (tx) => {
    await readOneMoment(tx);
    if (!(await holdCreditDays(tx, workspaceId))) return false;
    const days = await selectDueDays(tx, { workspaceId, limit: daysPerStep });
    if (days.length === 0) return false;
    const { timeZone } = await getWorkspace(tx, workspaceId);
    await sumCreditDays(tx, { workspaceId, days, timeZone });
    return true;
  });
}
