import { useState } from 'react';
import { type ContentReading, foundMetrics, listReadings } from '#modules/content/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import { QueryState } from '#web/ui/query-state.tsx';

type Metric = (typeof foundMetrics)[number];

/** How a captured post's figures went, a point a reading. */
export function FiguresSection({ assetId }: { assetId: string }) {
  const query = useApiQuery(listReadings, { assetId });
  return <QueryState query={query}>{({ readings }) => <Shape readings={readings} />}</QueryState>;
}

function Shape({ readings }: { readings: ContentReading[] }) {
  const [chosen, setChosen] = useState<Metric | null>(null);
  const known = foundMetrics.filter((metric) => readings.filter((one) => one[metric] !== null).length > 1);
  const metric = known.find((one) => one === chosen) ?? known[0];
  if (metric === undefined)
    return (
      <p className="meta">
        {readings.length === 0
          ? 'No reading yet'
          : `${formatPlural(readings.length, 'reading')}; a shape is drawn from two readings of one figure on`}
      </p>
    );
  const sources = [...new Set(readings.map((one) => one.source))].join(', ');
  return (
    <section className="stack-tight" aria-label="Figures over time">
      <fieldset className="ct-acts" aria-label="Which figure">
        {known.map((one) => (
          <button
            key={one}
            type="button"
            className="ct-metric"
            aria-pressed={one === metric}
            onClick={() => setChosen(one)}
          >
            {one}
          </button>
        ))}
      </fieldset>
      <LineChart
        label={`${metric}, by reading`}
        points={readings.map((one) => ({ at: one.observedAt, value: one[metric] }))}
        format={formatCompact}
      />
      <p className="meta">
        {formatPlural(readings.length, 'reading')}, from {sources}
      </p>
    </section>
  );
}
