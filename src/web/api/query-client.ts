import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { AppError } from '#kernel/errors.ts';

/** The session is the one query outside of any workspace; a 401 anywhere makes it stale, and the guard then redirects. */
export const sessionKey = ['session'];

const retryMax = 2;

function isWorthRetrying(error: unknown): boolean {
  return error instanceof AppError ? error.kind === 'unavailable' : error instanceof TypeError;
}

export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof AppError && error.kind === 'unauthenticated') {
      void client.invalidateQueries({ queryKey: sessionKey });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < retryMax && isWorthRetrying(error),
        // Waiting to be online would leave a local server unasked.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
