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
const eventsMax = 4;

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

/** The posts that most people engaged with, so that the marks can be told apart. */
function eventsOf(report: CampaignReport): LineEvent[] {
  const shown = new Set(report.days.map((day) => day.day));
  const taken = new Set<string>();
  return report.deliverables
    .flatMap((row) =>
      row.liveAt === null ? [] : [{ at: row.liveAt.slice(0, 10), title: row.personName, note: row.format, row }],
    )
    .filter(({ at }) => shown.has(at) && !taken.has(at) && taken.add(at))
    .slice(0, eventsMax)
    .map(({ at, title, note }) => ({ at, title, note }));
}
