import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { removeGoal as removeGoalEndpoint } from './api.ts';
import { getGoalRow } from './get-goal.ts';
import { selectGoals } from './queries/campaigns.ts';
import { deleteGoal, setMainGoal } from './queries/change-campaign.ts';
import { holdCampaign } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';

/** Drops a goal; the oldest other becomes the main one when the main one went. Error: not_found. */
export async function removeGoal(infra: Infra, call: Call<typeof removeGoalEndpoint>): Promise<{ removed: true }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const goal = await getGoalRow(tx, workspaceId, input);
    await deleteGoal(tx, workspaceId, goal.id);
    const [oldest] = await selectGoals(tx, workspaceId, [campaign.id]);
    if (goal.is_main && oldest !== undefined)
      await setMainGoal(tx, workspaceId, { campaignId: campaign.id, goalId: oldest.id });
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'goals',
      action: 'goal.removed',
      subject: { kind: 'goal', id: goal.id },
      changes: { metric: goal.metric, target: goal.target, dueOn: goal.due_on },
    });
    return { removed: true };
  });
}
