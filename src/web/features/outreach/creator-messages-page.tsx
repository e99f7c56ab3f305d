import { Button } from '@mantine/core';
import { useState } from 'react';
import { checkDoNotContact, listDrafts, listThreads, proposeDrafts } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { WriteButton } from '#web/shell/write-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { DraftCard } from './drafts-page.tsx';
import { LogTouchDialog } from './log-touch-dialog.tsx';
import { ThreadView } from './thread-view.tsx';
import './outreach.css';

/** All that was written and said with one creator. */
export function CreatorMessagesPage() {
  const personId = useParam('personId');
  const canWrite = useCan('outreach:write');
  const [isLogging, setLogging] = useState(false);
  const { rows, query } = useApiPages(listThreads, { box: 'all', personId, limit: 50 });
  const drafts = useApiQuery(listDrafts, { personId });
  const listed = useApiQuery(checkDoNotContact, { personId });
  const propose = useApiMutation(proposeDrafts, {
    invalidate: ['drafts', 'threads'],
    onSuccess: ({ leftOut }) => {
      const [left] = leftOut;
      if (left) sayFailed('No draft was made', new Error(left.reason));
      else sayDone('A draft waits for you');
    },
    onError: (error) => sayFailed('No draft was made', error),
  });
  if (query.error && rows.length === 0) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const waiting = drafts.data?.rows ?? [];
  return (
    <div className="out-sheet">
      {canWrite && (
        <div className="out-acts">
          <WriteButton personIds={[personId]} />
          <Button onClick={() => setLogging(true)}>Note a call or message</Button>
          <Button loading={propose.isPending} onClick={() => propose.mutate({ personIds: [personId] })}>
            Propose a draft from a post
          </Button>
        </div>
      )}
      {listed.data?.scope && (
        <p className="alert warn">
          {listed.data.scope === 'all' ? 'Asked not to be contacted at all' : 'Asked for no more mails of outreach'}:{' '}
          {listed.data.reason}.
        </p>
      )}
      {waiting.map((draft) => (
        <DraftCard key={draft.id} draft={draft} />
      ))}
      {query.isPending && <SkeletonLines />}
      {query.isSuccess && rows.length === 0 && waiting.length === 0 && (
        <EmptyState title="Nothing was written yet">
          Mails, direct messages and calls with this creator stand here, oldest first.
        </EmptyState>
      )}
      {rows.map((row) => (
        <ThreadView key={row.id} threadId={row.id} />
      ))}
      {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>Show older ones</Button>}
      {isLogging && <LogTouchDialog personId={personId} onClose={() => setLogging(false)} />}
    </div>
  );
}
