import type { SeedingRow } from '#modules/seeding/api.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { countryName, sayLines, stepWords } from './words.ts';

interface Props {
  rows: readonly SeedingRow[] | undefined;
  selection: { value: readonly string[]; onChange: (next: string[]) => void } | undefined;
  currentId: string | null;
  error: unknown;
  onRetry: () => void;
  onOpen: (row: SeedingRow) => void;
}

const rowsBeforeScroll = 100;

const columns: TableColumn<SeedingRow>[] = [
  {
    id: 'who',
    header: 'Creator',
    width: 220,
    cell: (row) => (
      <div className="who">
        <Avatar id={row.personId} name={row.name} size={32} />
        <div>
          <b>{row.name}</b>
          <span className="meta">{row.handle === null ? '' : `@${row.handle}`}</span>
        </div>
      </div>
    ),
  },
  {
    id: 'step',
    header: 'Where it stands',
    width: 150,
    cell: (row) => (
      <div>
        <Tag tone={stepWords[row.step].tone}>{stepWords[row.step].label}</Tag>
        {row.since !== null && <span className="meta block">{formatWhen(row.since)}</span>}
      </div>
    ),
  },
  {
    id: 'product',
    header: 'Product',
    cell: (row) => (
      <div className="seeding-what">
        <span className="clip">
          {row.pick === null || row.pick.state === 'cancelled' ? (
            <span className="ink-3">none yet</span>
          ) : (
            sayLines(row.pick)
          )}
        </span>
        <span className="meta clip">{sayNote(row)}</span>
      </div>
    ),
  },
  {
    id: 'cost',
    header: 'At cost',
    width: 90,
    align: 'end',
    from: 900,
    cell: (row) => (row.pick === null ? null : <Money value={row.pick.cost} />),
  },
  {
    id: 'address',
    header: 'Goes to',
    width: 150,
    from: 1240,
    cell: (row) =>
      row.address === null ? (
        <span className="ink-3">no address</span>
      ) : (
        <span className="clip">{`${row.address.city}, ${countryName(row.address.country)}`}</span>
      ),
  },
];

/** Why it stands there, in one line. */
function sayNote(row: SeedingRow): string {
  const { shipment, asked, pick } = row;
  if (row.step === 'barred' && row.doNotGift !== null) return row.doNotGift.note ?? 'On the do-not-gift list';
  if (shipment?.problem != null) return shipment.problem.message;
  if (shipment?.tracking.number != null) return `${shipment.tracking.carrier ?? 'Parcel'} ${shipment.tracking.number}`;
  if (pick?.state === 'rejected') return `Rejected: ${pick.reason ?? ''}`;
  if (pick?.note != null && row.step === 'to_decide') return `“${pick.note}”`;
  if (row.step === 'address_missing' && asked.address !== null) return `Asked ${formatWhen(asked.address.at)}`;
  if (row.step === 'choosing' && asked.pick?.mail === 'off') return 'No mail was sent: copy the link for them';
  if (row.step === 'choosing' && asked.pick?.mail === 'no_address') return 'No e-mail address: copy the link for them';
  return shipment?.order?.name ?? '';
}

export function SeedingTable({ rows, selection, currentId, error, onRetry, onOpen }: Props) {
  return (
    <DataTable
      label="Creators and their products"
      columns={columns}
      rows={rows}
      rowId={(row) => row.enrolmentId}
      tall
      {...(selection === undefined ? {} : { selection })}
      more={{
        onOpen,
        currentId,
        error,
        onRetry,
        empty: <p className="meta seeding-none">Nobody stands here now.</p>,
        ...((rows?.length ?? 0) > rowsBeforeScroll ? { height: 640 } : {}),
      }}
    />
  );
}
