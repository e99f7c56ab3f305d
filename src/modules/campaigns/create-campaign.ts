import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import {
  type Campaign,
  type CampaignModel,
  campaignModels,
  type createCampaign as createCampaignEndpoint,
} from './api.ts';
import { checkCampaignDates } from './check-dates.ts';
import { checkGoal } from './check-goal.ts';
import { campaignsError } from './errors.ts';
import { getOwnModel } from './models/keep-models.ts';
import type { OwnModel } from './models/queries.ts';
import { insertBriefVersion, insertCampaign, insertGoals, insertStages } from './queries/change-campaign.ts';
import { readCampaign, readToday } from './read-campaigns.ts';
import { readMoneyOrNull } from './read-money.ts';
import { recordCampaignChange } from './record-change.ts';
import { defaultStages } from './rules/default-stages.ts';

/** Plans a campaign with its goals and the stages of its model, all or nothing. Errors: bad_dates, bad_money, vague_goal, bad_target, goal_repeated, bad_model, not_found. */
export async function createCampaign(infra: Infra, call: Call<typeof createCampaignEndpoint>): Promise<Campaign> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const today = await readToday(tx, workspaceId, infra.clock);
    const currency = input.currency ?? input.budget?.currency ?? today.currency;
    checkCurrency(currency);
    checkCampaignDates(input.startsOn, input.endsOn);
    const frame = { currency, starts_on: input.startsOn, ends_on: input.endsOn };
    const goals = input.goals.map((goal, index) =>
      checkGoal(goal, { campaign: frame, today: today.day, at: `goals.${index}.` }),
    );
    const repeated = goals.findIndex(
      (goal, index) => goals.findIndex((other) => other.metric === goal.metric && other.dueOn === goal.dueOn) < index,
    );
    if (repeated >= 0) {
      const message = 'There is a goal with this metric and date already. Change one of them.';
      throw campaignsError('goal_repeated', `goals.${repeated}.metric: ${message}`, [
        { field: `goals.${repeated}.metric`, message },
      ]);
    }
    const mainAt = Math.max(
      0,
      input.goals.findIndex((goal) => goal.isMain === true),
    );
    const { model, ownModel } = await readModel(tx, call);
    const at = infra.clock.now();
    const id = newId('campaign', at.getTime());
    await insertCampaign(tx, workspaceId, {
      id,
      name: input.name,
      model,
      ownModel,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      currency,
      budgetMinor: readMoneyOrNull(input.budget, { field: 'budget', currency }),
      ownerId: input.ownerId ?? (call.actor.kind === 'user' ? call.actor.id : null),
      landingUrl: input.landingUrl,
      note: input.note,
      createdBy: call.actor.id,
      at,
    });
    await insertStages(tx, workspaceId, { campaignId: id, stages: ownModel?.stages ?? defaultStages[model] });
    if (ownModel !== null && ownModel.brief !== null)
      await insertBriefVersion(tx, workspaceId, {
        campaignId: id,
        version: 1,
        brief: ownModel.brief,
        savedBy: call.actor.name,
        at,
      });
    const rows = goals.map((goal, index) => ({ ...goal, id: newId('goal', at.getTime()), isMain: index === mainAt }));
    await insertGoals(tx, workspaceId, { campaignId: id, goals: rows, at });
    const changes = {
      name: input.name,
      model: ownModel === null ? model : ownModel.name,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      budget: input.budget,
    };
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: id,
      what: 'created',
      action: 'campaign.created',
      changes,
    });
    return readCampaign(tx, workspaceId, { campaignId: id, clock: infra.clock });
  });
}

/** The model a campaign works like, and the workspace's own where it is planned by one. Errors: not_found, bad_model. */
async function readModel(
  tx: Tx,
  call: Call<typeof createCampaignEndpoint>,
): Promise<{ model: CampaignModel; ownModel: OwnModel | null }> {
  const { workspaceId, input } = call;
  const bad = (message: string) => campaignsError('bad_model', `model: ${message}`, [{ field: 'model', message }]);
  if (input.ownModelId === undefined) {
    if (input.model === undefined)
      throw bad(`Say how you work together: one of ${campaignModels.join(', ')}, or a model of your own.`);
    return { model: input.model, ownModel: null };
  }
  const ownModel = await getOwnModel(tx, workspaceId, { id: input.ownModelId, startsOn: input.startsOn });
  if (input.model !== undefined && input.model !== ownModel.model)
    throw bad(`"${ownModel.name}" works like "${ownModel.model}", not "${input.model}". Leave model out.`);
  return { model: ownModel.model, ownModel };
}

function checkCurrency(currency: string): void {
  if (isKnownCurrency(currency)) return;
  const message = `"${currency}" is not an ISO 4217 currency code. Use one such as USD, EUR or JPY.`;
  throw campaignsError('bad_money', `currency: ${message}`, [{ field: 'currency', message }]);
}
