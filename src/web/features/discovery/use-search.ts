import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AppError } from '#kernel/errors.ts';
import { type Hit, type SavedSearch, type SearchAnswer, searchCreators } from '#modules/discovery/api.ts';
import { apiKey } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { facetFields } from './search-state.ts';

const pageRows = 60;

export interface SearchRun {
  /** The first page, with counts and facets; undefined while the first answer is on its way. */
  answer: SearchAnswer | undefined;
  rows: Hit[] | undefined;
  error: AppError | null;
  isStale: boolean;
  refetch: () => void;
  readOn: () => void;
}

/** Answers while one types: a new question aborts the one before, and the last answer stays in view until the next is there. */
export function useSearch(query: SavedSearch['query'], isReady: boolean): SearchRun {
  const client = useClient();
  const { slug, currency } = useWorkspace();
  const input = { ...query, limit: pageRows };
  const run = useInfiniteQuery<SearchAnswer, AppError, { pages: SearchAnswer[] }, unknown[], string | null>({
    queryKey: [...apiKey(slug, searchCreators.name, input), 'pages'],
    initialPageParam: null,
    enabled: isReady,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      client.call(
        searchCreators,
        pageParam === null
          ? { ...input, facets: facetFields, facetCurrency: currency }
          : { ...input, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
  const pages = run.data?.pages;
  return {
    answer: pages?.[0],
    rows: pages?.flatMap((page) => page.rows),
    error: run.error,
    isStale: run.isPlaceholderData || !isReady,
    refetch: () => void run.refetch(),
    readOn: () => {
      if (run.hasNextPage && !run.isFetchingNextPage) void run.fetchNextPage();
    },
  };
}
