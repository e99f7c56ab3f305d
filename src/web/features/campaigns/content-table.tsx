import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMemo } from 'react';
import { platformNames } from '#kernel/platform.ts';
import {
  type ContentMetric,
  changeDeliverableState,
  type Deliverable,
  deliverableSteps,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { campaignNouns } from './use-campaign.ts';
import { deliverableNames, sayShortDay } from './words.ts';

interface Props {
  rows: readonly Deliverable[] | undefined;
  mayWrite: boolean;
  error: unknown;
  onRetry: () => void;
  onEnd: () => void;
  onLive: (deliverable: Deliverable) => void;
  onResults: (deliverable: Deliverable) => void;
}

const tones = { planned: 'plain', drafted: 'accent', approved: 'accent', live: 'good', cancelled: 'plain' } as const;
const metricNames: Partial<Record<ContentMetric, string>> = {
  reach: 'Reach',
  views: 'Views',
  likes: 'Likes',
  comments: 'Comments',
};

export function ContentTable({ rows, mayWrite, error, onRetry, onEnd, onLive, onResults }: Props) {
  const change = useApiMutation(changeDeliverableState, {
    invalidate: campaignNouns,
    onSuccess: (after) => sayDone(`${after.title} is ${after.state}`),
    onError: (failure) => sayFailed('Not changed', failure),
  });
  const columns = useMemo((): TableColumn<Deliverable>[] => {
    const own: TableColumn<Deliverable>[] = [...baseColumns];
    if (mayWrite) {
      own.push({
        id: 'actions',
        header: 'More',
        width: 64,
        cell: (row) => (
          <RowMenu
            row={row}
            onLive={() => onLive(row)}
            onResults={() => onResults(row)}
            onStep={(to) => change.mutate({ deliverableId: row.id, from: row.state, to })}
          />
        ),
      });
    }
    return own;
  }, [mayWrite, onLive, onResults, change.mutate]);
  return (
    <DataTable
      label="Content"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      tall
      more={{
        error,
        onRetry,
        onEnd,
        empty: <EmptyState title="No piece matches">Choose another state.</EmptyState>,
        ...((rows?.length ?? 0) > 60 ? { height: 640 } : {}),
        ...(mayWrite ? { onOpen: onResults } : {}),
      }}
    />
  );
}

const result = (metric: ContentMetric): TableColumn<Deliverable> => ({
  id: metric,
  header: metricNames[metric] ?? metric,
  width: 92,
  align: 'end',
  from: metric === 'reach' ? 680 : 1240,
  cell: (row) => {
    const known = row.results[metric];
    return (
      <Figure
        label={metricNames[metric] ?? metric}
        value={known === undefined ? null : formatCompact(known.value)}
        missing="not known"
        isEstimated={known?.isEstimate === true}
        meaning={{
          formula: 'as reported for this post, newest result',
          ...(known === undefined ? {} : { source: known.source, asOf: known.observedAt }),
        }}
      />
    );
  },
});

const baseColumns: TableColumn<Deliverable>[] = [
  {
    id: 'title',
    header: 'Piece',
    cell: (row) => (
      <div className="who camp-piece">
        <Avatar id={row.person.id} name={row.person.name} size={32} />
        <div>
          <b>{row.title}</b>
          <span className="meta">
            {row.person.name}, {platformNames[row.platform]} {row.format}
          </span>
        </div>
      </div>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 150,
    cell: (row) => (
      <>
        <Status tone={row.isLate ? 'bad' : tones[row.state]}>
          {row.isLate ? `${deliverableNames[row.state]}, late` : deliverableNames[row.state]}
        </Status>
        {row.state === 'cancelled' && row.closedReason !== null && <p className="meta">{row.closedReason}</p>}
        {row.liveUrl !== null && row.state === 'live' && (
          <>
            {' '}
            <a
              className="link"
              href={row.liveUrl}
              target="_blank"
              rel="noreferrer noopener"
              aria-label={`Open ${row.title} of ${row.person.name} on ${platformNames[row.platform]}`}
            >
              open
            </a>
          </>
        )}
      </>
    ),
  },
  {
    id: 'due',
    header: 'Due',
    width: 92,
    from: 680,
    cell: (row) => (row.dueOn === null ? <span className="ink-3">no date</span> : sayShortDay(row.dueOn)),
  },
  result('reach'),
  result('views'),
  result('likes'),
  result('comments'),
  {
    id: 'engagements',
    header: 'Engagements',
    width: 112,
    align: 'end',
    from: 900,
    cell: (row) => (
      <Figure
        label="Engagements"
        value={row.engagements === null ? null : formatCompact(row.engagements)}
        missing="not known"
        meaning={{
          formula: 'as reported, else likes + comments + shares and saves that are known',
          source: 'newest results of this post',
        }}
      />
    ),
  },
];

interface MenuProps {
  row: Deliverable;
  onLive: () => void;
  onResults: () => void;
  onStep: (to: Deliverable['state']) => void;
}

function RowMenu({ row, onLive, onResults, onStep }: MenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          aria-label={`Change ${row.title} of ${row.person.name}`}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Item onClick={onResults}>Enter results</Menu.Item>
        <Menu.Divider />
        {deliverableSteps[row.state].map((to) => (
          <Menu.Item key={to} onClick={() => (to === 'live' ? onLive() : onStep(to))}>
            {to === 'live' ? 'Is live' : `Set to ${deliverableNames[to].toLowerCase()}`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
