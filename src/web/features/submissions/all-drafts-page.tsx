import { IconPhotoCheck } from '@tabler/icons-react';
import { z } from 'zod';
import { listSubmissions, submissionStateSchema } from '#modules/submissions/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { DraftTable } from './draft-table.tsx';
import { StateFilter, statesOf } from './state-filter.tsx';
import './submissions.css';

const search = z.object({
  state: z.enum(['work', 'all', ...submissionStateSchema.options]).default('pending_approval'),
});

/** The drafts of all campaigns, those to approve first. */
export function AllDraftsPage() {
  const [state, setState] = useSearchState(search);
  const { rows, query } = useApiPages(listSubmissions, { limit: 100, ...statesOf(state.state) });
  const counts = useApiQuery(listSubmissions, { limit: 1 }).data?.counts;
  const waiting = counts?.pending_approval;
  const title =
    waiting === undefined
      ? 'Drafts'
      : waiting === 0
        ? 'No draft waits for you'
        : `${formatPlural(waiting, 'draft')} to approve`;
  return (
    <div className="page">
      <PageHeader title={title} sub="Of all campaigns, newest change first" />
      <StateFilter value={state.state} counts={counts} onChange={(value) => setState({ state: value })} />
      <DraftTable
        rows={query.isPending ? undefined : rows}
        withCampaign
        more={{
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage(),
          empty: (
            <EmptyState icon={IconPhotoCheck} title={state.state === 'all' ? 'No drafts yet' : 'None in this state'}>
              Creators send drafts in their portal, for the pieces planned in a campaign.
            </EmptyState>
          ),
        }}
      />
    </div>
  );
}
