import { Button } from '@mantine/core';
import { listPortalLinks, type PortalLink, revokePortalLink } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';

const states = { open: 'opens', expired: 'ended', revoked: 'taken back' } as const;

/** Links into the portal: when they were opened, and the way to take one back. Of one creator, or those whose holders wait for a new one. */
export function LinkList({ personId, isWaiting }: { personId?: string; isWaiting?: boolean }) {
  const { timeZone } = useWorkspace();
  const canWrite = useCan('creators:write');
  const filter = { ...(personId === undefined ? {} : { personId }), ...(isWaiting === undefined ? {} : { isWaiting }) };
  const { rows, query } = useApiPages(listPortalLinks, { ...filter, limit: 50 });
  const revoke = useApiMutation(revokePortalLink, {
    invalidate: ['portalLinks'],
    onSuccess: () => sayDone('The link opens nothing any more'),
    onError: (error) => sayFailed('Not taken back', error),
  });
  const columns: TableColumn<PortalLink>[] = [
    {
      id: 'creator',
      header: 'Creator',
      cell: (row) => (
        <AppLink to="/creators/$personId/portal" params={{ personId: row.personId }}>
          {row.personName}
        </AppLink>
      ),
    },
    { id: 'path', header: 'Opens at', from: 900, cell: (row) => <span className="clip">{row.path}</span> },
    {
      id: 'made',
      header: 'Made by',
      from: 900,
      cell: (row) => `${row.madeBy}, ${formatDate(row.createdAt, timeZone)}`,
    },
    {
      id: 'opened',
      header: 'Opened',
      width: 150,
      cell: (row) => (row.lastOpenedAt === null ? 'never' : `${row.opened} ×, ${formatWhen(row.lastOpenedAt)}`),
    },
    {
      id: 'state',
      header: 'State',
      width: 130,
      cell: (row) =>
        row.asked?.state === 'waits' && row.state !== 'open' ? (
          <Tag tone="warn">asks for a new one</Tag>
        ) : (
          <Tag tone={row.state === 'open' ? 'good' : 'plain'}>{states[row.state]}</Tag>
        ),
    },
    {
      id: 'revoke',
      header: '',
      width: 110,
      cell: (row) =>
        row.state === 'open' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            disabled={!canWrite}
            aria-label={`Take back the link of ${row.personName} to ${row.path}`}
            onClick={() => revoke.mutate({ linkId: row.id })}
          >
            Take back
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      label="Portal links"
      columns={columns}
      rows={query.isPending ? undefined : rows}
      rowId={(row) => row.id}
      more={{
        empty: (
          <EmptyState title={isWaiting === true ? 'Nobody waits for a new link' : 'No links yet'}>
            A link lets one creator into their page, without an account.
          </EmptyState>
        ),
        error: query.error,
        onRetry: () => void query.refetch(),
        onEnd: () => void (query.hasNextPage && !query.isFetchingNextPage && query.fetchNextPage()),
      }}
    />
  );
}
