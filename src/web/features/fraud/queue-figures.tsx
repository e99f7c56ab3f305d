import type { OutputOf } from '#kernel/endpoint.ts';
import type { getFraudSummary } from '#modules/fraud/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { StatCard } from '#web/ui/stat-card.tsx';

type Summary = OutputOf<typeof getFraudSummary>;

/** What is open, held, leaking and waiting for an answer. */
export function QueueFigures({ summary }: { summary: Summary }) {
  const { openBySeverity: by } = summary;
  const about = { source: 'own rules over own clicks and orders', asOf: summary.judgedAt ?? undefined };
  return (
    <div className="figs">
      <StatCard label="To decide" note={`${by.high} high, ${by.medium} medium, ${by.low} low`}>
        <Figure
          label="Open groups"
          value={formatCount(summary.open)}
          meaning={{ formula: 'groups of findings by rule and creator that nobody decided', ...clean(about) }}
        />
      </StatCard>
      <StatCard label="Credit on hold" note={formatPlural(summary.heldOrders, 'order')}>
        {/* A line each: sums of several currencies are never one. */}
        {(summary.held.length === 0 ? ['0'] : summary.held.map((sum) => formatMoney(sum))).map((held) => (
          <div key={held}>
            <Figure
              label="Credit on hold"
              value={held}
              meaning={{
                formula: 'net amount of orders that an enforcing rule holds, a line for each currency',
                n: formatPlural(summary.heldOrders, 'order'),
                ...clean(about),
              }}
            />
          </div>
        ))}
      </StatCard>
      <StatCard label="Codes that may have leaked" note="spikes, uses without a visit, coupon sites">
        <Figure
          label="Leaks"
          value={formatCount(summary.leaks)}
          meaning={{ formula: 'open groups about codes', ...clean(about) }}
        />
      </StatCard>
      <StatCard label="Appeals" note="wait for an answer">
        <Figure
          label="Appeals"
          value={formatCount(summary.appeals)}
          meaning={{ formula: 'statements of creators without an answer', source: 'portal' }}
        />
      </StatCard>
    </div>
  );
}

function clean({ source, asOf }: { source: string; asOf: string | undefined }) {
  return asOf === undefined ? { source } : { source, asOf };
}
