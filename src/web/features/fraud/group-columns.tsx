import type { FraudGroup } from '#modules/fraud/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { severityTone, severityWords, standingOf } from './words.ts';

/** One line a group: what, whom, how grave, what it does to credit. */
export const groupColumns: TableColumn<FraudGroup>[] = [
  {
    id: 'finding',
    header: 'Finding',
    cell: (row) => (
      <div className="frd-cell">
        <b className="clip">{row.title}</b>
        <span className="meta frd-phone">{row.creator?.name ?? 'Nobody'}</span>
        <span className="meta clip">{row.says}</span>
      </div>
    ),
  },
  { id: 'creator', header: 'Creator', width: 190, from: 680, cell: (row) => <Creator group={row} /> },
  {
    id: 'severity',
    header: 'Severity',
    width: 92,
    from: 900,
    cell: (row) => <Tag tone={severityTone(row.severity)}>{severityWords[row.severity]}</Tag>,
  },
  {
    id: 'standing',
    header: 'Credit',
    width: 132,
    cell: (row) => {
      const { word, tone } = standingOf(row);
      return (
        <span className="frd-standing">
          <Tag tone={tone}>{word}</Tag>
          {row.hasOpenAppeal && <Tag tone="accent">Appeal</Tag>}
        </span>
      );
    },
  },
  {
    id: 'orders',
    header: 'Orders',
    width: 120,
    align: 'end',
    from: 900,
    cell: (row) => (
      <div className="frd-cell end">
        <b>{row.orders === 0 ? '–' : formatCount(row.orders)}</b>
        <span className="meta clip">{row.amounts.map((sum) => formatMoney(sum)).join(' + ')}</span>
      </div>
    ),
  },
  {
    id: 'newest',
    header: 'Newest',
    width: 110,
    align: 'end',
    from: 1240,
    cell: (row) => <span className="meta">{formatWhen(row.newestAt)}</span>,
  },
];

export function Creator({ group }: { group: Pick<FraudGroup, 'creator'> }) {
  const { creator } = group;
  if (creator === null) return <span className="ink-3">Nobody</span>;
  return (
    <div className="who">
      <Avatar id={creator.personId} name={creator.name} size={28} />
      <div>
        <AppLink to="/creators/$personId/fraud" params={{ personId: creator.personId }}>
          {creator.name}
        </AppLink>
        {creator.handle !== null && <span className="meta clip">@{creator.handle}</span>}
      </div>
    </div>
  );
}
