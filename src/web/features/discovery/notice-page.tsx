import { useEffect } from 'react';
import { getSearchNotice, seeSearchNotices } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { QueryState } from '#web/ui/query-state.tsx';

/** Leads from a notice to the creators it tells of, and marks it as seen. */
export function NoticePage() {
  const noticeId = useParam('noticeId');
  const query = useApiQuery(getSearchNotice, { noticeId });
  const { mutate } = useApiMutation(seeSearchNotices, { invalidate: ['searches'] });
  const go = useGo();
  const personIds = query.data?.personIds;
  useEffect(() => {
    if (personIds === undefined) return;
    mutate({ noticeIds: [noticeId] });
    if (personIds.length > 0)
      go('/discover', { search: { f: [{ field: 'creator', op: 'in', values: personIds }] }, replace: true });
  }, [go, mutate, noticeId, personIds]);
  return (
    <div className="page">
      <QueryState query={query}>
        {(answer) =>
          answer.personIds.length > 0 ? null : (
            <EmptyState title="These creators are gone">They were taken out of your creators since.</EmptyState>
          )
        }
      </QueryState>
    </div>
  );
}
