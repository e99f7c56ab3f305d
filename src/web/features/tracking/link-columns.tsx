import type { Link } from '#modules/tracking/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { Spark } from '#web/ui/spark.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { Who } from './who.tsx';
import { stateOfLink } from './words.ts';

export const linkColumns: TableColumn<Link>[] = [
  {
    id: 'slug',
    header: 'Link',
    isSortable: true,
    cell: (row) => (
      <div className="clip" title={`${row.shortUrl} leads to ${row.destination}`}>
        <b>{row.domain === null ? `/${row.slug}` : `${row.domain}/${row.slug}`}</b>
        {row.health?.state === 'broken' && row.state === 'live' && <Tag tone="bad">does not answer</Tag>}
        <div className="meta clip">{row.destination.replace(/^https?:\/\//, '')}</div>
      </div>
    ),
  },
  { id: 'creator', header: 'Creator', width: 210, from: 680, cell: (row) => <Who creator={row.creator} /> },
  {
    id: 'campaign',
    header: 'Campaign',
    width: 150,
    from: 1240,
    cell: (row) => <span className="clip">{row.campaign?.name ?? <span className="ink-3">None</span>}</span>,
  },
  {
    id: 'state',
    header: 'State',
    width: 90,
    from: 900,
    cell: (row) => <Status tone={stateOfLink(row).tone}>{stateOfLink(row).word}</Status>,
  },
  {
    id: 'shape',
    header: 'Seven days',
    width: 90,
    from: 680,
    cell: (row) => (
      <Spark
        values={row.lastSevenDays.map((day) => day.clicks)}
        label={`Clicks of the last seven days: ${row.lastSevenDays.map((day) => day.clicks).join(', ')}`}
        look={row.lastSevenDays.some((day) => day.clicks > 0) ? 'up' : 'plain'}
      />
    ),
  },
  {
    id: 'clicks',
    header: 'Clicks',
    width: 90,
    align: 'end',
    isSortable: true,
    cell: (row) => <b>{formatCount(row.clicks)}</b>,
  },
  {
    id: 'dropped',
    header: 'Not counted',
    width: 110,
    align: 'end',
    from: 1240,
    cell: (row) => <span className="meta">{formatCount(row.dropped)}</span>,
  },
];
