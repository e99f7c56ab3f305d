import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { getAttributionSettings as getEndpoint, updateAttributionSettings as updateEndpoint } from './api.ts';
import { windowDaysDefault } from './credit-orders.ts';
import { recreditJob } from './jobs.ts';
import { findWindowDays, saveWindowDays } from './queries/credits.ts';

export async function getSettings(infra: Infra, call: Call<typeof getEndpoint>): Promise<{ windowDays: number }> {
  const windowDays = await infra.db.inWorkspace(call.workspaceId, (tx) => findWindowDays(tx, call.workspaceId));
  return { windowDays: windowDays ?? windowDaysDefault };
}

/** Changes the window; all orders of the workspace are decided anew in the background. */
export async function changeSettings(infra: Infra, call: Call<typeof updateEndpoint>): Promise<{ windowDays: number }> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = (await findWindowDays(tx, workspaceId)) ?? windowDaysDefault;
    if (before === input.windowDays) return;
    await saveWindowDays(tx, workspaceId, input.windowDays);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'attribution.window-changed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { windowDays: { from: before, to: input.windowDays } },
    });
  });
  await infra.jobs.enqueue(recreditJob, { workspaceId }, workspaceId);
  return { windowDays: input.windowDays };
}
