import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import {
  briefSchema,
  type Campaign,
  type CampaignModel,
  type duplicateCampaign as duplicateEndpoint,
  type GoalMetric,
  type Refused,
} from './api.ts';
import { checkCampaignDates } from './check-dates.ts';
import { enrol } from './enrol.ts';
import type { CampaignRow, GoalRow } from './queries/campaigns.ts';
import { selectGoals, selectStages } from './queries/campaigns.ts';
import {
  insertBriefVersion,
  insertCampaign,
  insertGoals,
  insertStages,
  selectBriefVersion,
} from './queries/change-campaign.ts';
import { selectRoster } from './queries/roster.ts';
import { holdCampaign, readCampaign, toStage } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';
import { shiftBrief } from './rules/shift-brief.ts';

/** A new draft like the campaign, all dates moved by the same number of days; links, results and payments stay behind. Errors: not_found, bad_dates. */
export async function duplicateCampaign(
  infra: Infra,
  call: Call<typeof duplicateEndpoint>,
): Promise<OutputOf<typeof duplicateEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const source = await holdCampaign(tx, workspaceId, input.campaignId);
    const days = daysBetween(source.starts_on, input.startsOn);
    const endsOn = addDays(source.ends_on, days);
    checkCampaignDates(input.startsOn, endsOn);
    const at = infra.clock.now();
    const id = newId('campaign', at.getTime());
    await insertCampaign(tx, workspaceId, {
      ...copyOf(source),
      id,
      name: input.name,
      startsOn: input.startsOn,
      endsOn,
      createdBy: call.actor.id,
      at,
    });
    const stages = (await selectStages(tx, workspaceId, [source.id])).map(toStage);
    await insertStages(tx, workspaceId, { campaignId: id, stages });
    const goals = (await selectGoals(tx, workspaceId, [source.id])).map((goal) => ({
      ...copyGoal(goal, days),
      id: newId('goal', at.getTime()),
    }));
    await insertGoals(tx, workspaceId, { campaignId: id, goals, at });
    const brief =
      source.brief_version === 0
        ? undefined
        : await selectBriefVersion(tx, workspaceId, { campaignId: source.id, version: source.brief_version });
    if (brief !== undefined) {
      const shifted = shiftBrief(briefSchema.parse(brief.brief), days);
      await insertBriefVersion(tx, workspaceId, {
        campaignId: id,
        version: 1,
        brief: shifted,
        savedBy: call.actor.name,
        at,
      });
    }
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: id,
      what: 'created',
      action: 'campaign.duplicated',
      changes: { from: source.id, name: input.name },
    });
    let leftOut: Refused[] = [];
    if (input.withRoster) {
      const roster = (await selectRoster(tx, workspaceId, [source.id])).filter((row) => row.removed_at === null);
      const profileOf = new Map(
        roster.flatMap((row) => (row.profile_id === null ? [] : [[row.person_id, row.profile_id] as const])),
      );
      const personIds = roster.map((row) => row.person_id);
      const outcome = await enrol(infra, tx, {
        call,
        campaignId: id,
        model: copyOf(source).model,
        stages,
        personIds,
        profileOf,
        stage: undefined,
        feeMinor: null,
        productCostMinor: null,
      });
      leftOut = outcome.refused;
    }
    const made = await readCampaign(tx, workspaceId, { campaignId: id, clock: infra.clock });
    return { ...made, leftOut };
  });
}

function copyOf(source: CampaignRow) {
  return {
    model: source.model as CampaignModel,
    ownModel: source.own_model_name === null ? null : { id: source.own_model_id, name: source.own_model_name },
    currency: source.currency,
    budgetMinor: source.budget_minor,
    ownerId: source.owner_id,
    landingUrl: source.landing_url,
    note: source.note,
  };
}

function copyGoal(goal: GoalRow, days: number) {
  return {
    family: goal.family as Campaign['goals'][number]['family'],
    metric: goal.metric as GoalMetric,
    target: goal.target,
    baseline: goal.baseline,
    startsOn: addDays(goal.starts_on, days),
    dueOn: addDays(goal.due_on, days),
    source: goal.source,
    isMain: goal.is_main,
  };
}
