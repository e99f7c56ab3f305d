import { Button, Menu, TextInput } from '@mantine/core';
import { IconDownload, IconPlus, IconSearch, IconTicket } from '@tabler/icons-react';
import { z } from 'zod';
import { exportCodes, importCodes, listCodes } from '#modules/tracking/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { codeColumns } from './code-columns.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { CodePanel } from './code-panel.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { RosterDialog } from './roster-dialog.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({
  q: z.string().default(''),
  open: z.string().optional(),
  dialog: z.enum(['new', 'roster', 'import']).optional(),
});

const exportFormats = [
  { format: 'rapport', label: 'All codes' },
  { format: 'shopify', label: 'For Shopify' },
  { format: 'woocommerce', label: 'For WooCommerce' },
  { format: 'stripe', label: 'For Stripe' },
] as const;

/** Every discount code, newest first. */
export function CodesPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('tracking:write');
  const { rows, query } = useApiPages(listCodes, { ...(state.q === '' ? {} : { q: state.q }), limit: 100 });
  const download = useDownload(exportCodes);
  const open = rows.find((row) => row.id === state.open);
  const orders = rows.reduce((sum, row) => sum + row.orders, 0);
  const close = () => setState({ dialog: undefined });
  return (
    <div className="page">
      <PageHeader
        title={
          query.isPending
            ? 'Codes'
            : `${formatPlural(rows.length, 'code')}${query.hasNextPage ? ' shown' : ''}, used for ${formatPlural(orders, 'order')}`
        }
        actions={
          <>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button
                  leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
                  loading={download.isRunning}
                  disabled={rows.length === 0}
                >
                  Export
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {exportFormats.map(({ format, label }) => (
                  <Menu.Item
                    key={format}
                    onClick={() =>
                      void download
                        .start({ format }, format === 'rapport' ? 'codes.csv' : `codes-${format}.csv`)
                        .catch((error) => sayFailed('Not exported', error))
                    }
                  >
                    {label}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            {canWrite && <Button onClick={() => setState({ dialog: 'import' })}>Import</Button>}
            {canWrite && <Button onClick={() => setState({ dialog: 'roster' })}>Codes for a campaign</Button>}
            {canWrite && (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                onClick={() => setState({ dialog: 'new' })}
              >
                New code
              </Button>
            )}
          </>
        }
      />
      <TrackingTabs />
      <div className="trk-filters">
        <TextInput
          label="Code or creator"
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => setState({ q: event.currentTarget.value })}
        />
      </div>
      <div className={open ? 'with-side' : undefined}>
        <DataTable
          label="Codes"
          columns={codeColumns}
          rows={query.isPending ? undefined : rows}
          rowId={(row) => row.id}
          tall
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: state.open ?? null,
            hidden: open === undefined ? [] : ['campaign', 'until', 'state', 'used', 'days', 'shops'],
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            },
            empty:
              state.q === '' ? (
                <EmptyState
                  icon={IconTicket}
                  title="No codes yet"
                  action={
                    canWrite ? (
                      <Button variant="filled" onClick={() => setState({ dialog: 'roster' })}>
                        Make codes for a campaign
                      </Button>
                    ) : undefined
                  }
                >
                  A code of its own for each creator counts orders that no click led to. Bring codes your shop has by
                  Import.
                </EmptyState>
              ) : (
                <EmptyState
                  title="No code fits"
                  action={<Button onClick={() => setState({ q: '' })}>Clear the search</Button>}
                >
                  Search by a part of the code or of the creator's name.
                </EmptyState>
              ),
          }}
        />
        {open && (
          <CodePanel
            key={open.id}
            code={open}
            onClose={() => setState({ open: undefined })}
            onOpen={(id) => setState({ open: id })}
          />
        )}
      </div>
      {state.dialog === 'new' && <CodeDialog onClose={close} />}
      {state.dialog === 'roster' && <RosterDialog campaignId={null} onClose={close} />}
      {state.dialog === 'import' && <ImportDialog what="codes" endpoint={importCodes} onClose={close} />}
    </div>
  );
}
