import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import { feeStanding, goodsStanding, listGoals } from '#modules/campaigns/index.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { minorScale } from '#modules/tracking/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { CampaignReport } from './api.ts';
import { type CampaignRow, selectCampaign } from './queries/campaigns.ts';
import { selectClicks, selectCodes, selectLinks } from './queries/clicks.ts';
import { type ContentRow, selectContent } from './queries/content-results.ts';
import {
  hasOrders,
  type OrderRow,
  type RatedRow,
  selectHeld,
  selectOrders,
  selectRated,
  selectStrata,
  selectWindowDays,
} from './queries/orders.ts';
import { type RosterRow, selectCosts, selectRosters } from './queries/roster-costs.ts';
import { readCampaignComments } from './read-campaign-comments.ts';
import { buildReport } from './rules/build-report.ts';
import type { ContentInput, EnrolmentInput, OrderInput, RatedInput, ReportInput } from './rules/report-input.ts';
import { drawsMax, resamples } from './rules/resample-return.ts';
import { timesScale } from './rules/times-scale.ts';

/** The report of one campaign. Error: not_found. */
export async function readReport(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; clock: Clock },
): Promise<CampaignReport> {
  const row = await selectCampaign(tx, workspaceId, of.campaignId);
  const [report] = await readReports(tx, workspaceId, { rows: row === undefined ? [] : [row], clock: of.clock });
  if (report === undefined) throw notFound('campaign');
  return { ...report, comments: await readCampaignComments(tx, workspaceId, { report, now: of.clock.now() }) };
}

/** Reports in the order of the rows; one statement a question, however many campaigns, and two more a campaign for its goals. */
export async function readReports(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly CampaignRow[]; clock: Clock },
): Promise<CampaignReport[]> {
  if (of.rows.length === 0) return [];
  const workspace = await getWorkspace(tx, workspaceId);
  const { timeZone } = workspace;
  const campaignIds = of.rows.map((row) => row.id);
  const now = of.clock.now();
  const rosters = await selectRosters(tx, workspaceId, campaignIds);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rosters.map((row) => row.person_id),
  );
  const enrolments = byCampaign(rosters);
  const costs = byCampaign(await selectCosts(tx, workspaceId, campaignIds));
  const content = byCampaign(await selectContent(tx, workspaceId, { campaignIds, timeZone }));
  const links = byCampaign(await selectLinks(tx, workspaceId, { campaignIds, timeZone }));
  const codes = byCampaign(await selectCodes(tx, workspaceId, campaignIds));
  const clicks = byCampaign(await selectClicks(tx, workspaceId, campaignIds));
  const orders = byCampaign(await selectOrders(tx, workspaceId, { campaignIds, timeZone }));
  // Most workspaces sell in one currency: nothing is asked then.
  const foreign = [...orders].filter(([, all]) => all.some((order) => order.currency !== workspace.currency));
  const rated = byCampaign(
    foreign.length === 0
      ? []
      : await selectRated(tx, workspaceId, { campaignIds: foreign.map(([id]) => id), currency: workspace.currency }),
  );
  const held = byCampaign(await selectHeld(tx, workspaceId, { campaignIds }));
  const strata = byCampaign(
    await selectStrata(tx, workspaceId, { campaignIds, amountsMax: Math.floor(drawsMax / resamples) }),
  );
  const shared = {
    today: dayIn(timeZone, now),
    timeZone,
    computedAt: now.toISOString(),
    windowDays: await selectWindowDays(tx, workspaceId),
    hasOrderSource: await hasOrders(tx, workspaceId),
  };
  const reports: CampaignReport[] = [];
  for (const row of of.rows) {
    const input: ReportInput = {
      ...shared,
      campaign: toCampaign(row),
      goals: await listGoals(tx, workspaceId, { campaignId: row.id, clock: of.clock }),
      enrolments: (enrolments.get(row.id) ?? []).map((enrolment) =>
        toEnrolment(enrolment, cards.get(enrolment.person_id)),
      ),
      costs: (costs.get(row.id) ?? []).map((cost) => ({
        enrolmentId: cost.enrolment_id,
        state: cost.state,
        amountMinor: cost.amount_minor,
      })),
      content: (content.get(row.id) ?? []).map(toContent),
      links: (links.get(row.id) ?? []).map((link) => ({ enrolmentId: link.enrolment_id, madeOn: link.made_on })),
      codes: (codes.get(row.id) ?? []).map((code) => code.enrolment_id),
      clicks: (clicks.get(row.id) ?? []).map((click) => ({
        enrolmentId: click.enrolment_id,
        day: click.day,
        clicks: Number(click.clicks),
        visitors: Number(click.visitors),
        dropped: Number(click.dropped),
      })),
      orders: (orders.get(row.id) ?? []).map(toOrder),
      rated: {
        currency: workspace.currency,
        rows: (rated.get(row.id) ?? []).map((one) => toRated(one, workspace.currency)),
      },
      held: (held.get(row.id) ?? []).map((one) => ({
        currency: one.currency,
        orders: Number(one.orders),
        heldMinor: one.held_minor,
      })),
      strata: (strata.get(row.id) ?? []).map((stratum) => ({
        enrolmentId: stratum.enrolment_id,
        count: Number(stratum.count),
        sum: Number(stratum.sum),
        squares: stratum.squares,
        amounts: stratum.amounts?.map(Number) ?? null,
      })),
    };
    reports.push(buildReport(input));
  }
  return reports;
}

function byCampaign<Row extends { campaign_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row.campaign_id);
}

function toRated(row: RatedRow, currency: string): RatedInput {
  return {
    currency: row.currency,
    orders: Number(row.orders),
    rated: Number(row.rated),
    ratedMinor: row.rated_sum === null ? 0n : timesScale(row.rated_sum, minorScale(row.currency, currency)),
    firstDay: row.first_day,
    lastDay: row.last_day,
    sources: row.sources,
  };
}

function toCampaign(row: CampaignRow): ReportInput['campaign'] {
  return {
    id: row.id,
    name: row.name,
    model: row.model,
    state: row.state,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    currency: row.currency,
    budgetMinor: row.budget_minor,
  };
}

function toEnrolment(row: RosterRow, card: PersonCard | undefined): EnrolmentInput {
  const profile = card?.profiles.find((one) => one.profileId === row.profile_id) ?? card?.profiles[0];
  const standing = { phase: row.phase, isRemoved: row.is_removed, isPaid: row.is_paid };
  return {
    id: row.id,
    personId: card?.personId ?? row.person_id,
    name: card?.name ?? 'Creator erased since',
    handle: profile?.handle ?? null,
    platform: profile?.platform ?? null,
    stageLabel: row.stage_label,
    phase: row.phase,
    isRemoved: row.is_removed,
    feeMinor: row.fee_minor,
    feeStanding: feeStanding(standing),
    goodsMinor: row.product_cost_minor,
    goodsStanding: goodsStanding(standing),
    postageMinor: row.postage_minor,
    postageAssumedMinor: row.postage_assumed_minor,
  };
}

export function toContent(row: ContentRow): ContentInput {
  return {
    id: row.id,
    enrolmentId: row.enrolment_id,
    platform: row.platform,
    format: row.format,
    title: row.title,
    state: row.state,
    liveUrl: row.live_url,
    liveAt: row.live_at?.toISOString() ?? null,
    liveDay: row.live_day,
    results: Object.fromEntries(row.results.map(({ metric, ...result }) => [metric, result])),
  };
}

function toOrder(row: OrderRow): OrderInput {
  return {
    enrolmentId: row.enrolment_id,
    day: row.day,
    currency: row.currency,
    orders: Number(row.orders),
    byCode: Number(row.by_code),
    byLink: Number(row.by_link),
    cancelled: Number(row.cancelled),
    refundedInFull: Number(row.refunded_in_full),
    newCustomers: Number(row.new_customers),
    knownCustomers: Number(row.known_customers),
    grossMinor: row.gross_minor,
    cancelledMinor: row.cancelled_minor,
    refundedMinor: row.refunded_minor,
    netMinor: row.net_minor,
  };
}
