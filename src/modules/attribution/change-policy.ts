import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readRefs } from '#modules/tracking/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  CreditRun,
  getAttributionSettings as getEndpoint,
  Policy,
  PolicyVersion,
  tryPolicy as tryEndpoint,
  updateAttributionSettings as updateEndpoint,
} from './api.ts';
import { attributionError } from './errors.ts';
import { rulesJob } from './jobs.ts';
import { builtInVersion, presentPolicy } from './present-policies.ts';
import { presentRun, refsOfRun } from './present-runs.ts';
import { insertPolicy, selectCurrentPolicies, selectPolicyHistory } from './queries/policies.ts';
import { insertRun, selectRun } from './queries/runs.ts';
import { readPolicies } from './read-policies.ts';

const historyMax = 200;

/** The rules that hold now, and every version there was. */
export async function getSettings(infra: Infra, call: Call<typeof getEndpoint>) {
  const { workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const current = await selectCurrentPolicies(tx, workspaceId);
    const history = await selectPolicyHistory(tx, workspaceId, historyMax);
    const refs = await readRefs(
      tx,
      workspaceId,
      [...current, ...history].map((row) => ({ person_id: null, campaign_id: row.campaign_id })),
    );
    const workspace = current.find((row) => row.campaign_id === null);
    return {
      workspace: workspace === undefined ? builtInVersion : presentPolicy(workspace, refs),
      campaigns: current
        .filter((row) => row.campaign_id !== null && row.policy !== null)
        .map((row) => presentPolicy(row, refs)),
      history: history.map((row) => presentPolicy(row, refs)),
    };
  });
}

/**
 * Stores new rules as a version and decides all orders anew by them, in the background. The same rules again change nothing.
 * Errors: not_found for a campaign, attribution.no_policy when the workspace would be left without rules.
 */
export async function changePolicy(
  infra: Infra,
  call: Call<typeof updateEndpoint>,
): Promise<{ version: PolicyVersion; run: CreditRun | null }> {
  const { workspaceId, input, actor } = call;
  const campaignId = input.campaignId ?? null;
  const answer = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const refs = await checkScope(tx, workspaceId, input);
    const before = await standingPolicy(tx, workspaceId, campaignId);
    if (JSON.stringify(before.policy) === JSON.stringify(input.policy)) return { version: before.version, run: null };
    const at = infra.clock.now();
    const row = await insertPolicy(tx, {
      workspaceId,
      campaignId,
      policy: input.policy,
      note: input.note ?? null,
      by: actor,
      at,
    });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'attribution.rules-changed',
      subjectKind: campaignId === null ? 'workspace' : 'campaign',
      subjectId: campaignId ?? workspaceId,
      changes: {
        version: { from: before.version.version, to: row.version },
        rules: { from: before.policy, to: input.policy },
      },
    });
    const run = await startRun(infra, tx, { call, kind: 'apply', version: row.version });
    return { version: presentPolicy(row, refs), run };
  });
  if (answer.run !== null)
    await infra.jobs.enqueue(rulesJob, { workspaceId, runId: answer.run.id }, `${workspaceId} ${answer.run.id}`);
  return answer;
}

/** Begins to decide all orders by other rules without storing it. Errors as for the change itself. */
export async function tryPolicy(infra: Infra, call: Call<typeof tryEndpoint>): Promise<CreditRun> {
  const { workspaceId } = call;
  const run = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkScope(tx, workspaceId, call.input);
    return await startRun(infra, tx, { call, kind: 'try', version: null });
  });
  await infra.jobs.enqueue(rulesJob, { workspaceId, runId: run.id }, `${workspaceId} ${run.id}`);
  return run;
}

async function startRun(
  infra: Infra,
  tx: Tx,
  of: {
    call: Pick<Call<typeof tryEndpoint>, 'workspaceId' | 'input' | 'actor'>;
    kind: 'try' | 'apply';
    version: number | null;
  },
): Promise<CreditRun> {
  const { workspaceId, input, actor } = of.call;
  const at = infra.clock.now();
  const id = newId('creditRun', at.getTime());
  const campaignId = input.campaignId ?? null;
  await insertRun(tx, {
    workspaceId,
    id,
    kind: of.kind,
    campaignId,
    policy: input.policy,
    version: of.version,
    by: actor,
    at,
  });
  const row = await selectRun(tx, workspaceId, id);
  if (row === undefined) throw notFound('run');
  return presentRun(row, await readRefs(tx, workspaceId, refsOfRun(row)));
}

async function checkScope(
  tx: Tx,
  workspaceId: string,
  input: { campaignId?: string | undefined; policy: Policy | null },
) {
  const campaignId = input.campaignId ?? null;
  const refs = await readRefs(tx, workspaceId, [{ person_id: null, campaign_id: campaignId }]);
  if (campaignId !== null && refs.campaignOf(campaignId) === null) throw notFound('campaign');
  if (campaignId === null && input.policy === null)
    throw attributionError(
      'no_policy',
      'The workspace needs rules; only a campaign can go without, following the workspace.',
      [{ field: 'policy', message: 'Say the rules.' }],
    );
  return refs;
}

async function standingPolicy(
  tx: Tx,
  workspaceId: string,
  campaignId: string | null,
): Promise<{ policy: Policy | null; version: PolicyVersion }> {
  const { workspace, campaigns } = await readPolicies(tx, workspaceId);
  const known = campaignId === null ? workspace : campaigns.get(campaignId);
  const rows = await selectCurrentPolicies(tx, workspaceId);
  const row = rows.find((one) => one.campaign_id === campaignId);
  const refs = await readRefs(tx, workspaceId, [{ person_id: null, campaign_id: campaignId }]);
  const none: PolicyVersion = { ...builtInVersion, campaign: refs.campaignOf(campaignId), policy: null };
  return {
    policy: known?.policy ?? null,
    version: row === undefined ? (campaignId === null ? builtInVersion : none) : presentPolicy(row, refs),
  };
}
