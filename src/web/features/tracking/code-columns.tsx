import type { DiscountCode } from '#modules/tracking/api.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { Spark } from '#web/ui/spark.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { shopsOf } from './code-words.ts';
import { Who } from './who.tsx';
import { worthOf } from './words.ts';

export const codeColumns: TableColumn<DiscountCode>[] = [
  { id: 'code', header: 'Code', cell: (row) => <b className="clip">{row.code}</b> },
  { id: 'worth', header: 'Gives', width: 110, cell: (row) => worthOf(row) },
  { id: 'creator', header: 'Creator', width: 210, from: 680, cell: (row) => <Who creator={row.creator} /> },
  {
    id: 'campaign',
    header: 'Campaign',
    width: 140,
    from: 1240,
    cell: (row) => <span className="clip">{row.campaign?.name ?? <span className="ink-3">None</span>}</span>,
  },
  {
    id: 'until',
    header: 'Valid until',
    width: 110,
    from: 1240,
    cell: (row) => (row.endsAt === null ? <span className="ink-3">No end</span> : formatDate(row.endsAt)),
  },
  {
    id: 'state',
    header: 'State',
    width: 90,
    from: 900,
    cell: (row) => (
      <Status tone={row.state === 'live' ? 'good' : row.state === 'paused' ? 'warn' : 'plain'}>{row.state}</Status>
    ),
  },
  {
    id: 'shops',
    header: 'In shops',
    width: 120,
    from: 900,
    cell: (row) => {
      const { word, tone } = shopsOf(row);
      return word === '' ? <span className="ink-3">None</span> : <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'days',
    header: 'Last 7 days',
    width: 90,
    from: 900,
    cell: (row) => {
      const orders = row.days.map((day) => day.orders);
      const sum = orders.reduce((total, one) => total + one, 0);
      return sum === 0 ? (
        <span className="ink-3">No orders</span>
      ) : (
        <Spark values={orders} label={`Orders of the last seven days: ${orders.join(', ')}`} />
      );
    },
  },
  {
    id: 'used',
    header: 'Last used',
    width: 100,
    align: 'end',
    from: 1240,
    cell: (row) => <span className="meta">{row.lastUsedAt === null ? 'not yet' : formatWhen(row.lastUsedAt)}</span>,
  },
  {
    id: 'orders',
    header: 'Orders',
    width: 90,
    align: 'end',
    cell: (row) => (
      <>
        <b>{formatCount(row.orders)}</b>
        {row.usageLimit !== null && <span className="meta"> of {formatCount(row.usageLimit)}</span>}
      </>
    ),
  },
];
