import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { z } from 'zod';
import { listOrderSources, type OrderSource } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { SourceDialog } from './source-dialog.tsx';
import { SourcePanel } from './source-panel.tsx';
import { sourceKindWords } from './source-words.ts';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({ open: z.string().optional(), add: z.boolean().default(false) });

const columns: TableColumn<OrderSource>[] = [
  { id: 'name', header: 'Source', cell: (row) => <b className="clip">{row.name}</b> },
  { id: 'kind', header: 'Comes by', width: 150, from: 680, cell: (row) => sourceKindWords[row.kind] },
  {
    id: 'state',
    header: 'State',
    width: 110,
    from: 680,
    cell: (row) => (
      <Status tone={row.revokedAt === null ? 'good' : 'plain'}>{row.revokedAt === null ? 'works' : 'revoked'}</Status>
    ),
  },
  {
    id: 'last',
    header: 'Last heard of',
    width: 140,
    align: 'end',
    from: 900,
    cell: (row) => (
      <span className="meta">{row.lastReceivedAt === null ? 'not yet' : formatWhen(row.lastReceivedAt)}</span>
    ),
  },
  { id: 'orders', header: 'Orders', width: 100, align: 'end', cell: (row) => formatCount(row.orders) },
];

/** Shops and programs that send orders. */
export function SourcesPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('tracking:write');
  const query = useApiQuery(listOrderSources, {});
  const open = query.data?.find((source) => source.id === state.open);
  const add = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      onClick={() => setState({ add: true })}
    >
      New source
    </Button>
  );
  return (
    <div className="page">
      <PageHeader
        title={
          query.data === undefined ? 'Order sources' : `Orders come from ${formatPlural(query.data.length, 'source')}`
        }
        actions={canWrite && add}
      />
      <TrackingTabs />
      <div className={open ? 'with-side' : undefined}>
        <DataTable
          label="Order sources"
          columns={columns}
          rows={query.data}
          rowId={(row) => row.id}
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: state.open ?? null,
            error: query.error,
            onRetry: () => void query.refetch(),
            empty: (
              <EmptyState icon={IconPlugConnected} title="No order sources yet" action={canWrite ? add : undefined}>
                A source gives your shop an address and a signing secret. Files and orders by hand make their own.
              </EmptyState>
            ),
          }}
        />
        {open && <SourcePanel key={open.id} source={open} onClose={() => setState({ open: undefined })} />}
      </div>
      {state.add && <SourceDialog onClose={() => setState({ add: false })} />}
    </div>
  );
}
