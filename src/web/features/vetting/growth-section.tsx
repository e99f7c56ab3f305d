import type { GrowthEvent, Vetting } from '#modules/vetting/api.ts';
import { formatChange, formatCompact, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import type { LineEvent, LinePoint } from '#web/ui/line-parts.ts';
import { Section } from '#web/ui/section.tsx';

const dayMs = 86_400_000;
/** Two observations further apart than this are not joined: nobody knows what lay between. */
const joinDaysMax = 45;

/** Followers over time, with the steps in it and what explains them. */
export function GrowthSection({ report, height = 200 }: { report: Vetting; height?: number }) {
  const { series, events, source } = report.growth;
  const first = series[0];
  const last = series.at(-1);
  const end =
    first !== undefined && last !== undefined && first.value > 0 && series.length > 1
      ? `${formatChange(last.value / first.value - 1)} since ${formatDate(first.at)}`
      : undefined;
  return (
    <Section title="Growth" note="followers" {...(end !== undefined && { end })}>
      {series.length < 2 ? (
        <p className="meta vt-empty">
          Not enough data: {series.length} dated follower count of at least 2. Import older exports, or come back after
          the next refresh.
        </p>
      ) : (
        <LineChart
          label={`Followers, from ${source}`}
          points={withGaps(series)}
          format={formatCompact}
          events={events.map(toEvent)}
          height={height}
        />
      )}
    </Section>
  );
}

function withGaps(series: Vetting['growth']['series']): LinePoint[] {
  return series.flatMap((point, i): LinePoint[] => {
    const before = series[i - 1];
    if (before === undefined || Date.parse(point.at) - Date.parse(before.at) <= joinDaysMax * dayMs) return [point];
    const middle = new Date((Date.parse(before.at) + Date.parse(point.at)) / 2).toISOString().slice(0, 10);
    return [{ at: middle, value: null }, point];
  });
}

function toEvent(event: GrowthEvent): LineEvent {
  const change = `${event.change > 0 ? '+' : '−'}${formatCompact(Math.abs(event.change))}`;
  const stayed = event.stayedShare === null ? '' : `, ${formatShare(event.stayedShare)} stayed`;
  if (event.kind === 'drop')
    return { at: event.to, title: `Fell, ${change}`, note: formatShare(-event.share), isOdd: true };
  if (event.explainedBy !== null) return { at: event.to, title: event.explainedBy.value, note: `${change}${stayed}` };
  return { at: event.to, title: `Unexplained, ${change}`, note: stayed.replace(', ', ''), isOdd: true };
}
