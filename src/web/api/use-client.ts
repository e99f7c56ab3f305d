import { useMemo } from 'react';
import { type Client, createClient } from '#client/client.ts';
import { useFoundWorkspace } from '#web/api/workspace-context.ts';

/** The typed API client, acting in the workspace whose pages are open. */
export function useClient(): Client {
  const slug = useFoundWorkspace()?.slug ?? null;
  return useMemo(
    () =>
      createClient({
        baseUrl: window.location.origin,
        fetch: (request) => fetch(request),
        workspace: () => slug,
      }),
    [slug],
  );
}
