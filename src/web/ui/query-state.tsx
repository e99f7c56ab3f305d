import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '#web/ui/error-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

interface Props<Output> {
  query: UseQueryResult<Output, Error>;
  /** Drawn instead of grey lines while the first answer loads. */
  loading?: ReactNode;
  children: (output: Output) => ReactNode;
}

/** Loading, error or the answer: the states of a page that asks one question. */
export function QueryState<Output>({ query, loading, children }: Props<Output>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return loading ?? <SkeletonLines />;
}
