import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import type { Budget, CampaignModel, CampaignState, Deliverable, Enrolment, Goal } from './api.ts';
import { toGoal } from './goal-values.ts';
import { presentEnrolment } from './present-enrolment.ts';
import {
  selectCampaign,
  selectCampaignsByIds,
  selectGoals,
  selectRosterFrames,
  selectStages,
  sumCosts,
  sumEnrolments,
} from './queries/campaigns.ts';
import { type EnrolmentRow, selectEnrolmentIdsOfPerson, selectEnrolments, selectRoster } from './queries/roster.ts';
import { readToday, type Today, toCostSum, toEnrolmentSum, toStage } from './read-campaigns.ts';
import { readDeliverables } from './read-deliverables.ts';
import { sumBudget } from './rules/sum-budget.ts';

/** A campaign as other modules see it. Money in minor units of `currency`; days in the workspace's time zone. */
export interface CampaignFacts {
  id: string;
  name: string;
  model: CampaignModel;
  state: CampaignState;
  startsOn: string;
  endsOn: string;
  currency: string;
  /** Null while not decided. */
  budgetMinor: bigint | null;
  landingUrl: string | null;
  ownerId: string | null;
}

/** The campaign, or null. */
export async function findCampaign(tx: Tx, workspaceId: string, id: string): Promise<CampaignFacts | null> {
  const row = await selectCampaign(tx, workspaceId, id);
  if (row === undefined) return null;
  return {
    id: row.id,
    name: row.name,
    model: row.model as CampaignModel,
    state: row.state as CampaignState,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    currency: row.currency,
    budgetMinor: row.budget_minor,
    landingUrl: row.landing_url,
    ownerId: row.owner_id,
  };
}

/** The campaign. Error: not_found. */
export async function getCampaign(tx: Tx, workspaceId: string, id: string): Promise<CampaignFacts> {
  const campaign = await findCampaign(tx, workspaceId, id);
  if (campaign === null) throw notFound('campaign');
  return campaign;
}

/** Names of campaigns by id. */
export async function listCampaignNames(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = ids.length === 0 ? [] : await selectCampaignsByIds(tx, workspaceId, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Everyone on a campaign in the order they came in; removed ones too when asked for, told by `removedAt`. */
export async function listEnrolments(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; clock: Clock; withRemoved?: boolean },
): Promise<Enrolment[]> {
  const rows = await selectRoster(tx, workspaceId, [of.campaignId]);
  const wanted = of.withRemoved === true ? rows : rows.filter((row) => row.removed_at === null);
  return presentEnrolments(tx, workspaceId, { rows: wanted, today: await readToday(tx, workspaceId, of.clock) });
}

/** The enrolments named that exist, removed ones included. */
export async function findEnrolments(
  tx: Tx,
  workspaceId: string,
  of: { ids: readonly string[]; clock: Clock },
): Promise<Enrolment[]> {
  if (of.ids.length === 0) return [];
  const rows = await selectEnrolments(tx, workspaceId, of.ids);
  return presentEnrolments(tx, workspaceId, { rows, today: await readToday(tx, workspaceId, of.clock) });
}

/** One enrolment, or null. */
export async function findEnrolment(
  tx: Tx,
  workspaceId: string,
  of: { id: string; clock: Clock },
): Promise<Enrolment | null> {
  return (await findEnrolments(tx, workspaceId, { ids: [of.id], clock: of.clock }))[0] ?? null;
}

/** One enrolment, removed or not. Error: not_found. */
export async function getEnrolment(tx: Tx, workspaceId: string, of: { id: string; clock: Clock }): Promise<Enrolment> {
  const enrolment = await findEnrolment(tx, workspaceId, of);
  if (enrolment === null) throw notFound('enrolment');
  return enrolment;
}

/** All enrolments of a person, newest first. */
export async function listEnrolmentsOfPerson(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; clock: Clock },
): Promise<Enrolment[]> {
  const ids = await selectEnrolmentIdsOfPerson(tx, workspaceId, of.personId);
  return (await findEnrolments(tx, workspaceId, { ids, clock: of.clock })).toReversed();
}

/** Goals of a campaign, the main one first, with what the pace expects today. The actual is for reports to compute. */
export async function listGoals(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; clock: Clock },
): Promise<Goal[]> {
  const campaign = await getCampaign(tx, workspaceId, of.campaignId);
  const { day } = await readToday(tx, workspaceId, of.clock);
  const rows = await selectGoals(tx, workspaceId, [of.campaignId]);
  return rows.map((row) => toGoal(row, { currency: campaign.currency, today: day }));
}

/** Deliverables of a campaign with the newest result of each metric; of removed creators too, since what is live stays live. */
export async function listContent(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; clock: Clock },
): Promise<Deliverable[]> {
  return readDeliverables(tx, workspaceId, {
    campaignId: of.campaignId,
    today: await readToday(tx, workspaceId, of.clock),
  });
}

/** What a campaign costs by how firm it is, from fees, goods and other costs. Error: not_found. */
export async function getBudget(tx: Tx, workspaceId: string, campaignId: string): Promise<Budget> {
  const campaign = await getCampaign(tx, workspaceId, campaignId);
  const sums = await sumEnrolments(tx, workspaceId, [campaignId]);
  const costs = await sumCosts(tx, workspaceId, [campaignId]);
  return sumBudget({
    currency: campaign.currency,
    totalMinor: campaign.budgetMinor,
    enrolments: sums.map(toEnrolmentSum),
    costs: costs.map(toCostSum),
  });
}

/** Rows as they are answered: names from the creators module, stages and currency from their campaigns. */
export async function presentEnrolments(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly EnrolmentRow[]; today: Today; cards?: Map<string, PersonCard> },
): Promise<Enrolment[]> {
  if (of.rows.length === 0) return [];
  const campaignIds = [...new Set(of.rows.map((row) => row.campaign_id))];
  const frames = new Map((await selectRosterFrames(tx, workspaceId, campaignIds)).map((row) => [row.id, row]));
  const stages = await selectStages(tx, workspaceId, campaignIds);
  const stageOf = new Map(stages.map((row) => [`${row.campaign_id} ${row.name}`, toStage(row)]));
  const cards =
    of.cards ??
    (await readPersonCards(
      tx,
      workspaceId,
      of.rows.map((row) => row.person_id),
    ));
  return of.rows.flatMap((row) => {
    const stage = stageOf.get(`${row.campaign_id} ${row.stage}`);
    const frame = frames.get(row.campaign_id);
    if (stage === undefined || frame === undefined) return [];
    return [presentEnrolment(row, { stage, card: cards.get(row.person_id), frame, today: of.today })];
  });
}
