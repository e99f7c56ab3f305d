import type { CountCell, MoneyCell, Overview } from '#modules/reports/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { StatCard } from '#web/ui/stat-card.tsx';

/** Sums of what is shown: one row of figures a currency. */
export function OverviewTotals({ overview }: { overview: Overview }) {
  const { medianReturn } = overview;
  return (
    <div className="stack">
      {overview.totals.map((total) => {
        const campaigns = formatPlural(total.campaigns, 'campaign');
        const about = { source: `${campaigns} in ${total.currency}`, asOf: overview.computedAt };
        return (
          <div key={total.currency} className="figs">
            <StatCard label={`Spent, ${total.currency}`} note={total.spent.reason ?? campaigns}>
              <Figure
                label="Spent"
                value={sayMoney(total.spent)}
                meaning={{ formula: 'sum of the costs of each campaign', ...about }}
              />
            </StatCard>
            <StatCard label="Earned" note={total.earned.reason ?? 'net of refunds'}>
              <Figure
                label="Earned"
                value={sayMoney(total.earned)}
                meaning={{ formula: 'sum of the revenue of each campaign', ...about }}
              />
            </StatCard>
            <StatCard label="Return" note={total.roas.reason ?? sayMedian(medianReturn)}>
              <Figure
                label="Return"
                value={total.roas.value === null ? null : formatDecimal(total.roas.value, 2)}
                meaning={{ formula: 'revenue / cost, over campaigns of which both are known', ...about }}
              />
            </StatCard>
            <StatCard label="Orders" note={total.orders.reason ?? 'credited, not refunded in full'}>
              <Figure
                label="Orders"
                value={total.orders.value === null ? null : formatCount(total.orders.value)}
                meaning={{ formula: 'sum of the orders of each campaign', ...about }}
              />
            </StatCard>
          </div>
        );
      })}
    </div>
  );
}

function sayMoney(cell: MoneyCell): string | null {
  return cell.value === null ? null : formatMoney(cell.value, { short: true });
}

export function sayMedian(median: CountCell): string {
  return median.value === null
    ? 'median: not enough data'
    : `median of the campaigns ${formatDecimal(median.value, 2)}`;
}
