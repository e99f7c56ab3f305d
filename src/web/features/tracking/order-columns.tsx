import type { Order } from '#modules/tracking/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDate, formatDateTime } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { ruleWords } from './rule-words.ts';
import { Who } from './who.tsx';

export function orderColumns(timeZone: string): TableColumn<Order>[] {
  return [
    {
      id: 'order',
      header: 'Order',
      cell: (row) => (
        <div className="clip">
          <b>{row.label}</b>
          <div className="meta clip trk-wide">{row.sourceName}</div>
          <div className="meta clip trk-phone">
            {formatDate(row.orderedAt, timeZone)}
            {row.credit === null
              ? ''
              : `, ${row.credit.creator?.name ?? row.credit.campaign?.name ?? 'nobody credited'}`}
          </div>
        </div>
      ),
    },
    { id: 'when', header: 'Ordered', width: 170, from: 680, cell: (row) => formatDateTime(row.orderedAt, timeZone) },
    {
      id: 'codes',
      header: 'Codes',
      width: 150,
      from: 900,
      cell: (row) => <span className="clip">{row.codes.join(', ') || <span className="ink-3">None</span>}</span>,
    },
    {
      id: 'credit',
      header: 'Credited to',
      width: 220,
      from: 680,
      cell: (row) =>
        row.credit === null ? (
          <span className="ink-3">being decided</span>
        ) : (
          <Who creator={row.credit.creator} none={row.credit.campaign?.name ?? 'Nobody'} />
        ),
    },
    {
      id: 'rule',
      header: 'Why',
      width: 90,
      from: 900,
      cell: (row) => <span className="meta">{row.credit === null ? '' : ruleWords[row.credit.rule]}</span>,
    },
    {
      id: 'net',
      header: 'Net',
      width: 130,
      align: 'end',
      cell: (row) => (
        <div>
          <b>{formatMoney(row.net)}</b>
          {row.state === 'cancelled' ? (
            <div>
              <Tag tone="warn">cancelled</Tag>
            </div>
          ) : (
            row.refunded.amountMinor !== '0' && <div className="meta">of {formatMoney(row.amount)}</div>
          )}
        </div>
      ),
    },
  ];
}
