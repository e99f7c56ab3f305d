import { Button, TextInput } from '@mantine/core';
import { IconDownload, IconPlus, IconSearch, IconTicket } from '@tabler/icons-react';
import { z } from 'zod';
import { type DiscountCode, exportCodes, importCodes, listCodes, updateCode } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { codeColumns } from './code-columns.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { RosterDialog } from './roster-dialog.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import { trackingNouns, worthOf } from './words.ts';
import './tracking.css';

const search = z.object({
  q: z.string().default(''),
  open: z.string().optional(),
  dialog: z.enum(['new', 'roster', 'import']).optional(),
});

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
            <Button
              leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
              loading={download.isRunning}
              disabled={rows.length === 0}
              onClick={() => void download.start({}, 'codes.csv').catch((error) => sayFailed('Not exported', error))}
            >
              Export
            </Button>
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
            hidden: open === undefined ? [] : ['campaign', 'until', 'state', 'used'],
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
        {open && <CodePanel code={open} onClose={() => setState({ open: undefined })} />}
      </div>
      {state.dialog === 'new' && <CodeDialog onClose={close} />}
      {state.dialog === 'roster' && <RosterDialog campaignId={null} onClose={close} />}
      {state.dialog === 'import' && <ImportDialog what="codes" endpoint={importCodes} onClose={close} />}
    </div>
  );
}

function CodePanel({ code, onClose }: { code: DiscountCode; onClose: () => void }) {
  const canWrite = useCan('tracking:write');
  const { timeZone } = useWorkspace();
  const update = useApiMutation(updateCode, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not changed', error),
  });
  const set = (state: DiscountCode['state']) => update.mutate({ codeId: code.id, state });
  const when = (at: string | null, none: string) => (at === null ? none : formatDateTime(at, timeZone));
  return (
    <SidePanel
      label={`Code ${code.code}`}
      onClose={onClose}
      actions={
        canWrite && (
          <>
            <Button onClick={() => set(code.state === 'live' ? 'paused' : 'live')}>
              {code.state === 'live' ? 'Pause' : 'Make live'}
            </Button>
            {code.state !== 'archived' && (
              <Button variant="subtle" color="gray" onClick={() => set('archived')}>
                Archive
              </Button>
            )}
          </>
        )
      }
    >
      <div className="trk-body">
        <CopyField label="Code" value={code.code} />
        <KeyValues
          items={[
            { term: 'Gives', value: worthOf(code) },
            { term: 'Creator', value: code.creator?.name ?? 'Nobody' },
            { term: 'Campaign', value: code.campaign?.name ?? 'None' },
            { term: 'Begins', value: when(code.startsAt, 'At once') },
            { term: 'Ends', value: when(code.endsAt, 'Never') },
            { term: 'Uses allowed', value: code.usageLimit === null ? 'No limit' : formatCount(code.usageLimit) },
            { term: 'Orders', value: formatCount(code.orders) },
            { term: 'Last used', value: when(code.lastUsedAt, 'Not yet') },
          ]}
        />
        <p className="meta">The state here guides your team; the shop itself accepts or refuses a code.</p>
      </div>
    </SidePanel>
  );
}
