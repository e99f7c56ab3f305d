import { listRoster } from '#modules/campaigns/api.ts';
import { listMailings, listThreads } from '#modules/outreach/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { WriteButton } from '#web/shell/write-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { MailingTable } from './mailing-table.tsx';
import { ThreadList } from './thread-list.tsx';
import './outreach.css';

const rosterMax = 500;

/** Who of a campaign was written to, what came of it, and who answered. */
export function CampaignOutreachPage() {
  const campaignId = useParam('campaignId');
  const go = useGo();
  const roster = useApiQuery(listRoster, { campaignId, limit: rosterMax });
  const mailings = useApiPages(listMailings, { campaignId, limit: 50 });
  const threads = useApiPages(listThreads, { campaignId, box: 'all', limit: 50 });
  const open = (roster.data?.rows ?? []).filter((row) => row.phase === 'considering').map((row) => row.person.id);
  if (mailings.query.error && mailings.rows.length === 0)
    return <ErrorState error={mailings.query.error} onRetry={() => void mailings.query.refetch()} />;
  return (
    <div className="out-sheet">
      <div className="out-acts">
        <WriteButton
          personIds={open}
          campaignId={campaignId}
          label={`Write to ${open.length} who have not agreed yet`}
        />
      </div>
      <Section title="Mailings" note="newest first">
        {mailings.query.isSuccess && mailings.rows.length === 0 ? (
          <EmptyState title="Nobody was written to from here">
            The first mail of a mailing moves a creator to the stage for invited ones; an agreement ends it by itself.
          </EmptyState>
        ) : (
          <MailingTable
            rows={mailings.query.isPending ? undefined : mailings.rows}
            onEnd={mailings.query.hasNextPage ? () => void mailings.query.fetchNextPage() : undefined}
          />
        )}
      </Section>
      {threads.rows.length > 0 && (
        <Section title="Conversations" note="newest first">
          <ThreadList
            rows={threads.rows}
            currentId={null}
            onOpen={(threadId) => go('/outreach/threads/$threadId', { params: { threadId } })}
            onMore={threads.query.hasNextPage ? () => void threads.query.fetchNextPage() : null}
          />
        </Section>
      )}
    </div>
  );
}
