import { Button, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { z } from 'zod';
import { type CreatorList, listLists } from '#modules/discovery/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { NewListDialog } from './add-to-list.tsx';

const state = z.object({ archived: z.boolean().default(false) });

const columns: TableColumn<CreatorList>[] = [
  {
    id: 'name',
    header: 'List',
    cell: (list) => (
      <AppLink to="/lists/$listId" params={{ listId: list.id }}>
        <b>{list.name}</b>
      </AppLink>
    ),
  },
  { id: 'members', header: 'Creators', width: 110, align: 'end', cell: (list) => formatCount(list.members) },
  {
    id: 'by',
    header: 'Made by',
    width: 180,
    from: 680,
    cell: (list) => <span className="clip block">{list.createdBy}</span>,
  },
  { id: 'at', header: 'Made', width: 130, align: 'end', from: 680, cell: (list) => formatDate(list.createdAt) },
];

export function ListsPage() {
  const [{ archived }, setState] = useSearchState(state);
  const { rows, query } = useApiPages(listLists, { archived, limit: 100 });
  const canWrite = useCan('discovery:write');
  const [isNew, dialog] = useDisclosure(false);
  const go = useGo();
  const isFirst = !query.isPending && rows.length === 0;
  return (
    <div className="page">
      <PageHeader
        title={
          query.isPending
            ? 'Lists'
            : `${formatPlural(rows.length, archived ? 'archived list' : 'list')}${query.hasNextPage ? ' and more' : ''}`
        }
        sub="Shortlists of creators, for a campaign, a client or later"
        actions={
          <>
            <SegmentedControl
              aria-label="Which lists"
              value={archived ? 'archived' : 'open'}
              onChange={(value) => setState({ archived: value === 'archived' })}
              data={[
                { value: 'open', label: 'Open' },
                { value: 'archived', label: 'Archived' },
              ]}
            />
            {canWrite && !isFirst && (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
                onClick={dialog.open}
              >
                New list
              </Button>
            )}
          </>
        }
      />
      <DataTable
        label="Lists"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(list) => list.id}
        more={{
          onOpen: (list) => go('/lists/$listId', { params: { listId: list.id } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => void (query.hasNextPage && query.fetchNextPage()),
          empty: archived ? (
            <EmptyState icon={IconListDetails} title="No list is archived">
              An archived list keeps its creators and notes, and can be opened again.
            </EmptyState>
          ) : (
            <EmptyState
              icon={IconListDetails}
              title="No list yet"
              action={
                canWrite ? (
                  <Button variant="filled" onClick={dialog.open}>
                    Make the first list
                  </Button>
                ) : undefined
              }
            >
              Put creators aside while you search, then compare them, note what you think and take them into a campaign.
            </EmptyState>
          ),
        }}
      />
      {isNew && <NewListDialog personIds={[]} onClose={dialog.close} />}
    </div>
  );
}
