import { listFraudGroups } from '#modules/fraud/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import type { Notice } from '#web/shell/feature.ts';

const shown = 20;
const everyMs = 120_000;

/** Open groups that are grave, hold credit or are objected to, behind the bell. */
export function useFraudNotices(): Notice[] {
  const mayRead = useCan('tracking:read');
  const query = useApiQuery(
    listFraudGroups,
    { state: 'open', limit: shown },
    { refetchInterval: everyMs, enabled: mayRead },
  );
  return (query.data?.rows ?? [])
    .filter((group) => group.severity === 'high' || group.mode === 'enforce' || group.hasOpenAppeal)
    .map((group) => ({
      id: group.id,
      title: `${group.title}: ${group.creator?.name ?? 'somebody'}`,
      text: group.hasOpenAppeal ? 'They object, and wait for an answer.' : group.says.slice(0, 140),
      at: group.newestAt,
      to: '/tracking/fraud/$groupId',
      params: { groupId: group.id },
      isUnread: true,
    }));
}
