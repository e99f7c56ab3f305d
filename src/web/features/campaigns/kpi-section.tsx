import type { MoneyJson } from '#kernel/money.ts';
import { type Campaign, goalMetrics, type KpiName, kpiLabels, kpisOf } from '#modules/campaigns/api.ts';
import type { CampaignReport } from '#modules/reports/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCompact, formatDecimal, formatShare } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { useCampaignReport } from './use-campaign.ts';

/** The figures that say early how the main goal will end, with what each is for. */
export function KpiSection({ campaign }: { campaign: Campaign }) {
  const [main] = campaign.goals;
  const query = useCampaignReport();
  if (main === undefined) return null;
  const kpis = kpisOf(main.metric, goalMetrics[main.metric].family);
  return (
    <Section title="What to watch" note={`for ${goalMetrics[main.metric].label.toLowerCase()}`}>
      {query.data === undefined ? (
        query.isPending ? (
          <SkeletonLines />
        ) : (
          <p className="ink-2">Your role does not show measured figures.</p>
        )
      ) : (
        <ul className="camp-kpis">
          {kpis.map((kpi) => (
            <li key={kpi.name}>
              <div>
                <b>{kpiLabels[kpi.name]}</b>
                <span className="meta">{kpi.why}</span>
              </div>
              <KpiFigure name={kpi.name} report={query.data} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function KpiFigure({ name, report }: { name: KpiName; report: CampaignReport }) {
  if (name === 'posts_live') {
    const live = report.deliverables.filter((row) => row.state === 'live').length;
    const meaning = { formula: 'count of live deliverables', source: 'deliverables of the campaign' };
    return <Figure label={kpiLabels[name]} value={String(live)} meaning={meaning} />;
  }
  const { value, reason, formula, source, asOf } = figureOf(name, report);
  return (
    <Figure
      label={kpiLabels[name]}
      value={value === null ? null : sayKpi(name, value)}
      missing={reason ?? 'not measured yet'}
      meaning={{ formula, source, ...(asOf === null ? {} : { asOf }) }}
    />
  );
}

function figureOf(name: Exclude<KpiName, 'posts_live'>, report: CampaignReport) {
  const { content, traffic, sales, returns } = report;
  switch (name) {
    case 'reach':
      return content.reach;
    case 'impressions':
      return content.impressions;
    case 'views':
      return content.views;
    case 'engagements':
      return content.engagements;
    case 'engagement_rate':
      return content.engagementRate;
    case 'clicks':
      return traffic.clicks;
    case 'visitors':
      return traffic.visitors;
    case 'orders':
      return sales.orders;
    case 'revenue':
      return sales.revenue;
    case 'average_order':
      return sales.averageOrder;
    case 'cpm':
      return returns.cpm;
    case 'cpe':
      return returns.cpe;
    case 'cpc':
      return returns.cpc;
    case 'cpa':
      return returns.cpa;
    case 'roas':
      return returns.roas;
  }
}

function sayKpi(name: KpiName, value: number | MoneyJson): string {
  if (typeof value === 'object') return formatMoney(value);
  if (name === 'engagement_rate') return formatShare(value);
  return name === 'roas' ? formatDecimal(value, 2) : formatCompact(value);
}
