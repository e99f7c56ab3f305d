import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconShoppingBag } from '@tabler/icons-react';
import { useMemo } from 'react';
import { z } from 'zod';
import { creditRules, listOrderSources, listOrders } from '#modules/tracking/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { AttributionWindow } from './attribution-window.tsx';
import { orderColumns } from './order-columns.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { OrderPanel } from './order-panel.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({
  q: z.string().default(''),
  rule: z.enum(creditRules).optional(),
  state: z.enum(['paid', 'cancelled']).optional(),
  source: z.string().optional(),
  from: z.string().default(''),
  to: z.string().default(''),
  open: z.string().optional(),
  dialog: z.enum(['new']).optional(),
});

const rules = [
  { value: 'code', label: 'Credited by code' },
  { value: 'link', label: 'Credited by link' },
  { value: 'customer', label: 'Customer stays with creator' },
  { value: 'none', label: 'Credited to nobody' },
];

/** Orders, newest first; each says why its creator is credited. */
export function OrdersPage() {
  const [state, setState] = useSearchState(search);
  const go = useGo();
  const canWrite = useCan('tracking:write');
  const { timeZone } = useWorkspace();
  const columns = useMemo(() => orderColumns(timeZone), [timeZone]);
  const sources = useApiQuery(listOrderSources, {});
  const filter = {
    ...(state.q === '' ? {} : { q: state.q }),
    ...(state.rule === undefined ? {} : { rule: state.rule }),
    ...(state.state === undefined ? {} : { state: state.state }),
    ...(state.source === undefined ? {} : { sourceId: state.source }),
    ...(state.from === '' ? {} : { from: state.from }),
    ...(state.to === '' ? {} : { to: state.to }),
  };
  const { rows, query } = useApiPages(listOrders, { ...filter, limit: 100 });
  const isFiltered = Object.keys(filter).length > 0;
  const clear = () => setState({ q: '', rule: undefined, state: undefined, source: undefined, from: '', to: '' });
  const total = (sources.data ?? []).reduce((sum, source) => sum + source.orders, 0);
  const at = rows.findIndex((row) => row.id === state.open);
  const step = (by: number) => {
    const next = rows[at + by];
    return at === -1 || next === undefined ? undefined : () => setState({ open: next.id });
  };
  const openImport = () =>
    go('/tracking/orders/import', state.source === undefined ? {} : { search: { source: state.source } });
  const close = () => setState({ dialog: undefined });
  return (
    <div className="page">
      <PageHeader
        title={sources.data === undefined ? 'Orders' : total === 0 ? 'No orders yet' : formatPlural(total, 'order')}
        sub={<AttributionWindow />}
        actions={
          canWrite && (
            <>
              <Button onClick={openImport}>Import a file</Button>
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                onClick={() => setState({ dialog: 'new' })}
              >
                Add order
              </Button>
            </>
          )
        }
      />
      <TrackingTabs />
      <div className="trk-filters">
        <TextInput
          label="Order or code"
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => setState({ q: event.currentTarget.value })}
        />
        <Select
          label="Credit"
          placeholder="Any"
          clearable
          data={rules}
          value={state.rule ?? null}
          onChange={(value) => setState({ rule: search.shape.rule.parse(value ?? undefined) })}
        />
        <Select
          label="Source"
          placeholder="Any"
          clearable
          data={(sources.data ?? []).map((source) => ({ value: source.id, label: source.name }))}
          value={state.source ?? null}
          onChange={(value) => setState({ source: value ?? undefined })}
        />
        <TextInput
          label="From"
          type="date"
          value={state.from}
          onChange={(event) => setState({ from: event.currentTarget.value })}
        />
        <TextInput
          label="To"
          type="date"
          value={state.to}
          onChange={(event) => setState({ to: event.currentTarget.value })}
        />
        {isFiltered && (
          <Button variant="subtle" color="gray" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
      <div className={state.open === undefined ? undefined : 'with-side'}>
        <DataTable
          label="Orders"
          columns={columns}
          rows={query.isPending ? undefined : rows}
          rowId={(row) => row.id}
          tall
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: state.open ?? null,
            hidden: state.open === undefined ? [] : ['codes', 'rule'],
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            },
            empty: isFiltered ? (
              <EmptyState title="No order fits" action={<Button onClick={clear}>Clear the filters</Button>}>
                Take a filter away, or search by a part of the order's number.
              </EmptyState>
            ) : (
              <EmptyState
                icon={IconShoppingBag}
                title="No orders yet"
                action={
                  canWrite ? (
                    <Button variant="filled" onClick={openImport}>
                      Import a file
                    </Button>
                  ) : undefined
                }
              >
                Orders come from your shop by webhook or program (see Order sources), from a file, or by hand.
              </EmptyState>
            ),
          }}
        />
        {state.open !== undefined && (
          <OrderPanel
            key={state.open}
            orderId={state.open}
            onClose={() => setState({ open: undefined })}
            onPrevious={step(-1)}
            onNext={step(1)}
          />
        )}
      </div>
      {state.dialog === 'new' && <OrderDialog onClose={close} />}
    </div>
  );
}
