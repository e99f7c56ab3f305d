import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Goal, GoalMetric, updateGoal as updateGoalEndpoint } from './api.ts';
import { readValue } from './check-goal.ts';
import { differences } from './differences.ts';
import { campaignsError } from './errors.ts';
import { getGoal, getGoalRow } from './get-goal.ts';
import { type CampaignRow, type GoalRow, selectGoals } from './queries/campaigns.ts';
import { type GoalChange, setMainGoal, updateGoalRow } from './queries/change-campaign.ts';
import { holdCampaign, readToday } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';

/** Changes a goal, or makes it the main one. Errors: not_found, bad_target, bad_money, bad_dates, goal_repeated. */
export async function updateGoal(infra: Infra, call: Call<typeof updateGoalEndpoint>): Promise<Goal> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const goal = await getGoalRow(tx, workspaceId, input);
    const { change, changes } = differences<GoalChange>(sameDecimals(goal), toChange(input, goal, campaign));
    const startsOn = change.starts_on ?? goal.starts_on;
    const dueOn = change.due_on ?? goal.due_on;
    if (dueOn < startsOn) {
      const message = `A goal that starts on ${startsOn} cannot be due on ${dueOn}.`;
      throw campaignsError('bad_dates', `dueOn: ${message}`, [{ field: 'dueOn', message }]);
    }
    const others = await selectGoals(tx, workspaceId, [campaign.id]);
    if (others.some((other) => other.id !== goal.id && other.metric === goal.metric && other.due_on === dueOn)) {
      throw campaignsError('goal_repeated', `There is a goal for ${goal.metric} by ${dueOn} already.`, [
        { field: 'dueOn', message: 'This metric has a goal on this date already' },
      ]);
    }
    await updateGoalRow(tx, workspaceId, { id: goal.id, change });
    const isMadeMain = input.isMain === true && !goal.is_main;
    if (isMadeMain) await setMainGoal(tx, workspaceId, { campaignId: campaign.id, goalId: goal.id });
    if (isMadeMain || Object.keys(change).length > 0) {
      await recordCampaignChange(infra, tx, {
        call,
        campaignId: campaign.id,
        what: 'goals',
        action: 'goal.changed',
        subject: { kind: 'goal', id: goal.id },
        changes: isMadeMain ? { ...changes, isMain: { from: false, to: true } } : changes,
      });
    }
    const today = await readToday(tx, workspaceId, infra.clock);
    return getGoal(tx, workspaceId, { campaign, goalId: goal.id, today: today.day });
  });
}

function toChange(input: Call<typeof updateGoalEndpoint>['input'], goal: GoalRow, campaign: CampaignRow): GoalChange {
  const metric = goal.metric as GoalMetric;
  const { currency } = campaign;
  const baseline = (value: NonNullable<typeof input.baseline>) =>
    readValue(value, { metric, field: 'baseline', currency, zeroIsFine: true });
  return {
    ...(input.target === undefined ? {} : { target: readValue(input.target, { metric, field: 'target', currency }) }),
    ...(input.baseline === undefined ? {} : { baseline: input.baseline === null ? null : baseline(input.baseline) }),
    ...(input.startsOn === undefined ? {} : { starts_on: input.startsOn }),
    ...(input.dueOn === undefined ? {} : { due_on: input.dueOn }),
    ...(input.source === undefined ? {} : { source: input.source === '' ? null : input.source }),
  };
}

// The database keeps the decimals a number was written with; "0.034" and "0.034000" are one number.
function sameDecimals(goal: GoalRow): GoalRow {
  const plain = (text: string) => (text.includes('.') ? Number(text).toFixed(6) : text);
  return { ...goal, target: plain(goal.target), baseline: goal.baseline === null ? null : plain(goal.baseline) };
}
