import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readRefs } from '#modules/tracking/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  CreditRun,
  cancelCreditRun as cancelEndpoint,
  getCreditRun as getEndpoint,
  listCreditRuns as listEndpoint,
} from './api.ts';
import { attributionError } from './errors.ts';
import { presentRun, refsOfRun } from './present-runs.ts';
import { selectRun, selectRuns, stopRun } from './queries/runs.ts';

const runsListedMax = 50;

export async function listRuns(infra: Infra, call: Call<typeof listEndpoint>): Promise<Omit<CreditRun, 'moves'>[]> {
  const { workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectRuns(tx, workspaceId, runsListedMax);
    const refs = await readRefs(tx, workspaceId, rows.flatMap(refsOfRun));
    return rows.map((row) => {
      const { moves: _, ...run } = presentRun(row, refs);
      return run;
    });
  });
}

/** Error: not_found. */
export async function getRun(infra: Infra, call: Call<typeof getEndpoint>): Promise<CreditRun> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, (tx) => findRun(tx, workspaceId, input.runId));
}

/** Stops a run; what it decided stays. Errors: not_found, attribution.run_ended. */
export async function cancelRun(infra: Infra, call: Call<typeof cancelEndpoint>): Promise<CreditRun> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const run = await findRun(tx, workspaceId, input.runId);
    const wasStopped = await stopRun(tx, workspaceId, { id: run.id, at: infra.clock.now() });
    if (!wasStopped) throw attributionError('run_ended', `This run has ended already (${run.state}).`);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'attribution.run-cancelled',
      subjectKind: 'credit_run',
      subjectId: run.id,
      changes: { state: { from: run.state, to: 'cancelled' } },
    });
    return await findRun(tx, workspaceId, run.id);
  });
}

async function findRun(tx: Tx, workspaceId: string, runId: string): Promise<CreditRun> {
  const row = await selectRun(tx, workspaceId, runId);
  if (row === undefined) throw notFound('run');
  return presentRun(row, await readRefs(tx, workspaceId, refsOfRun(row)));
}
