import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPhotoCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  type Campaign,
  createFromBrief,
  type Deliverable,
  deliverableStateSchema,
  listDeliverables,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { ContentTable } from './content-table.tsx';
import { DeliverableDialog } from './deliverable-dialog.tsx';
import { LiveDialog } from './live-dialog.tsx';
import { ResultsDialog } from './results-dialog.tsx';
import { ResultsImport } from './results-import.tsx';
import { campaignNouns, useCampaign } from './use-campaign.ts';
import { deliverableNames } from './words.ts';

const search = z.object({ state: z.enum(['all', 'late', ...deliverableStateSchema.options]).default('all') });

type Open = { what: 'live' | 'results'; deliverable: Deliverable } | { what: 'add' | 'import' } | null;

/** Every piece of content: when it is due, where it is live, what it brought. */
export function ContentPage() {
  return <QueryState query={useCampaign()}>{(campaign) => <Content campaign={campaign} />}</QueryState>;
}

function Content({ campaign }: { campaign: Campaign }) {
  const [state, setState] = useSearchState(search);
  const [open, setOpen] = useState<Open>(null);
  const mayWrite = useCan('campaigns:write');
  const filter = state.state === 'all' ? {} : state.state === 'late' ? { late: true } : { states: [state.state] };
  const { rows, query } = useApiPages(listDeliverables, { campaignId: campaign.id, limit: 200, ...filter });
  const close = () => setOpen(null);
  const isEmpty = !query.isPending && !query.error && rows.length === 0 && state.state === 'all';
  return (
    <>
      <Section
        title="Content"
        note={`${campaign.roster.live} of ${formatPlural(campaign.roster.deliverables, 'piece')} live`}
      >
        <div className="camp-bar">
          <Segments
            label="Which pieces"
            value={state.state}
            options={[
              { value: 'all', label: 'All' },
              { value: 'late', label: 'Late' },
              ...deliverableStateSchema.options.map((value) => ({ value, label: deliverableNames[value] })),
            ]}
            onChange={(value) => setState({ state: value })}
          />
          {mayWrite && <Actions campaign={campaign} onOpen={setOpen} />}
        </div>
        {isEmpty ? (
          <NoContent campaign={campaign} mayWrite={mayWrite} />
        ) : (
          <ContentTable
            rows={query.isPending ? undefined : rows}
            mayWrite={mayWrite}
            error={query.error}
            onRetry={() => void query.refetch()}
            onEnd={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
            onLive={(deliverable) => setOpen({ what: 'live', deliverable })}
            onResults={(deliverable) => setOpen({ what: 'results', deliverable })}
          />
        )}
      </Section>
      {open?.what === 'add' && <DeliverableDialog campaign={campaign} onClose={close} />}
      {open?.what === 'import' && <ResultsImport campaign={campaign} onClose={close} />}
      {open?.what === 'live' && <LiveDialog deliverable={open.deliverable} onClose={close} />}
      {open?.what === 'results' && <ResultsDialog deliverable={open.deliverable} onClose={close} />}
    </>
  );
}

function usePlan(campaign: Campaign) {
  return useApiMutation(createFromBrief, {
    invalidate: campaignNouns,
    onSuccess: (outcome) =>
      sayDone(
        outcome.created === 0
          ? 'Everything the brief asks for is planned already'
          : `Planned ${formatPlural(outcome.created, 'piece')} for ${formatPlural(campaign.roster.creators, 'creator')}`,
      ),
    onError: (error) => sayFailed('Nothing planned', error),
  });
}

function Actions({ campaign, onOpen }: { campaign: Campaign; onOpen: (open: Open) => void }) {
  const plan = usePlan(campaign);
  return (
    <span className="row">
      <Button onClick={() => onOpen({ what: 'import' })}>Import results</Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="filled" rightSection={<IconChevronDown size={16} aria-hidden />} loading={plan.isPending}>
            Plan content
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => plan.mutate({ campaignId: campaign.id })}>From the brief, for everybody</Menu.Item>
          <Menu.Item onClick={() => onOpen({ what: 'add' })}>A single piece</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function NoContent({ campaign, mayWrite }: { campaign: Campaign; mayWrite: boolean }) {
  const plan = usePlan(campaign);
  const go = useGo();
  const params = { campaignId: campaign.id };
  const isReady = campaign.briefVersion > 0 && campaign.roster.creators > 0;
  return (
    <EmptyState
      icon={IconPhotoCheck}
      title="No content planned yet"
      action={
        mayWrite &&
        (isReady ? (
          <Button onClick={() => plan.mutate(params)} loading={plan.isPending}>
            Plan what the brief asks for
          </Button>
        ) : (
          <Button
            onClick={() =>
              go(campaign.briefVersion === 0 ? '/campaigns/$campaignId/brief' : '/campaigns/$campaignId/roster', {
                params,
              })
            }
          >
            {campaign.briefVersion === 0 ? 'Write the brief' : 'Add creators'}
          </Button>
        ))
      }
    >
      {isReady
        ? 'The brief says what each creator makes; plan it for everybody on the roster at once.'
        : 'Content is planned from the brief for the creators on the roster. Both are needed first.'}
    </EmptyState>
  );
}
