import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { readRefs } from '#modules/tracking/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  changeExperiment as changeEndpoint,
  createExperiment as createEndpoint,
  Experiment,
  getExperiment as getEndpoint,
  listExperiments as listEndpoint,
  recordOutcomes as outcomesEndpoint,
  listExperimentUnits as unitsEndpoint,
} from './api.ts';
import { attributionError } from './errors.ts';
import { presentExperiment } from './present-experiments.ts';
import {
  type ExperimentRow,
  insertExperiment,
  saveExperimentState,
  saveOutcomes,
  selectExperiments,
  selectUnits,
} from './queries/experiments.ts';
import { assignArms } from './rules/plan-experiment.ts';

const listedMax = 50;
const halfAndHalf = [
  { name: 'Held out', share: 0.5 },
  { name: 'Campaign', share: 0.5 },
];

/** Plans a hold-out and assigns its units by the seed. Errors: not_found for a campaign, attribution.bad_arms, attribution.bad_units. */
export async function createExperiment(infra: Infra, call: Call<typeof createEndpoint>): Promise<Experiment> {
  const { workspaceId, input, actor } = call;
  const arms = checkArms(input.arms ?? halfAndHalf);
  checkInput(input);
  const assigned = assignArms(
    input.units.map((unit) => ({ key: unit.key, before: unit.before ?? null })),
    arms.map((arm) => arm.share),
    input.seed,
  );
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkCampaign(tx, workspaceId, input.campaignId);
    const at = infra.clock.now();
    const row = {
      id: newId('experiment', at.getTime()),
      campaign_id: input.campaignId,
      name: input.name,
      unit: input.unit,
      outcome: input.outcome,
      currency: input.currency ?? null,
      arms,
      seed: input.seed,
      starts_on: input.startsOn ?? null,
      ends_on: input.endsOn ?? null,
      created_by_name: actor.name,
      created_at: at,
      assigned_at: at,
    };
    const units = input.units.map((unit) => ({
      unit_key: unit.key,
      arm: arms[assigned.get(unit.key) ?? 0]?.name ?? '',
      before_value: unit.before ?? null,
    }));
    await insertExperiment(tx, workspaceId, { row, createdBy: actor.id, units });
    await audit(tx, call, { id: row.id, action: 'experiment.planned', changes: { name: { to: input.name } } });
    return await findExperiment(tx, workspaceId, row.id);
  });
}

/** Error: not_found for a campaign. */
export async function listExperiments(infra: Infra, call: Call<typeof listEndpoint>): Promise<Experiment[]> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    await checkCampaign(tx, workspaceId, input.campaignId);
    return await readExperiments(tx, workspaceId, input.campaignId);
  });
}

/** The hold-outs of a campaign with their results, newest first. */
export async function readExperiments(tx: Tx, workspaceId: string, campaignId: string): Promise<Experiment[]> {
  return await present(tx, workspaceId, await selectExperiments(tx, { workspaceId, campaignId, limit: listedMax }));
}

/** Error: not_found. */
export async function getExperiment(infra: Infra, call: Call<typeof getEndpoint>): Promise<Experiment> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, (tx) => findExperiment(tx, workspaceId, input.experimentId));
}

/** Error: not_found. */
export async function listExperimentUnits(infra: Infra, call: Call<typeof unitsEndpoint>) {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    await findExperiment(tx, workspaceId, input.experimentId);
    const units = await selectUnits(tx, workspaceId, [input.experimentId]);
    return units.map((unit) => ({
      key: unit.unit_key,
      arm: unit.arm,
      before: unit.before_value,
      outcome: unit.outcome_value,
    }));
  });
}

/** Writes what units came to; all or nothing. Errors: not_found, attribution.bad_units for a unit that is not in the experiment or named twice. */
export async function recordOutcomes(infra: Infra, call: Call<typeof outcomesEndpoint>): Promise<Experiment> {
  const { workspaceId, input } = call;
  checkKeys(
    input.outcomes.map((outcome) => outcome.key),
    'outcomes',
  );
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    await findExperiment(tx, workspaceId, input.experimentId);
    const { experimentId, outcomes } = input;
    const unknown = await saveOutcomes(tx, workspaceId, { experimentId, outcomes, at: infra.clock.now() });
    if (unknown.length > 0)
      throw attributionError(
        'bad_units',
        `${unknown.length} of the units are not in this experiment, such as "${unknown[0]}". Use the names they were planned with.`,
        unknown.slice(0, 100).map((key) => ({ field: 'outcomes', message: `"${key}" is not in the experiment.` })),
      );
    await audit(tx, call, {
      id: experimentId,
      action: 'experiment.outcomes-recorded',
      changes: { units: { to: outcomes.length } },
    });
    return await findExperiment(tx, workspaceId, experimentId);
  });
}

/** Starts or ends a hold-out. Errors: not_found, attribution.experiment_running for a step back. */
export async function changeExperiment(infra: Infra, call: Call<typeof changeEndpoint>): Promise<Experiment> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await findExperiment(tx, workspaceId, input.experimentId);
    if (before.state === input.state) return before;
    if (before.state === 'ended' || (before.state === 'draft' && input.state === 'ended'))
      throw attributionError(
        'experiment_running',
        before.state === 'ended' ? 'This hold-out has ended.' : 'This hold-out has not started yet.',
      );
    await saveExperimentState(tx, workspaceId, { id: before.id, state: input.state });
    await audit(tx, call, {
      id: before.id,
      action: 'experiment.state-changed',
      changes: { state: { from: before.state, to: input.state } },
    });
    return await findExperiment(tx, workspaceId, before.id);
  });
}

async function findExperiment(tx: Tx, workspaceId: string, id: string): Promise<Experiment> {
  const [found] = await present(tx, workspaceId, await selectExperiments(tx, { workspaceId, id, limit: 1 }));
  if (found === undefined) throw notFound('experiment');
  return found;
}

async function present(tx: Tx, workspaceId: string, rows: readonly ExperimentRow[]): Promise<Experiment[]> {
  if (rows.length === 0) return [];
  const units = Map.groupBy(
    await selectUnits(
      tx,
      workspaceId,
      rows.map((row) => row.id),
    ),
    (unit) => unit.experiment_id,
  );
  const refs = await readRefs(
    tx,
    workspaceId,
    rows.map((row) => ({ person_id: null, campaign_id: row.campaign_id })),
  );
  return rows.map((row) => presentExperiment(row, { units: units.get(row.id) ?? [], refs }));
}

async function checkCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<void> {
  const refs = await readRefs(tx, workspaceId, [{ person_id: null, campaign_id: campaignId }]);
  if (refs.campaignOf(campaignId) === null) throw notFound('campaign');
}

function checkInput(input: Call<typeof createEndpoint>['input']): void {
  checkKeys(
    input.units.map((unit) => unit.key),
    'units',
  );
  if (input.currency !== undefined && !isKnownCurrency(input.currency))
    throw attributionError('bad_units', `"${input.currency}" is no ISO 4217 currency code.`, [
      { field: 'currency', message: 'Not known' },
    ]);
  if (input.startsOn !== undefined && input.endsOn !== undefined && input.startsOn > input.endsOn)
    throw attributionError('bad_period', 'The hold-out would end before it starts.', [
      { field: 'endsOn', message: 'Must not be before the start.' },
    ]);
}

function checkArms(arms: readonly { name: string; share: number }[]): { name: string; share: number }[] {
  const sum = arms.reduce((total, arm) => total + arm.share, 0);
  if (new Set(arms.map((arm) => arm.name)).size !== arms.length)
    throw attributionError('bad_arms', 'Two arms have the same name.', [
      { field: 'arms', message: 'Name each arm once.' },
    ]);
  if (Math.abs(sum - 1) > 1e-6)
    throw attributionError('bad_arms', `The shares of the arms sum to ${sum}, not to 1.`, [
      { field: 'arms', message: 'Shares must sum to 1.' },
    ]);
  return arms.map((arm) => ({ name: arm.name, share: arm.share }));
}

function checkKeys(keys: readonly string[], field: string): void {
  const seen = new Set<string>();
  for (const [at, key] of keys.entries()) {
    if (seen.has(key))
      throw attributionError('bad_units', `"${key}" stands twice, the second time at place ${at + 1}.`, [
        { field: `${field}.${at}.key`, message: 'Name each unit once.' },
      ]);
    seen.add(key);
  }
}

async function audit(
  tx: Tx,
  call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>,
  of: { id: string; action: string; changes: Record<string, unknown> },
): Promise<void> {
  await recordAudit(tx, {
    workspaceId: call.workspaceId,
    actor: call.actor,
    requestId: call.requestId,
    action: of.action,
    subjectKind: 'experiment',
    subjectId: of.id,
    changes: of.changes,
  });
}
