import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconSpeakerphone } from '@tabler/icons-react';
import { z } from 'zod';
import { type Campaign, campaignStateSchema, listCampaigns } from '#modules/campaigns/api.ts';
import { getOverview } from '#modules/reports/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { CampaignCard } from './campaign-card.tsx';
import { CampaignsTable } from './campaigns-table.tsx';
import './campaigns.css';
import type { MeasuredGoal } from './use-campaign.ts';

const search = z.object({
  state: z.enum(['current', ...campaignStateSchema.options]).default('current'),
  view: z.enum(['cards', 'table']).default('cards'),
  q: z.string().default(''),
});

const statesOf = {
  current: ['draft', 'live', 'ended'],
  draft: ['draft'],
  live: ['live'],
  ended: ['ended'],
  archived: ['archived'],
} as const;
const filters = [
  { value: 'current', label: 'All current' },
  { value: 'live', label: 'Live' },
  { value: 'draft', label: 'Drafts' },
  { value: 'ended', label: 'Ended' },
  { value: 'archived', label: 'Archived' },
] as const;

/** All campaigns: which run, which are behind, what they cost. */
export function CampaignsPage() {
  const [state, setState] = useSearchState(search);
  const go = useGo();
  const mayWrite = useCan('campaigns:write');
  const input = { states: [...statesOf[state.state]], query: state.q.trim(), limit: 50 };
  const { rows, query } = useApiPages(listCampaigns, input);
  const actuals = useOverviewActuals();
  const isFiltered = state.q.trim() !== '' || state.state !== 'current';
  const add = mayWrite && (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
      onClick={() => go('/campaigns/new')}
    >
      New campaign
    </Button>
  );
  return (
    <div className="page">
      <PageHeader
        title={query.isPending ? 'Campaigns' : titleOf(rows, isFiltered)}
        sub="Goal by goal against a linear pace, with the money that is out."
        actions={
          <>
            <Button onClick={() => go('/campaigns/models')}>Models</Button>
            <Button onClick={() => go('/campaigns/calendar')}>Calendar</Button>
            {add}
          </>
        }
      />
      <div className="camp-bar">
        <Segments
          label="Which campaigns"
          value={state.state}
          options={filters}
          onChange={(value) => setState({ state: value })}
        />
        <div className="row">
          <TextInput
            aria-label="Search campaigns by name"
            placeholder="Search by name"
            leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
            value={state.q}
            onChange={(event) => setState({ q: event.currentTarget.value })}
          />
          <Segments
            label="View"
            value={state.view}
            options={[
              { value: 'cards', label: 'Cards' },
              { value: 'table', label: 'Table' },
            ]}
            onChange={(view) => setState({ view })}
          />
        </div>
      </div>
      {query.isPending ? (
        <SkeletonLines />
      ) : query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Nothing isFiltered={isFiltered} add={add} />
      ) : state.view === 'table' ? (
        <CampaignsTable rows={rows} actuals={actuals} />
      ) : (
        <div className="camp-cards">
          {rows.map((campaign) => (
            <CampaignCard key={campaign.id} campaign={campaign} actuals={actuals} />
          ))}
        </div>
      )}
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}

function Nothing({ isFiltered, add }: { isFiltered: boolean; add: React.ReactNode }) {
  if (isFiltered) return <EmptyState title="No campaign matches">Choose another state or other words.</EmptyState>;
  return (
    <EmptyState icon={IconSpeakerphone} title="No campaigns yet" action={add}>
      A campaign holds what you want to reach, who makes it and what it costs. Begin with one goal that has a number and
      a date.
    </EmptyState>
  );
}

function titleOf(rows: readonly Campaign[], isFiltered: boolean): string {
  if (rows.length === 0) return 'Campaigns';
  if (isFiltered) return formatPlural(rows.length, 'campaign');
  const live = rows.filter((row) => row.state === 'live').length;
  const late = rows.filter((row) => row.state === 'live' && row.roster.late > 0).length;
  const first =
    live === 0 ? `${formatPlural(rows.length, 'campaign')}, none live` : `${formatPlural(live, 'campaign')} live`;
  return late === 0 ? first : `${first}, ${late} with somebody late`;
}

/** Actuals of goals over all campaigns shown; empty until the reports answer, and for those who may not read them. */
function useOverviewActuals(): ReadonlyMap<string, MeasuredGoal> {
  const mayRead = useCan('reports:read');
  const { data } = useApiQuery(getOverview, {}, { enabled: mayRead });
  return new Map((data?.rows ?? []).flatMap((row) => row.goals.map((goal) => [goal.id, goal] as const)));
}
