import { useState } from 'react';
import { ChartTable } from '#web/ui/chart-table.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import type { LineChartProps } from '#web/ui/line-parts.ts';
import { LinePlot } from '#web/ui/line-plot.tsx';
import { Segments } from '#web/ui/segments.tsx';

/** Change over time: the newest value written at its end, events on the line, gaps where nothing is known, numbers on demand. */
export function LineChart(props: LineChartProps) {
  const [view, setView] = useState<'chart' | 'numbers'>('chart');
  const known = props.points.filter((point) => point.value !== null);
  if (known.length < 2)
    return <p className="meta">Not enough data for a line: {known.length} of at least 2 measurements.</p>;
  return (
    <figure className="chart" aria-label={props.label}>
      {view === 'chart' ? (
        <LinePlot {...props} />
      ) : (
        <ChartTable
          label={props.label}
          heads={['When', 'Value', ...(props.compare ? [props.compare.label] : [])]}
          rows={props.points.map((point, index) => [
            formatDate(point.at),
            point.value === null ? 'not known' : props.format(point.value),
            ...(props.compare ? [compareText(props, index)] : []),
          ])}
        />
      )}
      <div className="chart-view noprint">
        <Segments
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'chart', label: 'Chart' },
            { value: 'numbers', label: 'Numbers' },
          ]}
        />
      </div>
    </figure>
  );
}

function compareText({ compare, format }: LineChartProps, index: number): string {
  const value = compare?.points[index]?.value ?? null;
  return value === null ? 'not known' : format(value);
}
