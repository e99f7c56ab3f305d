import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext } from 'react';
import type { AppError } from '#kernel/errors.ts';
import { getSession, type Session } from '#modules/workspaces/api.ts';
import { sessionKey } from '#web/api/query-client.ts';
import { useClient } from '#web/api/use-client.ts';

const SessionContext = createContext<Session | null>(null);

interface Props {
  loading: ReactNode;
  failed: (error: AppError, retry: () => void) => ReactNode;
  children: ReactNode;
}

/** Asks once who is signed in; everything below can rely on an answer. */
export function SessionProvider({ loading, failed, children }: Props) {
  const client = useClient();
  const query = useQuery<Session, AppError>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => client.call(getSession, {}, signal),
    staleTime: 60_000,
  });
  if (query.data) return <SessionContext value={query.data}>{children}</SessionContext>;
  if (query.error) return failed(query.error, () => void query.refetch());
  return loading;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs SessionProvider above');
  return session;
}

/** Asks again who is signed in: after sign-in, set-up, a new workspace or a changed role. */
export function useRefreshSession(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: sessionKey }), [queries]);
}

/** Ends the session and forgets every answer it was given. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    window.location.assign('/app/sign-in');
    queries.clear();
  }, [queries]);
}
