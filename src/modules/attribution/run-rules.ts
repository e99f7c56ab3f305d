import type { Infra } from '#infra/module.ts';
import { countOrders, nextOrderIds } from '#modules/tracking/index.ts';
import { policySchema } from './api.ts';
import { creditLeads } from './credit-leads.ts';
import { creditOrders, decided, standing } from './credit-orders.ts';
import { decideBatch } from './decide-batch.ts';
import { selectStanding } from './queries/credits.ts';
import { nextLeadIds } from './queries/leads.ts';
import { beginRun, endRun, moveRun, type RunRow, type StoredMove, selectRun, sumRunChanges } from './queries/runs.ts';
import { builtIn, readPolicies } from './read-policies.ts';
import type { Policies } from './rules/credit-case.ts';
import { creditDeltas } from './rules/credit-deltas.ts';
import { addToMoves, type CreditMoveSum, movesOf } from './rules/sum-moves.ts';

const batchRows = 500;
export const movesListedMax = 500;

interface Step {
  workspaceId: string;
  run: RunRow;
  conversionIds: string[];
  seen: Set<string>;
  sums: Map<string, CreditMoveSum>;
}

/**
 * Decides every order of the workspace anew: writing (a run of kind `apply`) or only summing what would move (`try`). Says its progress after each batch and ends
 * when it was cancelled. Idempotent: taken up after a crash it begins again and writes nothing twice.
 */
export async function runRules(
  infra: Infra,
  of: { workspaceId: string; runId: string },
  signal: AbortSignal,
): Promise<void> {
  const { workspaceId, runId } = of;
  const run = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const found = await selectRun(tx, workspaceId, runId);
    if (found === undefined) return undefined;
    const ordersTotal = await countOrders(tx, workspaceId);
    return (await beginRun(tx, workspaceId, { id: runId, ordersTotal })) ? found : undefined;
  });
  if (run === undefined) return;
  const sums = new Map<string, CreditMoveSum>();
  const seen = new Set<string>();
  let after = '';
  let done = 0;
  let changed = 0;
  while (!signal.aborted) {
    const page = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const conversionIds = await nextOrderIds(tx, workspaceId, after, batchRows);
      if (conversionIds.length === 0) return { conversionIds, isGoing: true };
      const step = { workspaceId, run, conversionIds, seen, sums };
      if (run.kind === 'apply')
        changed += await creditOrders(infra, tx, { workspaceId, conversionIds, cause: { kind: 'rules', runId } });
      else changed += await tryOrders(infra, tx, step);
      done += conversionIds.length;
      return { conversionIds, isGoing: await moveRun(tx, workspaceId, { id: runId, done, changed }) };
    });
    if (!page.isGoing) return;
    const last = page.conversionIds.at(-1);
    if (last === undefined || page.conversionIds.length < batchRows) break;
    after = last;
  }
  if (run.kind === 'apply') await creditAllLeads(infra, workspaceId, signal);
  if (signal.aborted) return;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const moves = run.kind === 'try' ? movesOf(sums).map(toStored) : await sumRunChanges(tx, workspaceId, runId);
    await endRun(tx, workspaceId, {
      id: runId,
      state: 'done',
      moves: moves.slice(0, movesListedMax),
      movesTotal: moves.length,
      problem: null,
      at: infra.clock.now(),
    });
  });
}

/** Leads are never money, so they stand in no run's sums; they follow the rules all the same. */
async function creditAllLeads(infra: Infra, workspaceId: string, signal: AbortSignal): Promise<void> {
  let after = '';
  while (!signal.aborted) {
    const leadIds = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const ids = await nextLeadIds(tx, workspaceId, after, batchRows);
      await creditLeads(infra, tx, { workspaceId, leadIds: ids });
      return ids;
    });
    const last = leadIds.at(-1);
    if (last === undefined || leadIds.length < batchRows) return;
    after = last;
  }
}

/** Sums what would move for orders that were not looked at yet; returns how many would change. Writes nothing. */
async function tryOrders(infra: Infra, tx: Parameters<typeof nextOrderIds>[0], step: Step): Promise<number> {
  const { workspaceId, run } = step;
  const policies = proposed(await readPolicies(tx, workspaceId), run);
  const { conversionIds, rows } = await decideBatch(infra, tx, {
    workspaceId,
    conversionIds: step.conversionIds,
    policies,
    isHeld: false,
  });
  const fresh = new Set(conversionIds.filter((id) => !step.seen.has(id)));
  // Only orders that came along with their customer can come again.
  for (const id of fresh) if (!step.conversionIds.includes(id)) step.seen.add(id);
  const before = (await selectStanding(tx, workspaceId, [...fresh])).map(standing);
  const after = rows.filter((row) => row.model === 'paid' && fresh.has(row.conversion_id)).map(decided);
  addToMoves(step.sums, { before, after });
  return new Set(creditDeltas(before, after, () => 0).map((delta) => delta.conversionId)).size;
}

/** The rules as they would be. */
function proposed(policies: Policies, run: RunRow): Policies {
  const policy = run.policy === null ? null : policySchema.parse(run.policy);
  if (run.campaign_id === null)
    return { ...policies, workspace: policy === null ? builtIn : { version: 0, campaignId: null, policy } };
  const campaigns = new Map(policies.campaigns);
  if (policy === null) campaigns.delete(run.campaign_id);
  else campaigns.set(run.campaign_id, { version: 0, campaignId: run.campaign_id, policy });
  return { ...policies, campaigns };
}

function toStored(sum: CreditMoveSum): StoredMove {
  return { ...sum, beforeMinor: sum.beforeMinor.toString(), afterMinor: sum.afterMinor.toString() };
}

/** Says of a run that it could not be finished. */
export async function failRun(
  infra: Infra,
  of: { workspaceId: string; runId: string },
  problem: string,
): Promise<void> {
  await infra.db.inWorkspace(of.workspaceId, (tx) =>
    endRun(tx, of.workspaceId, {
      id: of.runId,
      state: 'failed',
      moves: [],
      movesTotal: 0,
      problem,
      at: infra.clock.now(),
    }),
  );
}
