import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Brief, CampaignModel, CampaignState, Stage } from '../api.ts';
import type { MeasurableGoal } from '../check-goal.ts';

export interface NewCampaign {
  id: string;
  name: string;
  model: CampaignModel;
  ownModel: { id: string | null; name: string } | null;
  startsOn: string;
  endsOn: string;
  currency: string;
  budgetMinor: bigint | null;
  ownerId: string | null;
  landingUrl: string | null;
  note: string | null;
  createdBy: string;
  at: Date;
}

export async function insertCampaign(tx: Tx, workspaceId: string, row: NewCampaign): Promise<void> {
  await tx
    .insertInto('campaign')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      name: row.name,
      model: row.model,
      own_model_id: row.ownModel?.id ?? null,
      own_model_name: row.ownModel?.name ?? null,
      starts_on: row.startsOn,
      ends_on: row.endsOn,
      currency: row.currency,
      budget_minor: row.budgetMinor,
      owner_id: row.ownerId,
      landing_url: row.landingUrl,
      note: row.note,
      created_by: row.createdBy,
      created_at: row.at,
      updated_at: row.at,
    })
    .execute();
}

export interface CampaignChange {
  name?: string;
  starts_on?: string;
  ends_on?: string;
  budget_minor?: bigint | null;
  owner_id?: string | null;
  landing_url?: string | null;
  note?: string | null;
  state?: CampaignState;
}

export async function updateCampaignRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: CampaignChange },
): Promise<void> {
  if (Object.keys(of.change).length === 0) return;
  await tx
    .updateTable('campaign')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export async function deleteCampaignRow(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('campaign').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function insertGoals(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; goals: readonly (MeasurableGoal & { id: string; isMain: boolean })[]; at: Date },
): Promise<void> {
  if (of.goals.length === 0) return;
  await tx
    .insertInto('campaign_goal')
    .values(
      of.goals.map((goal, index) => ({
        workspace_id: workspaceId,
        id: goal.id,
        campaign_id: of.campaignId,
        family: goal.family,
        metric: goal.metric,
        target: goal.target,
        baseline: goal.baseline,
        starts_on: goal.startsOn,
        due_on: goal.dueOn,
        source: goal.source,
        is_main: goal.isMain,
        // A millisecond apart keeps the order in which they were given.
        created_at: new Date(of.at.getTime() + index),
      })),
    )
    .execute();
}

export interface GoalChange {
  target?: string;
  baseline?: string | null;
  starts_on?: string;
  due_on?: string;
  source?: string | null;
}

export async function updateGoalRow(
  tx: Tx,
  workspaceId: string,
  of: { id: string; change: GoalChange },
): Promise<void> {
  if (Object.keys(of.change).length === 0) return;
  await tx
    .updateTable('campaign_goal')
    .set(of.change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

/** Makes one goal of the campaign the main one. Two statements: the index allows no moment with two. */
export async function setMainGoal(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; goalId: string },
): Promise<void> {
  const goals = tx
    .updateTable('campaign_goal')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId);
  await goals.set({ is_main: false }).where('is_main', '=', true).where('id', '<>', of.goalId).execute();
  await goals.set({ is_main: true }).where('id', '=', of.goalId).execute();
}

export async function deleteGoal(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('campaign_goal').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function insertStages(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; stages: readonly Stage[] },
): Promise<void> {
  await tx
    .insertInto('campaign_stage')
    .values(
      of.stages.map((stage, index) => ({
        workspace_id: workspaceId,
        campaign_id: of.campaignId,
        name: stage.name,
        label: stage.label,
        sort: index,
        phase: stage.phase,
        waits_for: stage.waitsFor,
        patience_days: stage.patienceDays,
        task: stage.task,
        gate: stage.gate,
        is_optional: stage.isOptional,
        reached_by: [...stage.reachedBy],
        needs: [...stage.needs],
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'campaign_id', 'name']).doUpdateSet((set) => ({
        label: set.ref('excluded.label'),
        sort: set.ref('excluded.sort'),
        phase: set.ref('excluded.phase'),
        waits_for: set.ref('excluded.waits_for'),
        patience_days: set.ref('excluded.patience_days'),
        task: set.ref('excluded.task'),
        gate: set.ref('excluded.gate'),
        is_optional: set.ref('excluded.is_optional'),
        reached_by: set.ref('excluded.reached_by'),
        needs: set.ref('excluded.needs'),
      })),
    )
    .execute();
}

export async function deleteStages(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; names: readonly string[] },
): Promise<void> {
  await sql`
    delete from campaign_stage
    where workspace_id = ${workspaceId} and campaign_id = ${of.campaignId} and name = any(${of.names}::text[])`.execute(
    tx,
  );
}

/** Stages in which creators stand, or stood when they were removed. */
export async function selectUsedStages(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<{ stage: string; creators: number; removed: number }[]> {
  const { rows } = await sql<{ stage: string; creators: number; removed: number }>`
    select stage, (count(*) filter (where removed_at is null))::int as creators, (count(*) filter (where removed_at is not null))::int as removed
    from enrolment where workspace_id = ${workspaceId} and campaign_id = ${campaignId} group by stage`.execute(tx);
  return rows;
}

export async function insertBriefVersion(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; version: number; brief: Brief; savedBy: string; at: Date },
): Promise<void> {
  const brief = JSON.stringify(of.brief);
  await tx
    .insertInto('brief_version')
    .values({
      workspace_id: workspaceId,
      campaign_id: of.campaignId,
      version: of.version,
      brief,
      saved_by: of.savedBy,
      saved_at: of.at,
    })
    .execute();
  await tx
    .updateTable('campaign')
    .set({ brief, brief_version: of.version })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.campaignId)
    .execute();
}

export async function selectBriefVersion(tx: Tx, workspaceId: string, of: { campaignId: string; version: number }) {
  return tx
    .selectFrom('brief_version')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .where('version', '=', of.version)
    .executeTakeFirst();
}

export async function selectBriefVersions(tx: Tx, workspaceId: string, campaignId: string) {
  return tx
    .selectFrom('brief_version')
    .select(['version', 'saved_by', 'saved_at'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('version', 'desc')
    .execute();
}
