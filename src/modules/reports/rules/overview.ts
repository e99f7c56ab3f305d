import type { CampaignReport, CountCell, GoalStatus, Overview, OverviewRow } from '../api.ts';
import { countCell, moneyCell } from './figures.ts';
import { ratio, sumBig } from './ratio.ts';

export const campaignsForMedian = 3;

/** A campaign's report as one line of the overview. */
export function overviewRow(report: CampaignReport): OverviewRow {
  const { cost, sales, traffic, returns } = report;
  return {
    campaign: report.campaign,
    budget: cost.budget,
    cost: { value: cost.total.value, reason: cost.total.reason },
    clicks: { value: traffic.clicks.value, reason: traffic.clicks.reason },
    orders: { value: sales.orders.value, reason: sales.orders.reason },
    revenue: { value: sales.revenue.value, reason: sales.revenue.reason },
    roas: {
      value: returns.roas.value,
      reason: returns.roas.reason,
      interval: returns.roas.interval,
      intervalReason: returns.roas.intervalReason,
    },
    cpa: { value: returns.cpa.value, reason: returns.cpa.reason },
    postsLive: report.deliverables.filter((row) => row.state === 'live').length,
    creators: report.creators.filter((row) => !row.isRemoved).length,
    goals: report.goals,
    otherCurrencies: sales.otherCurrencies.map(({ orders, revenue }) => ({ orders, revenue })),
    note: returns.roas.note,
  };
}

/** Sums of campaigns, currency by currency. The return is over those of which cost and revenue are both known. */
export function overviewTotals(rows: readonly OverviewRow[]): Overview['totals'] {
  const byCurrency = Map.groupBy(rows, (row) => row.campaign.currency);
  return [...byCurrency]
    .toSorted(([a, of], [b, others]) => others.length - of.length || (a < b ? -1 : 1))
    .map(([currency, of]) => {
      const spent = of.flatMap((row) => row.cost.value ?? []);
      const earned = of.flatMap((row) => row.revenue.value ?? []);
      const both = of.filter((row) => row.cost.value !== null && row.revenue.value !== null);
      const orders = of.flatMap((row) => row.orders.value ?? []);
      const minor = (money: { amountMinor: string }) => BigInt(money.amountMinor);
      const earnedOfBoth = sumBig(both, (row) => (row.revenue.value === null ? 0n : minor(row.revenue.value)));
      const spentOfBoth = sumBig(both, (row) => (row.cost.value === null ? 0n : minor(row.cost.value)));
      return {
        currency,
        campaigns: of.length,
        spent: moneyCell(spent.length === 0 ? null : sumBig(spent, minor), currency, 'no cost is entered'),
        earned: moneyCell(earned.length === 0 ? null : sumBig(earned, minor), currency, 'no sales are measured'),
        roas: countCell(
          both.length === 0 ? null : ratio(earnedOfBoth, spentOfBoth),
          both.length === 0 ? 'no campaign has both cost and revenue' : 'the cost is zero',
        ),
        orders: countCell(
          orders.length === 0 ? null : orders.reduce((sum, count) => sum + count, 0),
          'no sales are measured',
        ),
      };
    });
}

export function countGoals(rows: readonly OverviewRow[]): Overview['goals'] {
  const counts: Partial<Record<GoalStatus, number>> = {};
  for (const goal of rows.flatMap((row) => row.goals)) counts[goal.status] = (counts[goal.status] ?? 0) + 1;
  return counts;
}

/** Median return of the campaigns that have one; null under three. */
export function medianReturn(rows: readonly OverviewRow[]): CountCell {
  const values = rows.flatMap((row) => row.roas.value ?? []).toSorted((a, b) => a - b);
  if (values.length < campaignsForMedian) {
    return countCell(
      null,
      `not enough data: ${values.length} of at least ${campaignsForMedian} campaigns have a return`,
    );
  }
  const middle = values.length / 2;
  const low = values[Math.ceil(middle) - 1] ?? 0;
  const high = values[Math.floor(middle)] ?? 0;
  return countCell((low + high) / 2, '');
}
