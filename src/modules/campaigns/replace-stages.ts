import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { replaceStages as replaceStagesEndpoint, Stage, StageInput } from './api.ts';
import { campaignsError } from './errors.ts';
import { selectStages } from './queries/campaigns.ts';
import { deleteStages, insertStages, selectUsedStages } from './queries/change-campaign.ts';
import { selectPersonsOfCampaign } from './queries/relations.ts';
import { deleteStepsOfStages } from './queries/steps.ts';
import { holdCampaign, toStage } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';
import { plainRules, stageName } from './rules/default-stages.ts';
import { stateRelations } from './state-relations.ts';

/** Puts the stages of a campaign in the order given. Errors: not_found, bad_stages, unknown_stage, stage_in_use. */
export async function replaceStages(infra: Infra, call: Call<typeof replaceStagesEndpoint>): Promise<Stage[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const before = (await selectStages(tx, workspaceId, [campaign.id])).map(toStage);
    const after = nameStages(input.stages, before);
    const gone = before.filter((stage) => !after.some((kept) => kept.name === stage.name));
    const used = await selectUsedStages(tx, workspaceId, campaign.id);
    for (const stage of gone) {
      const use = used.find((one) => one.stage === stage.name);
      if (use === undefined) continue;
      const who =
        use.creators > 0
          ? `${use.creators} creator${use.creators === 1 ? ' stands' : 's stand'} in`
          : `the history of ${use.removed} removed creator${use.removed === 1 ? '' : 's'} needs`;
      throw campaignsError(
        'stage_in_use',
        `${who} "${stage.label}". Move them to another stage before you remove it.`,
        [{ field: 'stages', message: `"${stage.label}" is in use` }],
      );
    }
    await insertStages(tx, workspaceId, { campaignId: campaign.id, stages: after });
    const names = gone.map((stage) => stage.name);
    await deleteStages(tx, workspaceId, { campaignId: campaign.id, names });
    await deleteStepsOfStages(tx, workspaceId, { campaignId: campaign.id, stages: names });
    const personIds = await selectPersonsOfCampaign(tx, workspaceId, campaign.id);
    await stateRelations(infra, tx, { workspaceId, personIds });
    const labels = (stages: readonly Stage[]) => stages.map((stage) => stage.label);
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'stages',
      action: 'campaign.stages-changed',
      changes: { stages: { from: labels(before), to: labels(after) } },
    });
    return after;
  });
}

/** Stages as they are written: those named keep their key, new ones get one. Errors: bad_stages, unknown_stage. */
export function nameStages(given: readonly StageInput[], before: readonly Stage[]): Stage[] {
  const fail = (index: number, message: string) =>
    campaignsError('bad_stages', `stages.${index}: ${message}`, [{ field: `stages.${index}.label`, message }]);
  const taken = new Set(before.map((stage) => stage.name));
  const seenNames = new Set<string>();
  const seenLabels = new Set<string>();
  return given.map((stage, index) => {
    const { name, ...rest } = stage;
    if (name !== undefined && !taken.has(name))
      throw campaignsError(
        'unknown_stage',
        `stages.${index}.name: there is no stage "${name}". Leave name out for a new stage.`,
        [{ field: `stages.${index}.name`, message: `No stage "${name}"` }],
      );
    if (name !== undefined && seenNames.has(name)) throw fail(index, `"${name}" stands in the list twice.`);
    if (seenLabels.has(stage.label.toLowerCase()))
      throw fail(index, `There are two stages called "${stage.label}". Give one another name.`);
    const was = before.find((one) => one.name === name) ?? plainRules;
    const key = name ?? stageName(stage.label, new Set([...taken, ...seenNames]));
    seenNames.add(key);
    seenLabels.add(stage.label.toLowerCase());
    return {
      ...rest,
      name: key,
      gate: rest.gate ?? was.gate,
      isOptional: rest.isOptional ?? was.isOptional,
      reachedBy: [...(rest.reachedBy ?? was.reachedBy)],
      needs: [...(rest.needs ?? was.needs)],
    };
  });
}
