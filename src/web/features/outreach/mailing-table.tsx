import type { Mailing } from '#modules/outreach/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { rateText } from './words.ts';

const stateWords = { running: 'under way', cancelled: 'cancelled', done: 'done' } as const;

const columns: TableColumn<Mailing>[] = [
  {
    id: 'name',
    header: 'Mailing',
    cell: (row) => (
      <AppLink to="/outreach/mailings/$mailingId" params={{ mailingId: row.id }}>
        {row.name}
      </AppLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 110,
    cell: (row) => <Status tone={row.state === 'running' ? 'accent' : 'plain'}>{stateWords[row.state]}</Status>,
  },
  { id: 'sent', header: 'Written to', width: 100, align: 'end', cell: (row) => `${row.begun} of ${row.creators}` },
  {
    id: 'replied',
    header: 'Answered',
    width: 130,
    align: 'end',
    cell: (row) => <RateFigure label="Answered" rate={row.stats.replied} asOf={row.startedAt} />,
  },
  {
    id: 'bounced',
    header: 'Came back',
    width: 120,
    align: 'end',
    from: 900,
    cell: (row) => <RateFigure label="Came back" rate={row.stats.bounced} asOf={row.startedAt} />,
  },
  {
    id: 'when',
    header: 'Started',
    width: 130,
    from: 680,
    cell: (row) => `${formatWhen(row.startedAt)}, ${row.startedBy}`,
  },
];

interface Props {
  rows: readonly Mailing[] | undefined;
  onEnd?: (() => void) | undefined;
}

export function MailingTable({ rows, onEnd }: Props) {
  const go = useGo();
  return (
    <DataTable
      label="Mailings"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      more={{
        onOpen: (row) => go('/outreach/mailings/$mailingId', { params: { mailingId: row.id } }),
        ...(onEnd === undefined ? {} : { onEnd }),
      }}
    />
  );
}

/** A share with the creators it is of; below ten of them the counts. */
export function RateFigure(props: { label: string; rate: Mailing['stats']['replied']; asOf: string }) {
  const { label, rate, asOf } = props;
  return (
    <Figure
      label={label}
      value={rate.n === 0 ? null : rateText(rate)}
      missing="nobody written to"
      meaning={{
        formula: `creators / creators written to; a creator counts once. Below 10 of them no share is given`,
        source: 'the mailbox: headers of answers, reports of mail servers',
        n: `${rate.n} creators written to`,
        asOf,
      }}
    />
  );
}
