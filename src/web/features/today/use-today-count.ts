import { countToday } from '#modules/today/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { RailCount } from '#web/shell/feature.ts';

const pollMs = 5 * 60_000;

/** The number beside Today in the rail. */
export function useTodayCount(): RailCount[] {
  const mayRead = useCan('reports:read');
  const { data } = useApiQuery(countToday, {}, { enabled: mayRead, refetchInterval: pollMs, staleTime: 60_000 });
  if (data === undefined || data.needs === 0) return [];
  const label = data.needs === 1 ? 'thing needs you' : 'things need you';
  return [{ to: '/', count: data.needs, label, isUrgent: data.late > 0 }];
}
