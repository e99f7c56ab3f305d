import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryOptions,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { Endpoint, InputOf, OutputOf } from '#kernel/endpoint.ts';
import type { AppError } from '#kernel/errors.ts';
import type { Page } from '#kernel/page.ts';
import { useClient } from '#web/api/use-client.ts';
import { useFoundWorkspace } from '#web/api/workspace-context.ts';

/** Cache key of an endpoint's answers: workspace, endpoint name, input. */
export function apiKey(slug: string | null, name: string, input?: unknown): unknown[] {
  return input === undefined ? ['api', slug, name] : ['api', slug, name, input];
}

export type ApiQueryOptions<Output> = Omit<UseQueryOptions<Output, AppError>, 'queryKey' | 'queryFn'> & {
  /** Shows the answer to the input before while the next one loads: for lists that answer while typing. */
  keepPrevious?: boolean;
};

/** Asks one JSON endpoint; input and answer are typed by it. */
export function useApiQuery<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: ApiQueryOptions<OutputOf<E>> = {},
): UseQueryResult<OutputOf<E>, AppError> {
  const client = useClient();
  const slug = useFoundWorkspace()?.slug ?? null;
  const { keepPrevious, ...rest } = options;
  return useQuery<OutputOf<E>, AppError>({
    ...(keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    ...rest,
    queryKey: apiKey(slug, endpoint.name, input),
    queryFn: ({ signal }) => client.call(endpoint, input, signal),
  });
}

type RowOf<E> = OutputOf<E> extends { rows: (infer Row)[] } ? Row : never;

export interface ApiPages<Row> {
  rows: Row[];
  query: UseInfiniteQueryResult<unknown, AppError>;
}

/** Reads a list endpoint page by page (`cursor` in, `nextCursor` out); `rows` grows with every `query.fetchNextPage()`. */
export function useApiPages<E extends Endpoint>(endpoint: E, input: Omit<InputOf<E>, 'cursor'>): ApiPages<RowOf<E>> {
  const client = useClient();
  const slug = useFoundWorkspace()?.slug ?? null;
  const query = useInfiniteQuery({
    queryKey: [...apiKey(slug, endpoint.name, input), 'pages'],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }): Promise<Page<RowOf<E>>> => {
      const asked = pageParam === null ? input : { ...input, cursor: pageParam };
      // The endpoint's type promises rows and nextCursor; the cast only says so to the compiler.
      return (await client.call(endpoint, asked as InputOf<E>, signal)) as Page<RowOf<E>>;
    },
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return { rows, query: query as UseInfiniteQueryResult<unknown, AppError> };
}
