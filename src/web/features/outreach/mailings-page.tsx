import { listMailings } from '#modules/outreach/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { MailingTable } from './mailing-table.tsx';

/** All that was sent to several, newest first. */
export function MailingsPage() {
  const { rows, query } = useApiPages(listMailings, { limit: 50 });
  if (query.error && rows.length === 0) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isSuccess && rows.length === 0)
    return (
      <EmptyState title="Nothing was sent yet">
        Choose creators and press “Write”; each go stands here with what came of it.
      </EmptyState>
    );
  return (
    <MailingTable
      rows={query.isPending ? undefined : rows}
      onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
    />
  );
}
