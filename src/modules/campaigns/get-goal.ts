import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import type { Goal } from './api.ts';
import { toGoal } from './goal-values.ts';
import { type CampaignRow, type GoalRow, selectGoals } from './queries/campaigns.ts';

/** The row of a campaign's goal. Error: not_found. */
export async function getGoalRow(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; goalId: string },
): Promise<GoalRow> {
  const rows = await selectGoals(tx, workspaceId, [of.campaignId]);
  const row = rows.find((goal) => goal.id === of.goalId);
  if (row === undefined) throw notFound('goal');
  return row;
}

/** A goal as it is answered. Error: not_found. */
export async function getGoal(
  tx: Tx,
  workspaceId: string,
  of: { campaign: CampaignRow; goalId: string; today: string },
): Promise<Goal> {
  const row = await getGoalRow(tx, workspaceId, { campaignId: of.campaign.id, goalId: of.goalId });
  return toGoal(row, { currency: of.campaign.currency, today: of.today });
}
