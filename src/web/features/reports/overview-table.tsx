import { useMemo } from 'react';
import type { Overview, OverviewRow } from '#modules/reports/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import type { SetSearch } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatDecimal } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import type { Tone } from '#web/ui/tag.tsx';
import { GoalTag } from './goal-tag.tsx';
import type { OverviewSearch } from './overview-search.ts';
import { sayGoalValue } from './say-figure.ts';

interface Props {
  overview: Overview | undefined;
  state: OverviewSearch;
  setState: SetSearch<OverviewSearch>;
}

const topMax = 20;
const tones: Record<OverviewRow['campaign']['state'], Tone> = {
  draft: 'plain',
  live: 'good',
  ended: 'accent',
  archived: 'plain',
};

/** Campaigns to compare, each opening its results; returns stand on one scale with the median marked. */
export function OverviewTable({ overview, state, setState }: Props) {
  const go = useGo();
  const columns = useMemo(() => columnsOf(overview), [overview]);
  const rows = overview === undefined ? undefined : sortRows(overview.rows, state);
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={rows}
      rowId={(row) => row.campaign.id}
      tall
      sort={{
        value: { by: state.sort, desc: state.desc },
        onChange: ({ by, desc }) => setState({ sort: isSort(by) ? by : 'started', desc }),
      }}
      more={{
        onOpen: (row) => go('/campaigns/$campaignId/results', { params: { campaignId: row.campaign.id } }),
        empty: <EmptyState title="No campaign matches">Take a filter away to see more.</EmptyState>,
      }}
    />
  );
}

function isSort(by: string): by is OverviewSearch['sort'] {
  return ['started', 'cost', 'revenue', 'return', 'orders'].includes(by);
}

/** Unknown values stand last, whichever way it is sorted; ties by start and id. */
function sortRows(rows: readonly OverviewRow[], { sort, desc }: OverviewSearch): OverviewRow[] {
  const key = (row: OverviewRow): number | null => {
    switch (sort) {
      case 'started':
        return Date.parse(row.campaign.startsOn);
      case 'cost':
        return row.cost.value === null ? null : Number(row.cost.value.amountMinor);
      case 'revenue':
        return row.revenue.value === null ? null : Number(row.revenue.value.amountMinor);
      case 'return':
        return row.roas.value;
      case 'orders':
        return row.orders.value;
    }
  };
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return desc ? right - left : left - right;
  });
}

function columnsOf(overview: Overview | undefined): TableColumn<OverviewRow>[] {
  const rows = overview?.rows ?? [];
  const ends = rows.flatMap((row) => [row.roas.value ?? 0, row.roas.interval?.high ?? 0]);
  const top = Math.min(topMax, Math.max(2, Math.ceil(Math.max(0, ...ends))));
  const median = overview?.medianReturn.value ?? null;
  return [
    {
      id: 'started',
      header: 'Campaign',
      isSortable: true,
      cell: ({ campaign }) => (
        <div className="clip">
          <AppLink to="/campaigns/$campaignId/results" params={{ campaignId: campaign.id }}>
            <b>{campaign.name}</b>
          </AppLink>
          <div className="meta clip">
            {formatDate(campaign.startsOn)} to {formatDate(campaign.endsOn)}
          </div>
        </div>
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: 92,
      from: 900,
      cell: ({ campaign }) => <Status tone={tones[campaign.state]}>{campaign.state}</Status>,
    },
    {
      id: 'cost',
      header: 'Spent',
      width: 108,
      align: 'end',
      isSortable: true,
      cell: (row) => <Amount cell={row.cost} />,
    },
    {
      id: 'revenue',
      header: 'Earned',
      width: 108,
      align: 'end',
      isSortable: true,
      from: 680,
      cell: (row) => <Amount cell={row.revenue} strong />,
    },
    {
      id: 'orders',
      header: 'Orders',
      width: 84,
      align: 'end',
      isSortable: true,
      from: 900,
      cell: (row) => <Count cell={row.orders} />,
    },
    {
      id: 'return',
      header: 'Return',
      width: 84,
      align: 'end',
      isSortable: true,
      cell: ({ roas }) =>
        roas.value === null ? (
          <Missing reason={roas.reason} />
        ) : (
          <b className={roas.value < 1 ? 'bad' : undefined}>{formatDecimal(roas.value, 2)}</b>
        ),
    },
    {
      id: 'range',
      header: median === null ? `0 to ${top}` : `0 to ${top}, line at median`,
      width: 148,
      from: 1240,
      cell: (row) => <Range row={row} top={top} line={median ?? 1} />,
    },
    { id: 'goals', header: 'Goals', width: 300, from: 900, cell: (row) => <Goals row={row} /> },
  ];
}

function Range({ row, top, line }: { row: OverviewRow; top: number; line: number }) {
  const { value, interval, intervalReason } = row.roas;
  if (value === null || interval === null)
    return <span className="meta">{value === null ? '' : (intervalReason ?? '')}</span>;
  return (
    <RangeMark
      label={`Return ${value.toFixed(2)}, 80 % interval ${interval.low} to ${interval.high}`}
      value={value}
      low={interval.low}
      high={interval.high}
      scale={[0, top]}
      target={line}
      look={value < 1 ? 'bad' : 'plain'}
    />
  );
}

function Goals({ row }: { row: OverviewRow }) {
  const [main] = row.goals;
  if (main === undefined) return <span className="ink-3">none set</span>;
  const met = row.goals.filter((goal) => goal.status === 'met').length;
  return (
    <div className="row">
      <GoalTag status={main.status} />
      <span className="meta clip">
        {main.actual === null
          ? `${main.label}, ${main.reason}`
          : `${sayGoalValue(main, main.actual)} of ${sayGoalValue(main, main.target)} ${main.label.toLowerCase()}`}
        {row.goals.length > 1 && `; ${met} of ${row.goals.length} met`}
      </span>
    </div>
  );
}

function Amount({ cell, strong = false }: { cell: OverviewRow['cost']; strong?: boolean }) {
  if (cell.value === null) return <Missing reason={cell.reason} />;
  const text = formatMoney(cell.value, { short: true });
  return strong ? <b>{text}</b> : <span className="ink-2">{text}</span>;
}

function Count({ cell }: { cell: OverviewRow['orders'] }) {
  return cell.value === null ? <Missing reason={cell.reason} /> : <span>{formatCount(cell.value)}</span>;
}

function Missing({ reason }: { reason: string | null }) {
  return (
    <span className="ink-3" title={reason ?? undefined}>
      –<span className="vh"> {reason}</span>
    </span>
  );
}
