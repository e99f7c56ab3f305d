import { listSearchNotices } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import type { Notice } from '#web/shell/feature.ts';
import { formatPlural } from '#web/ui/format-number.ts';

const shown = 20;

/** New matches of saved searches, behind the bell. */
export function useSearchNotices(): Notice[] {
  const query = useApiQuery(listSearchNotices, { limit: shown }, { refetchInterval: 120_000 });
  return (query.data?.rows ?? []).map((notice) => ({
    id: notice.id,
    title: `${formatPlural(notice.creators, 'new match', 'new matches')} of ${notice.searchName}`,
    at: notice.foundAt,
    to: '/discover/new/$noticeId',
    params: { noticeId: notice.id },
    isUnread: !notice.isSeen,
  }));
}
