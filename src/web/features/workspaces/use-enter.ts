import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useRefreshSession } from '#web/api/session.tsx';
import { pathInApp } from './path-in-app.ts';

/** Goes into the app after sign-in: asks who is signed in now, then opens a path below /app. Never leaves this site. */
export function useEnter(): (path: string) => Promise<void> {
  const refresh = useRefreshSession();
  const router = useRouter();
  return useCallback(
    async (path: string) => {
      await refresh();
      router.history.push(pathInApp(path));
    },
    [refresh, router],
  );
}
