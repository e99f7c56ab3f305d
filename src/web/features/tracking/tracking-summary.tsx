import type { UseQueryResult } from '@tanstack/react-query';
import type { OutputOf } from '#kernel/endpoint.ts';
import type { getTrackingSummary } from '#modules/tracking/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { dropWords } from './words.ts';

type Summary = OutputOf<typeof getTrackingSummary>;

/** The figures of the last days, each with what it counts. */
export function TrackingSummary({ query }: { query: UseQueryResult<Summary> }) {
  return <QueryState query={query}>{(summary) => <Figures summary={summary} />}</QueryState>;
}

function Figures({ summary }: { summary: Summary }) {
  const { timeZone } = useWorkspace();
  const period = `${summary.from} to ${summary.to}, days in ${timeZone}`;
  const [main, ...others] = summary.revenue;
  return (
    <div className="figs">
      <StatCard label="Clicks" note={`${formatCount(summary.visitors)} visitors, summed by day`}>
        <Figure
          label="Clicks"
          value={formatCount(summary.clicks)}
          meaning={{
            formula:
              'Hits of short links, without bots, previews, the team and repeats of a visitor within a clock hour',
            source: 'own click log',
            n: period,
          }}
        />
      </StatCard>
      <StatCard
        label="Not counted"
        note={
          summary.dropReasons
            .slice(0, 2)
            .map((row) => `${formatCount(row.hits)} ${(dropWords[row.reason] ?? row.reason).toLowerCase()}`)
            .join(', ') || 'nothing was dropped'
        }
      >
        <Figure
          label="Not counted"
          value={formatCount(summary.dropped)}
          meaning={{
            formula: 'Hits that are kept with the reason why they do not count',
            source: 'own click log',
            n: period,
          }}
        />
      </StatCard>
      <StatCard label="Orders" note="cancelled ones left out">
        <Figure
          label="Orders"
          value={formatCount(summary.orders)}
          meaning={{ formula: 'Paid orders of all sources, credited or not', source: 'order sources', n: period }}
        />
      </StatCard>
      <StatCard
        label="Revenue"
        note={others.length > 0 ? `and ${others.map((money) => formatMoney(money)).join(', ')}` : 'net of refunds'}
      >
        <Figure
          label="Revenue"
          value={main === undefined ? null : formatMoney(main)}
          missing="no orders"
          meaning={{
            formula: 'Order amounts less refunds; currencies are never added together',
            source: 'order sources',
            n: period,
          }}
        />
      </StatCard>
    </div>
  );
}
