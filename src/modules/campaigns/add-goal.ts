import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { addGoal as addGoalEndpoint, Goal } from './api.ts';
import { checkGoal } from './check-goal.ts';
import { campaignsError } from './errors.ts';
import { getGoal } from './get-goal.ts';
import { selectGoals } from './queries/campaigns.ts';
import { insertGoals, setMainGoal } from './queries/change-campaign.ts';
import { holdCampaign, readToday } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';

const goalsMax = 20;

/** Adds a goal that can be measured. Errors: not_found, vague_goal (with a proposal), bad_target, bad_money, bad_dates, goal_repeated. */
export async function addGoal(infra: Infra, call: Call<typeof addGoalEndpoint>): Promise<Goal> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const today = await readToday(tx, workspaceId, infra.clock);
    const goal = checkGoal(input, { campaign, today: today.day, at: '' });
    const others = await selectGoals(tx, workspaceId, [campaign.id]);
    if (others.some((other) => other.metric === goal.metric && other.due_on === goal.dueOn)) {
      throw campaignsError(
        'goal_repeated',
        `There is a goal for ${goal.metric} by ${goal.dueOn} already. Change that one instead.`,
        [{ field: 'metric', message: 'This metric has a goal on this date already' }],
      );
    }
    if (others.length >= goalsMax)
      throw campaignsError('bad_target', `A campaign has at most ${goalsMax} goals. Remove one first.`);
    const at = infra.clock.now();
    const id = newId('goal', at.getTime());
    await insertGoals(tx, workspaceId, {
      campaignId: campaign.id,
      goals: [{ ...goal, id, isMain: others.length === 0 }],
      at,
    });
    if (input.isMain === true && others.length > 0)
      await setMainGoal(tx, workspaceId, { campaignId: campaign.id, goalId: id });
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'goals',
      action: 'goal.added',
      subject: { kind: 'goal', id },
      changes: { ...goal },
    });
    return getGoal(tx, workspaceId, { campaign, goalId: id, today: today.day });
  });
}
