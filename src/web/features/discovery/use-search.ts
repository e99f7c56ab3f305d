import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { AppError } from '#kernel/errors.ts';
import { type Filter, type Hit, type SearchAnswer, searchCreators } from '#modules/discovery/api.ts';
import { apiKey } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { facetFields } from './search-state.ts';

const pageRows = 60;

export interface Asked {
  text: string;
  filters: Filter[];
  sort: { field: string; direction: 'asc' | 'desc' } | undefined;
}

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
export function useSearch(asked: Asked): SearchRun {
  const client = useClient();
  const { slug } = useWorkspace();
  const input = {
    filters: asked.filters,
    limit: pageRows,
    ...(asked.text === '' ? {} : { text: asked.text }),
    ...(asked.sort === undefined ? {} : { sort: asked.sort }),
  };
  const query = useInfiniteQuery<SearchAnswer, AppError, { pages: SearchAnswer[] }, unknown[], string | null>({
    queryKey: [...apiKey(slug, searchCreators.name, input), 'pages'],
    initialPageParam: null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      client.call(
        searchCreators,
        pageParam === null ? { ...input, facets: facetFields } : { ...input, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (page) => page.nextCursor,
  });
  const pages = query.data?.pages;
  return {
    answer: pages?.[0],
    rows: pages?.flatMap((page) => page.rows),
    error: query.error,
    isStale: query.isPlaceholderData,
    refetch: () => void query.refetch(),
    readOn: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
  };
}
