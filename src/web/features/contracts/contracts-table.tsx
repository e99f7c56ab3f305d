import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ContractSummary, contractStateSchema, listContracts } from '#modules/contracts/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { RenewDialog } from './renew-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import { isRenewable, lastMoment, sayDay, sayStanding, toneOf } from './words.ts';

/** Filter of the list, as it stands in the URL. */
export const stateFilters = ['all', ...contractStateSchema.options] as const;
export type StateFilter = (typeof stateFilters)[number];

interface Props {
  campaignId?: string;
  state: StateFilter;
  query: string;
  empty: React.ReactNode;
}

/** Contracts as rows; drafts among them can be sent together. */
export function ContractsTable({ campaignId, state, query, empty }: Props) {
  const go = useGo();
  const mayWrite = useCan('contracts:write');
  const { timeZone } = useWorkspace();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isSending, setSending] = useState(false);
  const [isRenewing, setRenewing] = useState(false);
  const filter = {
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(state === 'all' ? {} : { states: [state] }),
    ...(query === '' ? {} : { query }),
  };
  const { rows, query: page } = useApiPages(listContracts, { ...filter, limit: 100 });
  const drafts = (rows ?? []).filter((row) => chosen.includes(row.id) && row.state === 'draft');
  const renewable = (rows ?? []).filter((row) => chosen.includes(row.id) && isRenewable(row));
  const isFiltered = state !== 'all' || query !== '';
  return (
    <>
      <DataTable
        label="Contracts"
        columns={columnsFor(timeZone, campaignId === undefined)}
        rows={page.isPending ? undefined : rows}
        rowId={(row) => row.id}
        tall
        {...(mayWrite ? { selection: { value: [...chosen], onChange: setChosen } } : {})}
        more={{
          onOpen: (row) => go('/contracts/$contractId', { params: { contractId: row.id } }),
          empty: isFiltered ? (
            <EmptyState title="No contract like that">Take the filter off to see all.</EmptyState>
          ) : (
            empty
          ),
          error: page.error,
          onRetry: () => void page.refetch(),
          onEnd: () => void (page.hasNextPage && !page.isFetchingNextPage && page.fetchNextPage()),
          ...((rows?.length ?? 0) > 60 ? { height: 640 } : {}),
        }}
      />
      <BulkBar
        count={drafts.length + renewable.length}
        title={[
          ...(drafts.length > 0 ? [formatPlural(drafts.length, 'draft')] : []),
          ...(renewable.length > 0 ? [`${renewable.length} in force`] : []),
        ].join(', ')}
        faces={[...drafts, ...renewable].slice(0, 4).map((row) => row.person)}
        onClear={() => setChosen([])}
      >
        {renewable.length > 0 && (
          <Button {...(drafts.length === 0 ? { variant: 'filled' } : {})} onClick={() => setRenewing(true)}>
            Draft renewals
          </Button>
        )}
        {drafts.length > 0 && (
          <Button variant="filled" onClick={() => setSending(true)}>
            Send to creators
          </Button>
        )}
      </BulkBar>
      {isRenewing && (
        <RenewDialog
          contracts={renewable}
          onClose={() => {
            setRenewing(false);
            setChosen([]);
          }}
        />
      )}
      {isSending && (
        <SendDialog
          contractIds={drafts.map((row) => row.id)}
          onClose={() => {
            setSending(false);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

function columnsFor(timeZone: string, withCampaign: boolean): TableColumn<ContractSummary>[] {
  return [
    {
      id: 'creator',
      header: 'Creator',
      cell: (row) => (
        <div className="who">
          <Avatar id={row.person.id} name={row.person.name} size={32} />
          <div>
            <b>{row.person.name}</b>
            <span className="meta">{withCampaign ? row.campaign.name : row.title}</span>
          </div>
        </div>
      ),
    },
    { id: 'state', header: 'Stands', width: 232, cell: (row) => <Tag tone={toneOf(row)}>{sayStanding(row)}</Tag> },
    {
      id: 'inForce',
      header: 'In force',
      width: 136,
      from: 900,
      cell: (row) =>
        row.inForceSince === null || row.endedAt !== null || row.ranOutAt !== null ? (
          <span className="ink-3">no</span>
        ) : (
          `since ${formatDate(row.inForceSince, timeZone)}`
        ),
    },
    { id: 'version', header: 'Version', width: 72, align: 'end', from: 1240, cell: (row) => row.version },
    {
      id: 'fee',
      header: 'Fee',
      width: 112,
      align: 'end',
      from: 680,
      cell: (row) => <Money value={row.fee} short missing="none" />,
    },
    {
      id: 'expires',
      header: 'Until',
      width: 148,
      from: 900,
      cell: (row) => sayUntil(row, timeZone),
    },
  ];
}

/** Of an offer the last day to answer, of a contract its own last day. */
function sayUntil(row: ContractSummary, timeZone: string): string {
  if (row.expiresAt !== null) return `answer by ${formatDate(lastMoment(row.expiresAt), timeZone)}`;
  return row.endsOn === null ? '' : sayDay(row.endsOn);
}

/** Counts by state, for the filter. */
export function useContractCounts(campaignId?: string) {
  return useApiQuery(listContracts, { limit: 1, ...(campaignId === undefined ? {} : { campaignId }) });
}
