import type { CampaignReport, ContentCell, ContentRow } from '../api.ts';
import { answerOf } from './answer.ts';
import { creatorRows } from './creator-rows.ts';
import { daySeries } from './day-series.ts';
import { countCell } from './figures.ts';
import { footnotesOf } from './footnotes.ts';
import { funnelOf } from './funnel.ts';
import { measureGoal } from './measure-goal.ts';
import { ratio, sumOf } from './ratio.ts';
import type { ContentInput, ReportInput, ResultInput } from './report-input.ts';
import { hashText, resampleRevenue } from './resample-return.ts';
import { countReturns } from './returns.ts';
import { engagementsOf, sumContent } from './sum-content.ts';
import { sumCost } from './sum-cost.ts';
import { sumSales } from './sum-sales.ts';
import { sumTraffic } from './sum-traffic.ts';

/** The whole report of a campaign from its rows. Pure: the same rows give the same report to the last digit. */
export function buildReport(input: ReportInput): CampaignReport {
  const { budgetMinor: _, ...campaign } = input.campaign;
  const cost = sumCost(input);
  const content = sumContent(input.content);
  const traffic = sumTraffic(input);
  const sales = sumSales(input);
  const resampled = resampleRevenue(input.strata, hashText(campaign.id));
  const returns = countReturns({
    currency: campaign.currency,
    cost: cost.report.total,
    revenue: sales.revenue,
    orders: sales.orders,
    clicks: traffic.clicks,
    impressions: content.impressions,
    engagements: content.engagements,
    interval: resampled.total,
    ownOrders: sumOf(input.strata, (stratum) => stratum.count),
  });
  const { rows: creators, unassigned, considering } = creatorRows(input, cost, resampled);
  return {
    campaign,
    computedAt: input.computedAt,
    today: input.today,
    timeZone: input.timeZone,
    answer: answerOf({ cost: cost.report, sales, returns, content, creators }),
    goals: input.goals.map((goal) => measureGoal(goal, input, cost)),
    content,
    traffic,
    sales,
    cost: cost.report,
    returns,
    funnel: funnelOf(content, traffic, sales),
    creators,
    unassigned,
    considering,
    deliverables: contentRows(input),
    days: daySeries(input),
    footnotes: footnotesOf(input),
  };
}

function contentRows(input: ReportInput): ContentRow[] {
  const names = new Map(input.enrolments.map((enrolment) => [enrolment.id, enrolment.name]));
  return input.content
    .filter((content) => content.state !== 'cancelled')
    .map((content) => {
      const engagements = engagementsOf(content);
      return {
        deliverableId: content.id,
        enrolmentId: content.enrolmentId,
        personName: names.get(content.enrolmentId) ?? 'Creator without a name',
        platform: content.platform,
        format: content.format,
        title: content.title,
        state: content.state,
        liveUrl: content.liveUrl,
        liveAt: content.liveAt,
        reach: cellOf(content.results.reach),
        impressions: cellOf(content.results.impressions),
        views: cellOf(content.results.views),
        engagements: cellOf(engagements ?? undefined),
        engagementRate: rateCell(content, engagements),
      };
    })
    .toSorted(
      (a, b) =>
        (b.engagements?.value ?? -1) - (a.engagements?.value ?? -1) || (a.deliverableId < b.deliverableId ? -1 : 1),
    );
}

function cellOf(result: ResultInput | undefined): ContentCell {
  return result ?? null;
}

function rateCell(content: ContentInput, engagements: ResultInput | null): ContentRow['engagementRate'] {
  const { reach } = content.results;
  if (reach === undefined || engagements === null) return countCell(null, 'reach or engagements not known');
  if (reach.isEstimate || engagements.isEstimate) return countCell(null, 'only estimated');
  return countCell(ratio(BigInt(engagements.value), BigInt(reach.value)), 'nobody was reached');
}
