import { Button } from '@mantine/core';
import { IconBuildingStore, IconPlus } from '@tabler/icons-react';
import { z } from 'zod';
import { listTills, type Till } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { TillDialog } from './till-dialog.tsx';
import { TillPanel } from './till-panel.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({ open: z.string().optional(), add: z.boolean().default(false) });
const refreshMs = 20_000;

const columns: TableColumn<Till>[] = [
  {
    id: 'name',
    header: 'Till',
    cell: (row) => (
      <span className="clip">
        <b>{row.name}</b> <span className="meta">{row.place}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 100,
    from: 900,
    cell: (row) => <Status tone={row.isOpen ? 'good' : 'plain'}>{row.isOpen ? 'open' : 'closed'}</Status>,
  },
  {
    id: 'seen',
    header: 'Page open',
    width: 130,
    align: 'end',
    from: 900,
    cell: (row) => <span className="meta">{row.seenAt === null ? 'not yet' : formatWhen(row.seenAt)}</span>,
  },
  {
    id: 'visits',
    header: 'Visits today',
    width: 110,
    align: 'end',
    from: 680,
    cell: (row) => formatCount(row.today.visits),
  },
  {
    id: 'redeemed',
    header: 'Redeemed today',
    width: 140,
    align: 'end',
    cell: (row) => <b>{formatCount(row.today.redeemed)}</b>,
  },
  {
    id: 'revenue',
    header: 'Paid today',
    width: 130,
    align: 'end',
    from: 680,
    cell: (row) => formatMoney(row.today.revenue),
  },
];

/** Places without a web shop, where staff take codes by phone. */
export function TillsPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('tracking:write');
  const query = useApiQuery(listTills, {}, { refetchInterval: refreshMs });
  const open = query.data?.find((till) => till.id === state.open);
  const redeemed = query.data?.reduce((sum, till) => sum + till.today.redeemed, 0) ?? 0;
  const add = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      onClick={() => setState({ add: true })}
    >
      New till
    </Button>
  );
  return (
    <div className="page">
      <PageHeader
        title={
          query.data === undefined
            ? 'Tills'
            : `${formatPlural(redeemed, 'code')} redeemed today at ${formatPlural(query.data.length, 'till')}`
        }
        actions={canWrite && add}
      />
      <TrackingTabs />
      <div className={open ? 'with-side' : undefined}>
        <DataTable
          label="Tills"
          columns={columns}
          rows={query.data}
          rowId={(row) => row.id}
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: state.open ?? null,
            hidden: open === undefined ? [] : ['seen', 'state', 'visits'],
            error: query.error,
            onRetry: () => void query.refetch(),
            empty: (
              <EmptyState icon={IconBuildingStore} title="No tills yet" action={canWrite ? add : undefined}>
                For shops without a web shop: staff open a link on their phone, type the customer's code and enter the
                receipt. The purchase is credited to the creator.
              </EmptyState>
            ),
          }}
        />
        {open && <TillPanel key={open.id} till={open} onClose={() => setState({ open: undefined })} />}
      </div>
      {state.add && (
        <TillDialog onClose={() => setState({ add: false })} onMade={(id) => setState({ add: false, open: id })} />
      )}
    </div>
  );
}
