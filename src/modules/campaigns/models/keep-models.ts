import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { daysBetween } from '#kernel/time.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type Brief,
  briefSchema,
  type CampaignModel,
  type CampaignModelEntry,
  campaignModels,
  campaignModelTraits,
  type createCampaignModel as createEndpoint,
  type listCampaignModels as listEndpoint,
  type ModelGoal,
  modelGoalSchema,
  modelGoalsMax,
  type removeCampaignModel as removeEndpoint,
  stageSchema,
  type updateCampaignModel as updateEndpoint,
} from '../api.ts';
import { campaignsError } from '../errors.ts';
import { type CampaignRow, selectGoals, selectStages } from '../queries/campaigns.ts';
import { selectBriefVersion } from '../queries/change-campaign.ts';
import { getCampaignRow, readToday, toStage } from '../read-campaigns.ts';
import { nameStages } from '../replace-stages.ts';
import { builtInTemplates } from '../rules/brief-templates.ts';
import { defaultStages } from '../rules/default-stages.ts';
import { modelGoals } from '../rules/model-goals.ts';
import { shiftBrief } from '../rules/shift-brief.ts';
import {
  countCampaignsByModel,
  deleteOwnModel,
  lockOwnModel,
  type OwnModel,
  type OwnModelRow,
  selectOwnModels,
  upsertOwnModel,
} from './queries.ts';

/** Models a campaign may be planned by: one's own by name, then those that come with the program. */
export async function listCampaignModels(infra: Infra, call: Call<typeof listEndpoint>): Promise<CampaignModelEntry[]> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { day } = await readToday(tx, workspaceId, infra.clock);
    const counts = await countCampaignsByModel(tx, workspaceId);
    const own = (await selectOwnModels(tx, workspaceId)).map((row) => present(row, { day, counts }));
    const templates = builtInTemplates(day);
    const shipped = campaignModels.map(
      (model): CampaignModelEntry => ({
        id: model,
        name: campaignModelTraits[model].label,
        summary: campaignModelTraits[model].summary,
        isBuiltIn: true,
        model,
        stages: [...defaultStages[model]],
        goals: modelGoals[model].map((metric) => ({ metric })),
        brief: templates.find((template) => template.model === model)?.brief ?? null,
        campaigns: counts.get(model) ?? 0,
        updatedAt: null,
      }),
    );
    return [...own, ...shipped];
  });
}

function present(row: OwnModelRow, of: { day: string; counts: ReadonlyMap<string, number> }): CampaignModelEntry {
  const { anchorOn, ...model } = readOwnModel(row);
  return {
    ...model,
    isBuiltIn: false,
    stages: [...model.stages],
    goals: [...model.goals],
    brief: model.brief === null || anchorOn === null ? null : shiftBrief(model.brief, daysBetween(anchorOn, of.day)),
    campaigns: of.counts.get(row.id) ?? 0,
    updatedAt: row.updated_at.toISOString(),
  };
}

function readOwnModel(row: OwnModelRow): OwnModel {
  return {
    id: row.id,
    name: row.name,
    summary: row.summary,
    model: row.model as CampaignModel,
    stages: stageSchema.array().parse(row.stages),
    goals: modelGoalSchema.array().parse(row.goals),
    brief: row.brief === null ? null : briefSchema.parse(row.brief),
    anchorOn: row.anchor_on,
  };
}

/** A model of one's own with the days of its brief moved to a campaign that begins on `startsOn`. Error: not_found. */
export async function getOwnModel(
  tx: Tx,
  workspaceId: string,
  of: { id: string; startsOn: string },
): Promise<OwnModel> {
  const row = await lockOwnModel(tx, workspaceId, of.id);
  if (row === undefined) throw notFound('campaign model');
  const model = readOwnModel(row);
  if (model.brief === null || model.anchorOn === null) return model;
  return { ...model, brief: shiftBrief(model.brief, daysBetween(model.anchorOn, of.startsOn)) };
}

/** Keeps a model of one's own. Errors: not_found, model_name, bad_model, bad_stages, unknown_stage. */
export async function createCampaignModel(
  infra: Infra,
  call: Call<typeof createEndpoint>,
): Promise<CampaignModelEntry> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const base = await readBase(tx, call);
    const row: OwnModel = {
      ...base,
      id: newId('campaignModel', infra.clock.now().getTime()),
      name: input.name,
      summary: input.summary,
      stages: input.stages === undefined ? base.stages : nameStages(input.stages, base.stages),
      goals: input.goals === undefined ? base.goals : distinct(input.goals),
    };
    return write(infra, tx, { call, row, action: 'campaign-model.created' });
  });
}

type Base = Pick<OwnModel, 'model' | 'stages' | 'goals' | 'brief' | 'anchorOn'>;

async function readBase(tx: Tx, call: Call<typeof createEndpoint>): Promise<Base> {
  const { workspaceId, input } = call;
  if (input.fromCampaignId !== undefined) {
    const campaign = await getCampaignRow(tx, workspaceId, input.fromCampaignId);
    const model = campaign.model as CampaignModel;
    if (input.model !== undefined && input.model !== model)
      throw badModel(`The campaign is of the model "${model}". Leave model out, or leave out fromCampaignId.`);
    const metrics = (await selectGoals(tx, workspaceId, [campaign.id])).map((goal) => modelGoalSchema.parse(goal));
    return {
      model,
      stages: (await selectStages(tx, workspaceId, [campaign.id])).map(toStage),
      goals: distinct(metrics),
      ...(await briefOf(tx, workspaceId, campaign)),
    };
  }
  if (input.model === undefined)
    throw badModel(`Name the campaign to keep as a model, or one of ${campaignModels.join(', ')} it works like.`);
  return {
    model: input.model,
    stages: defaultStages[input.model],
    goals: modelGoals[input.model].map((metric) => ({ metric })),
    brief: null,
    anchorOn: null,
  };
}

async function briefOf(
  tx: Tx,
  workspaceId: string,
  campaign: CampaignRow,
): Promise<{ brief: Brief | null; anchorOn: string | null }> {
  if (campaign.brief_version === 0) return { brief: null, anchorOn: null };
  const of = { campaignId: campaign.id, version: campaign.brief_version };
  const kept = await selectBriefVersion(tx, workspaceId, of);
  if (kept === undefined) return { brief: null, anchorOn: null };
  return { brief: briefSchema.parse(kept.brief), anchorOn: campaign.starts_on };
}

const distinct = (goals: readonly ModelGoal[]): ModelGoal[] =>
  [...new Set(goals.map((goal) => goal.metric))].slice(0, modelGoalsMax).map((metric) => ({ metric }));

/** Changes a model of one's own; campaigns planned by it stay. Errors: not_found, model_name, brief_empty, bad_stages, unknown_stage. */
export async function updateCampaignModel(
  infra: Infra,
  call: Call<typeof updateEndpoint>,
): Promise<CampaignModelEntry> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockOwnModel(tx, workspaceId, input.modelId);
    if (row === undefined) throw notFound('campaign model');
    const before = readOwnModel(row);
    const after: OwnModel = {
      ...before,
      name: input.name ?? before.name,
      summary: input.summary ?? before.summary,
      stages: input.stages === undefined ? before.stages : nameStages(input.stages, before.stages),
      goals: input.goals === undefined ? before.goals : distinct(input.goals),
      ...(input.briefOf === null ? { brief: null, anchorOn: null } : {}),
    };
    if (typeof input.briefOf === 'string') {
      const campaign = await getCampaignRow(tx, workspaceId, input.briefOf);
      if (campaign.brief_version === 0)
        throw campaignsError('brief_empty', `"${campaign.name}" has no brief yet. Write it first.`);
      Object.assign(after, await briefOf(tx, workspaceId, campaign));
    }
    return write(infra, tx, { call, row: after, action: 'campaign-model.changed' });
  });
}

async function write(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof createEndpoint> | Call<typeof updateEndpoint>; row: OwnModel; action: string },
): Promise<CampaignModelEntry> {
  const { call, row } = of;
  const { workspaceId, actor } = call;
  if (!(await upsertOwnModel(tx, workspaceId, { row, by: actor.name, at: infra.clock.now() })))
    throw campaignsError('model_name', `A model is named "${row.name}" already. Choose another name.`, [
      { field: 'name', message: 'Is taken' },
    ]);
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId: call.requestId,
    action: of.action,
    subjectKind: 'campaign-model',
    subjectId: row.id,
    changes: {
      name: row.name,
      model: row.model,
      stages: row.stages.map((stage) => stage.label),
      goals: row.goals.map((goal) => goal.metric),
      hasBrief: row.brief !== null,
    },
  });
  const { day } = await readToday(tx, workspaceId, infra.clock);
  const kept = await lockOwnModel(tx, workspaceId, row.id);
  if (kept === undefined) throw notFound('campaign model');
  return present(kept, { day, counts: await countCampaignsByModel(tx, workspaceId) });
}

/** Removes a model of one's own. Error: not_found. */
export async function removeCampaignModel(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockOwnModel(tx, workspaceId, input.modelId);
    if (row === undefined) throw notFound('campaign model');
    await deleteOwnModel(tx, workspaceId, row.id);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'campaign-model.removed',
      subjectKind: 'campaign-model',
      subjectId: row.id,
      changes: { name: row.name },
    });
    return null;
  });
}

function badModel(message: string) {
  return campaignsError('bad_model', `model: ${message}`, [{ field: 'model', message }]);
}
