import type { CampaignReport, FunnelStep } from '#modules/reports/api.ts';
import { formatCount, formatShare } from '#web/ui/format-number.ts';
import { FunnelBars } from '#web/ui/funnel-bars.tsx';
import { Section } from '#web/ui/section.tsx';
import { ReportFigure } from './report-figure.tsx';

/** From seen to bought, each step with its rate where both sides of it are whole. */
export function ResultsFunnel({ report }: { report: CampaignReport }) {
  const { content, traffic, sales } = report;
  const figures = {
    reached: content.reach,
    engaged: content.engagements,
    clicked: traffic.clicks,
    ordered: sales.orders,
  };
  return (
    <Section title="From seen to bought" note="reach counts a person once a post; estimates are not in the bars">
      <FunnelBars
        label="From seen to bought"
        steps={report.funnel.map((step) => ({
          id: step.id,
          label: step.label,
          count: step.count,
          value: <ReportFigure label={step.label} of={figures[step.id]} />,
          rate: rateOf(step, report),
        }))}
      />
    </Section>
  );
}

function rateOf(step: FunnelStep, report: CampaignReport): string {
  if (step.count === null) return step.reason ?? '';
  if (step.id === 'reached') return estimateNote(report.content.reach);
  const rate = step.rate === null ? step.rateReason : `${formatShare(step.rate)} of ${step.rateOf}`;
  return [rate, step.id === 'ordered' ? step.note : null].filter(Boolean).join('; ');
}

export function estimateNote(of: CampaignReport['content']['reach']): string {
  const typed = of.typed === 0 ? '' : `, ${of.typed} typed from a screenshot`;
  const known = `${of.known} of ${formatCount(of.live)} live posts${typed}`;
  return of.estimated === null
    ? known
    : `${known}; ${formatCount(of.estimated.value)} more estimated on ${of.estimated.known}`;
}
