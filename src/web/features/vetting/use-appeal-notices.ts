import { listAppeals } from '#modules/vetting/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import type { Notice } from '#web/shell/feature.ts';

const shown = 20;
const everyMs = 120_000;

/** Statements of creators that wait for an answer, behind the bell. */
export function useAppealNotices(): Notice[] {
  const query = useApiQuery(listAppeals, { open: true, limit: shown }, { refetchInterval: everyMs });
  return (query.data?.rows ?? []).map((appeal) => ({
    id: appeal.id,
    title: `${appeal.name} says something is not right`,
    text: appeal.body.slice(0, 140),
    at: appeal.madeAt,
    to: '/creators/$personId',
    params: { personId: appeal.personId },
    isUnread: true,
  }));
}
