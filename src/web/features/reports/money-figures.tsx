import type { CampaignReport } from '#modules/reports/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { FigureCard } from './report-figure.tsx';
import { estimateNote } from './results-funnel.tsx';

/** Cost, revenue and what one of anything cost; each says how it is worked out. */
export function MoneyFigures({ report }: { report: CampaignReport }) {
  const { cost, sales, returns } = report;
  const reasons = [...new Set(sales.otherCurrencies.map((other) => other.reason))];
  return (
    <Section title="What it cost and earned" note="point at a figure for its formula, source and sample">
      <div className="figs">
        <FigureCard
          label="Cost"
          of={cost.total}
          note={[
            `${short(cost.fees)} fees`,
            `${short(cost.goods)} goods`,
            ...(cost.postage.amountMinor === '0' ? [] : [`${short(cost.postage)} postage`]),
            `${short(cost.other)} other`,
          ].join(', ')}
        />
        <FigureCard label="Revenue" of={sales.revenue} note={refundNote(report)} />
        {sales.revenueRated !== null && (
          <FigureCard
            label={`All revenue in ${sales.revenueRated.value?.currency ?? "the workspace's currency"}`}
            of={sales.revenueRated}
            note={sales.revenueRated.source}
          />
        )}
        <FigureCard label="Return on investment" of={returns.roi} note="(revenue − cost) / cost" />
        <FigureCard label="Cost per order" of={returns.cpa} />
        <FigureCard label="Average order" of={sales.averageOrder} />
      </div>
      <div className="figs results-second">
        <FigureCard label="Cost per engagement" of={returns.cpe} />
        <FigureCard label="Cost per click" of={returns.cpc} />
        <FigureCard label="Cost per 1,000 impressions" of={returns.cpm} />
        <FigureCard label="New customers" of={sales.newCustomers} />
        <FigureCard label="Visitors" of={report.traffic.visitors} note="a day and link each counts once" />
      </div>
      <p className="meta results-after">
        Of the cost {short(cost.paid)} is paid, {short(cost.due)} due, {short(cost.committed)} committed
        {cost.budget === null ? '; no budget was set' : `; budget ${short(cost.budget)}`}.
        {reasons.map((reason) => {
          const rows = sales.otherCurrencies.filter((other) => other.reason === reason);
          return ` ${sumsOf(rows.map(({ revenue, orders }) => ({ amount: revenue, orders })))} stand apart: ${reason}.`;
        })}
        {sales.held.length > 0 &&
          ` Of the revenue held until somebody decides in Fraud and leaks: ${sumsOf(sales.held)}.`}
      </p>
    </Section>
  );
}

const short = (money: CampaignReport['cost']['fees']) => formatMoney(money, { short: true });

/** "£ 54 from 1 order, $ 195 from 2 orders": a sum for each currency, never added. */
function sumsOf(rows: readonly { amount: Parameters<typeof formatMoney>[0]; orders: number }[]): string {
  return rows
    .map(({ amount, orders }) => `${formatMoney(amount, { short: true })} from ${formatPlural(orders, 'order')}`)
    .join(', ');
}

function refundNote({ sales }: CampaignReport): string | null {
  if (sales.refunded === null || sales.cancelled === null) return null;
  const parts = [
    ...(sales.refunded.amountMinor === '0' ? [] : [`${formatMoney(sales.refunded, { short: true })} refunded`]),
    ...(sales.cancelledOrders === 0 ? [] : [`${formatPlural(sales.cancelledOrders, 'order')} cancelled`]),
  ];
  return parts.length === 0 ? 'nothing refunded or cancelled' : `${parts.join(', ')}, taken off`;
}

/** Reach, impressions, views and engagements: measured, with what is only estimated beside it. */
export function AttentionFigures({ report }: { report: CampaignReport }) {
  const { content, traffic } = report;
  const dropped = traffic.dropped.value;
  return (
    <Section title="Attention" note="newest results of what is live">
      <div className="figs">
        <FigureCard label="Reach" of={content.reach} note={estimateNote(content.reach)} />
        <FigureCard label="Impressions" of={content.impressions} note={estimateNote(content.impressions)} />
        <FigureCard label="Views" of={content.views} note={estimateNote(content.views)} />
        <FigureCard label="Engagements" of={content.engagements} note={estimateNote(content.engagements)} />
        <FigureCard label="Engagement rate" of={content.engagementRate} unit="of reach" />
        <FigureCard
          label="Clicks"
          of={traffic.clicks}
          note={dropped === null ? null : `${formatCount(dropped)} hits dropped: bots, repeats`}
        />
      </div>
    </Section>
  );
}
