import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { GoalProposal, proposeGoal as proposeGoalEndpoint } from './api.ts';
import { readToday } from './read-campaigns.ts';
import { readGoal } from './rules/read-goal.ts';

/** What a sentence says of a goal and what it lacks. Changes nothing. */
export async function proposeGoal(infra: Infra, call: Call<typeof proposeGoalEndpoint>): Promise<GoalProposal> {
  const { workspaceId, input } = call;
  const today = await infra.db.inWorkspace(workspaceId, (tx) => readToday(tx, workspaceId, infra.clock));
  const { currency, endsOn, baseline } = input;
  return readGoal(input.text, { currency, endsOn, baseline: baseline ?? null, today: today.day });
}
