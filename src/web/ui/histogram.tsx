import { useState } from 'react';
import { ChartTable } from '#web/ui/chart-table.tsx';
import { percentOn } from '#web/ui/mark-style.ts';
import { Segments } from '#web/ui/segments.tsx';

export interface Bin {
  from: number;
  to: number;
  count: number;
}

interface Props {
  /** With the sample: "Engagement of 312 peers". */
  label: string;
  bins: readonly Bin[];
  format: (value: number) => string;
  /** Whose value is marked, with its interval. */
  own?: { label: string; value: number; low?: number; high?: number };
  median?: number;
  height?: number;
}

/** A distribution with one's own value and the median marked. */
export function Histogram(props: Props) {
  const [view, setView] = useState<'chart' | 'numbers'>('chart');
  const { label, bins, format } = props;
  if (bins.length === 0) return <p className="meta">Not enough data for a distribution.</p>;
  return (
    <figure className="chart" aria-label={label}>
      {view === 'chart' ? (
        <HistogramPlot {...props} />
      ) : (
        <ChartTable
          label={label}
          heads={['Range', 'Count']}
          rows={bins.map((bin) => [`${format(bin.from)} to ${format(bin.to)}`, String(bin.count)])}
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

function HistogramPlot({ label, bins, format, own, median, height = 180 }: Props) {
  const low = bins.at(0)?.from ?? 0;
  const high = bins.at(-1)?.to ?? 1;
  const top = Math.max(...bins.map((bin) => bin.count), 1);
  const at = (value: number) => percentOn(value, low, high);
  const isOwn = (bin: Bin) => own !== undefined && own.value >= bin.from && own.value < bin.to;
  const ends = [low, (low + high) / 2, high];
  return (
    <div className="plot-box">
      <div
        className="plot hist"
        style={{ height }}
        role="img"
        aria-label={`${label}${own ? `. ${own.label} ${format(own.value)}` : ''}${median === undefined ? '' : `, median ${format(median)}`}`}
      >
        <span className="gl zero" style={{ bottom: 0 }} />
        {own?.low !== undefined && own.high !== undefined && (
          <i className="hist-band" style={{ left: `${at(own.low)}%`, width: `${at(own.high) - at(own.low)}%` }} />
        )}
        {bins.map((bin) => (
          <i
            key={bin.from}
            className={isOwn(bin) ? 'own' : undefined}
            style={{
              left: `${at(bin.from)}%`,
              width: `calc(${at(bin.to) - at(bin.from)}% - 2px)`,
              height: `${(bin.count / top) * 78}%`,
            }}
          />
        ))}
        {median !== undefined && (
          <LineMark left={at(median)} text={`median ${format(median)}`} className="hist-median" />
        )}
        {own && <LineMark left={at(own.value)} text={`${own.label} ${format(own.value)}`} className="hist-own" />}
        {ends.map((end, index) => (
          <span key={end} className={`xt ${['first', '', 'last'][index]}`} style={{ left: `${at(end)}%` }}>
            {format(end)}
          </span>
        ))}
      </div>
    </div>
  );
}

function LineMark({ left, text, className }: { left: number; text: string; className: string }) {
  return (
    <span className={`hist-mark ${className} ${left > 60 ? 'left' : ''}`} style={{ left: `${left}%` }}>
      <span>{text}</span>
    </span>
  );
}
