import { z } from 'zod';
import type { CampaignReport } from '#modules/reports/api.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { toPlotNumber } from '#web/ui/format-money.ts';
import { formatCompact, formatCount } from '#web/ui/format-number.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import type { LineEvent } from '#web/ui/line-parts.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { symbolOf } from './say-figure.ts';

const views = ['clicks', 'orders', 'revenue'] as const;
const search = z.object({ days: z.enum(views).default('clicks') });
const names = { clicks: 'Clicks', orders: 'Orders', revenue: 'Revenue' };
const eventsMax = 3;

/** Day by day, with the posts that went live on the line. */
export function DayChart({ report }: { report: CampaignReport }) {
  const [{ days: view }, setState] = useSearchState(search);
  const { currency } = report.campaign;
  const points = report.days.map((day) => ({ at: day.day, value: measuredOf(day, view) }));
  const isKnown = points.some((point) => point.value !== null);
  return (
    <Section
      title="Day by day"
      note={`${names[view].toLowerCase()}${view === 'revenue' ? `, ${currency}, net of refunds, by day of the order` : ''}`}
      end={
        <Segments
          label="What to draw"
          value={view}
          options={views.map((value) => ({ value, label: names[value] }))}
          onChange={(days) => setState({ days })}
        />
      }
    >
      {isKnown ? (
        <LineChart
          label={`${names[view]}, daily`}
          points={points}
          format={(value) =>
            view === 'revenue'
              ? `${symbolOf(currency)}\u00a0${formatCompact(value)}`
              : value >= 10_000
                ? formatCompact(value)
                : formatCount(value)
          }
          events={eventsOf(report)}
          fromZero
        />
      ) : (
        <p className="ink-2 results-empty">{whyNone(report, view)}</p>
      )}
    </Section>
  );
}

function measuredOf(day: CampaignReport['days'][number], view: (typeof views)[number]): number | null {
  if (view !== 'revenue') return day[view];
  return day.revenue === null ? null : toPlotNumber(day.revenue);
}

function whyNone(report: CampaignReport, view: (typeof views)[number]): string {
  if (report.days.length === 0) return 'The campaign has not begun.';
  const reason = view === 'clicks' ? report.traffic.clicks.reason : report.sales.orders.reason;
  return `Nothing to draw: ${reason ?? 'no day was measured'}.`;
}

/** The posts that most people engaged with, as far apart that their names can be read. */
function eventsOf(report: CampaignReport): LineEvent[] {
  const places = new Map(report.days.map((day, at) => [day.day, at]));
  const apart = Math.ceil(report.days.length / (eventsMax + 1));
  const taken: number[] = [];
  return report.deliverables.flatMap((row) => {
    const day = row.liveAt?.slice(0, 10) ?? '';
    const at = places.get(day);
    if (at === undefined || taken.length === eventsMax) return [];
    if (taken.some((other) => Math.abs(other - at) < apart)) return [];
    taken.push(at);
    return [{ at: day, title: row.personName, note: row.format }];
  });
}
