import { Button } from '@mantine/core';
import { type Erasure, listErasures } from '#modules/portal/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

/** What each erasure took, and what stays of it and why. */
export function ErasuresSection() {
  const { rows, query } = useApiPages(listErasures, { limit: 20 });
  return (
    <Section title="Erasures" note="what went, what stays and why">
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonLines />}
      {query.data !== undefined && rows.length === 0 && (
        <EmptyState title="Nobody was erased yet">Each erasure is told here, without a name.</EmptyState>
      )}
      {rows.map((erasure) => (
        <ErasureRow key={erasure.personId} erasure={erasure} />
      ))}
      {query.hasNextPage && (
        <Button variant="subtle" color="gray" onClick={() => void query.fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </Section>
  );
}

function ErasureRow({ erasure }: { erasure: Erasure }) {
  const { timeZone } = useWorkspace();
  const { personId, erasedAt, went, stays } = erasure;
  const rowsGone = went.reduce((sum, one) => sum + one.rows, 0);
  return (
    <details className="cr-erasure">
      <summary>
        {formatDateTime(erasedAt, timeZone)}: {formatPlural(rowsGone, 'row')} went,{' '}
        {stays.length === 0 ? 'nothing stays' : `${formatPlural(stays.length, 'kind')} of rows stay`}{' '}
        <span className="meta">{personId}</span>
      </summary>
      <h4>Went</h4>
      <ul>
        {went.map((one) => (
          <li key={one.what}>
            {one.what} <span className="meta">{formatCount(one.rows)}</span>
          </li>
        ))}
      </ul>
      {stays.length > 0 && (
        <>
          <h4>Stays</h4>
          <ul>
            {stays.map((one) => (
              <li key={one.what}>
                {one.what} <span className="meta">{formatCount(one.rows)}</span>: {one.why}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
