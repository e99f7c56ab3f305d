import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Hit, type HitDetails, hitDetails } from '#modules/discovery/api.ts';
import { apiKey } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';

const askedAtOnce = 60;

/** Prices and audiences of the hits in view, by creator, read page by page after the hits themselves. */
export function useDetails(hits: readonly Hit[] | undefined): ReadonlyMap<string, HitDetails> {
  const client = useClient();
  const { slug } = useWorkspace();
  const pages = useMemo(() => {
    const ids = (hits ?? []).map((hit) => hit.personId);
    return Array.from({ length: Math.ceil(ids.length / askedAtOnce) }, (_, page) =>
      ids.slice(page * askedAtOnce, (page + 1) * askedAtOnce),
    );
  }, [hits]);
  return useQueries({
    queries: pages.map((personIds) => ({
      queryKey: apiKey(slug, hitDetails.name, { personIds }),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call(hitDetails, { personIds }, signal),
      staleTime: 30_000,
    })),
    combine: (answers) =>
      new Map(answers.flatMap((answer) => (answer.data?.rows ?? []).map((row) => [row.personId, row] as const))),
  });
}
