import { countThreads } from '#modules/outreach/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { RailCount } from '#web/shell/feature.ts';

const everyMs = 60_000;

/** How many creators wait for an answer, beside the rail's entry. */
export function useOutreachCounts(): RailCount[] {
  const canRead = useCan('outreach:read');
  const counts = useApiQuery(countThreads, {}, { enabled: canRead, refetchInterval: everyMs });
  const waiting = counts.data?.waiting ?? 0;
  if (waiting === 0) return [];
  return [
    {
      to: '/outreach',
      count: waiting,
      label: waiting === 1 ? 'creator waits for an answer' : 'creators wait for an answer',
    },
  ];
}
