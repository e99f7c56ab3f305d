import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  type Campaign,
  type CampaignModel,
  type CampaignState,
  campaignModelTraits,
  type Happening,
  type RosterCounts,
  type Stage,
  type StageGate,
  type StagePhase,
  type WaitsFor,
} from './api.ts';
import { toGoal } from './goal-values.ts';
import {
  type CampaignRow,
  lockCampaign,
  type StageRow,
  selectCampaign,
  selectGoals,
  selectRosterFrames,
  selectStages,
  shareCampaignRow,
  sumCosts,
  sumEnrolments,
} from './queries/campaigns.ts';
import { type EnrolmentRow, selectRoster } from './queries/roster.ts';
import { type EnrolmentSum, sumBudget } from './rules/sum-budget.ts';
import { type BriefDays, tellBlockingOf } from './tell-blocking-of.ts';

/** The calendar of the workspace at this moment. */
export interface Today {
  day: string;
  timeZone: string;
  /** Currency of the workspace. */
  currency: string;
}

/** Today in the workspace's time zone. */
export async function readToday(tx: Tx, workspaceId: string, clock: Clock): Promise<Today> {
  const workspace = await getWorkspace(tx, workspaceId);
  return { day: dayIn(workspace.timeZone, clock.now()), timeZone: workspace.timeZone, currency: workspace.currency };
}

/** The campaign's row. Error: not_found. */
export async function getCampaignRow(tx: Tx, workspaceId: string, campaignId: string): Promise<CampaignRow> {
  const row = await selectCampaign(tx, workspaceId, campaignId);
  if (row === undefined) throw notFound('campaign');
  return row;
}

/** The campaign's row, held until the transaction ends. Error: not_found. */
export async function holdCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<CampaignRow> {
  const row = await lockCampaign(tx, workspaceId, campaignId);
  if (row === undefined) throw notFound('campaign');
  return row;
}

/** The campaign's row, held against changes of it (not against others who hold it like this) until the transaction ends. Error: not_found. */
export async function shareCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<CampaignRow> {
  const row = await shareCampaignRow(tx, workspaceId, campaignId);
  if (row === undefined) throw notFound('campaign');
  return row;
}

/** One campaign with goals, stages, budget and counts. Error: not_found. */
export async function readCampaign(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; clock: Clock },
): Promise<Campaign> {
  const row = await getCampaignRow(tx, workspaceId, of.campaignId);
  const [campaign] = await readCampaigns(tx, workspaceId, {
    rows: [row],
    today: await readToday(tx, workspaceId, of.clock),
  });
  if (campaign === undefined) throw notFound('campaign');
  return campaign;
}

/** Campaigns as they are answered, in the order of the rows; a handful of statements, however many there are. */
export async function readCampaigns(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly CampaignRow[]; today: Today },
): Promise<Campaign[]> {
  const ids = of.rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const byCampaign = <Row extends { campaign_id: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, (row) => row.campaign_id);
  const goals = byCampaign(await selectGoals(tx, workspaceId, ids));
  const stages = byCampaign(await selectStages(tx, workspaceId, ids));
  const sums = byCampaign(await sumEnrolments(tx, workspaceId, ids));
  const costs = byCampaign(await sumCosts(tx, workspaceId, ids));
  const roster = byCampaign(await selectRoster(tx, workspaceId, ids));
  const frames = new Map((await selectRosterFrames(tx, workspaceId, ids)).map((frame) => [frame.id, frame]));
  return of.rows.map((row) => {
    const ownStages = (stages.get(row.id) ?? []).map(toStage);
    return {
      ...toHead(row),
      goals: (goals.get(row.id) ?? []).map((goal) => toGoal(goal, { currency: row.currency, today: of.today.day })),
      stages: ownStages,
      budget: sumBudget({
        currency: row.currency,
        totalMinor: row.budget_minor,
        enrolments: (sums.get(row.id) ?? []).map(toEnrolmentSum),
        costs: (costs.get(row.id) ?? []).map(toCostSum),
      }),
      roster: countRoster(roster.get(row.id) ?? [], ownStages, { ...of.today, frame: frames.get(row.id) ?? noDays }),
    };
  });
}

function toHead(row: CampaignRow) {
  return {
    id: row.id,
    name: row.name,
    model: row.model as CampaignModel,
    modelName: row.own_model_name ?? campaignModelTraits[row.model as CampaignModel].label,
    ownModelId: row.own_model_id,
    state: row.state as CampaignState,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    currency: row.currency,
    landingUrl: row.landing_url,
    note: row.note,
    ownerId: row.owner_id,
    briefVersion: row.brief_version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function toStage(row: StageRow): Stage {
  return {
    name: row.name,
    label: row.label,
    phase: row.phase as StagePhase,
    waitsFor: row.waits_for as WaitsFor,
    patienceDays: row.patience_days,
    task: row.task,
    gate: row.gate as StageGate,
    isOptional: row.is_optional,
    reachedBy: row.reached_by as Happening[],
    needs: row.needs as Happening[],
  };
}

type SumRow = Awaited<ReturnType<typeof sumEnrolments>>[number];

export function toEnrolmentSum(sum: SumRow): EnrolmentSum {
  return {
    phase: sum.phase,
    isRemoved: sum.is_removed,
    isPaid: sum.is_paid,
    feeMinor: sum.fee_minor,
    productCostMinor: sum.product_cost_minor,
    postageMinor: sum.postage_minor,
    postageAssumedMinor: sum.postage_assumed_minor,
  };
}

export function toCostSum(cost: Awaited<ReturnType<typeof sumCosts>>[number]) {
  return { state: cost.state, amountMinor: cost.amount_minor };
}

/** A campaign without a brief. */
export const noDays: BriefDays = { respond_by: null, drafts_by: null };

function countRoster(
  rows: readonly EnrolmentRow[],
  stages: readonly Stage[],
  today: Today & { frame: BriefDays },
): RosterCounts {
  const counts: RosterCounts = {
    creators: 0,
    waitForUs: 0,
    waitForCreator: 0,
    late: 0,
    perStage: {},
    deliverables: 0,
    live: 0,
  };
  for (const stage of stages) counts.perStage[stage.name] = 0;
  const stageOf = new Map(stages.map((stage) => [stage.name, stage]));
  for (const row of rows) {
    const stage = stageOf.get(row.stage);
    if (row.removed_at !== null || stage === undefined) continue;
    counts.creators += 1;
    counts.perStage[row.stage] = (counts.perStage[row.stage] ?? 0) + 1;
    counts.deliverables += row.deliverables;
    counts.live += row.live;
    const { who } = tellBlockingOf(row, stage, today);
    if (who === 'us') counts.waitForUs += 1;
    if (who === 'creator') counts.waitForCreator += 1;
    if (who === 'late') counts.late += 1;
  }
  return counts;
}
