import type { DiscountCode } from '#modules/tracking/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Who } from './who.tsx';
import { worthOf } from './words.ts';

export const codeColumns: TableColumn<DiscountCode>[] = [
  { id: 'code', header: 'Code', cell: (row) => <b className="clip">{row.code}</b> },
  { id: 'worth', header: 'Gives', width: 120, cell: (row) => worthOf(row) },
  { id: 'creator', header: 'Creator', width: 220, from: 680, cell: (row) => <Who creator={row.creator} /> },
  {
    id: 'campaign',
    header: 'Campaign',
    width: 160,
    from: 1240,
    cell: (row) => <span className="clip">{row.campaign?.name ?? <span className="ink-3">None</span>}</span>,
  },
  {
    id: 'until',
    header: 'Valid until',
    width: 120,
    from: 900,
    cell: (row) => (row.endsAt === null ? <span className="ink-3">No end</span> : formatDate(row.endsAt)),
  },
  {
    id: 'state',
    header: 'State',
    width: 100,
    from: 900,
    cell: (row) => (
      <Status tone={row.state === 'live' ? 'good' : row.state === 'paused' ? 'warn' : 'plain'}>{row.state}</Status>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    width: 120,
    align: 'end',
    from: 900,
    cell: (row) => <span className="meta">{row.lastUsedAt === null ? 'not yet' : formatWhen(row.lastUsedAt)}</span>,
  },
  { id: 'orders', header: 'Orders', width: 80, align: 'end', cell: (row) => <b>{formatCount(row.orders)}</b> },
];
