import { IconFilterOff } from '@tabler/icons-react';
import { z } from 'zod';
import { type Dropped, getDropped } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { Spark } from '#web/ui/spark.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { TrackingTabs } from './tracking-tabs.tsx';
import { Who } from './who.tsx';
import { dropMeanings, dropWords } from './words.ts';
import './tracking.css';

const search = z.object({ days: z.enum(['7', '30', '90']).default('30') });

/** What was kept but not counted, and why. */
export function DroppedPage() {
  const [state, setState] = useSearchState(search);
  const query = useApiQuery(getDropped, { days: Number(state.days) });
  const data = query.data;
  return (
    <div className="page">
      <PageHeader
        title={
          data === undefined
            ? 'Not counted'
            : `${formatPlural(data.dropped, 'hit')} of ${formatCount(data.counted + data.dropped)} not counted in ${state.days} days`
        }
        actions={
          <Segments
            label="Period"
            value={state.days}
            options={[
              { value: '7', label: '7 days' },
              { value: '30', label: '30 days' },
              { value: '90', label: '90 days' },
            ]}
            onChange={(days) => setState({ days })}
          />
        }
      />
      <TrackingTabs />
      <QueryState query={query}>{(dropped) => <Reasons dropped={dropped} />}</QueryState>
    </div>
  );
}

const linkColumns: TableColumn<Dropped['links'][number]>[] = [
  { id: 'slug', header: 'Link', cell: (row) => <b className="clip">/{row.slug}</b> },
  { id: 'creator', header: 'Creator', width: 210, from: 680, cell: (row) => <Who creator={row.creator} /> },
  {
    id: 'reason',
    header: 'Mostly',
    width: 220,
    from: 900,
    cell: (row) => <span className="clip">{dropWords[row.reason] ?? row.reason}</span>,
  },
  { id: 'counted', header: 'Counted', width: 100, align: 'end', from: 680, cell: (row) => formatCount(row.counted) },
  { id: 'dropped', header: 'Not counted', width: 110, align: 'end', cell: (row) => <b>{formatCount(row.dropped)}</b> },
];

function Reasons({ dropped }: { dropped: Dropped }) {
  const { timeZone } = useWorkspace();
  if (dropped.reasons.length === 0) {
    return (
      <EmptyState icon={IconFilterOff} title="Every hit counted">
        Bots, previews, scanners and repeats show here with their reason. None came in these days.
      </EmptyState>
    );
  }
  const all = dropped.counted + dropped.dropped;
  return (
    <>
      <Section title="Reasons" note={`${dropped.from} to ${dropped.to}, days in ${timeZone}; own click log`}>
        <ul className="trk-reasons">
          {dropped.reasons.map((row) => (
            <li key={row.reason}>
              <div>
                <b>{dropWords[row.reason] ?? row.reason}</b>
                <p className="meta">{dropMeanings[row.reason] ?? 'Hits from before reasons were kept.'}</p>
              </div>
              <Spark
                values={row.days.map((day) => day.hits)}
                label={`${dropWords[row.reason] ?? row.reason} by day: ${row.days.map((day) => day.hits).join(', ')}`}
                look="plain"
              />
              <span className="num">
                <b>{formatCount(row.hits)}</b>
                <span className="meta">
                  {((100 * row.hits) / Math.max(1, all)).toFixed(1)} % of all, {formatPlural(row.links, 'link')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Links" note="most hits not counted first">
        <DataTable
          label="Links with hits that were not counted"
          columns={linkColumns}
          rows={dropped.links}
          rowId={(row) => row.linkId}
          tall
        />
      </Section>
    </>
  );
}
