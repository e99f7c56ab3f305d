import { Button, Select } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { listClicks, listOrders } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { FlowView } from './flow-view.tsx';
import { LiveEntries } from './live-entries.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import { type Live, type LiveEntry, type LiveState, useLive } from './use-live.ts';
import './tracking.css';

const stateWords: Record<LiveState, { word: string; tone: 'good' | 'warn' | 'plain' }> = {
  connecting: { word: 'connecting', tone: 'plain' },
  live: { word: 'live', tone: 'good' },
  lost: { word: 'connection lost, trying again', tone: 'warn' },
};
const shownMax = 200;
/** How often those who listen to the page are told what came. */
const sayMs = 15_000;
const search = z.object({ campaign: z.string().optional(), creator: z.string().optional() });

/** Clicks and orders as they are stored, by whichever server, and below what they have come to. */
export function LivePage() {
  const [state, setState] = useSearchState(search);
  const filter = { campaignId: state.campaign, personId: state.creator };
  const live = useLive(filter);
  const campaigns = useApiQuery(listCampaigns, { limit: 200 });
  const fresh = live.entries.filter((entry) => entry.kind === 'click').length;
  const orders = live.entries.filter((entry) => entry.kind === 'order').length;
  const isFiltered = state.campaign !== undefined || state.creator !== undefined;
  return (
    <div className="page">
      <PageHeader
        title={
          fresh + orders === 0
            ? 'Watching for clicks and orders'
            : `${formatPlural(fresh, 'click')} and ${formatPlural(orders, 'order')} since you opened this page`
        }
        sub={
          <Status tone={live.isPaused ? 'plain' : stateWords[live.state].tone}>
            {live.isPaused ? `paused, ${formatCount(live.held)} waiting` : stateWords[live.state].word}
          </Status>
        }
      />
      <TrackingTabs />
      <div className="live-head">
        <Select
          label="Campaign"
          placeholder="All campaigns"
          clearable
          searchable
          data={(campaigns.data?.rows ?? []).map((campaign) => ({ value: campaign.id, label: campaign.name }))}
          value={state.campaign ?? null}
          onChange={(value) => setState({ campaign: value ?? undefined })}
        />
        {isFiltered && (
          <Button variant="subtle" color="gray" onClick={() => setState({ campaign: undefined, creator: undefined })}>
            {state.creator === undefined ? 'All campaigns' : 'All creators and campaigns'}
          </Button>
        )}
      </div>
      <Feed live={live} filter={filter} onCreator={(creator) => setState({ creator })} />
      <FlowView {...filter} />
    </div>
  );
}

interface FeedProps {
  live: Live;
  filter: { campaignId: string | undefined; personId: string | undefined };
  onCreator: (personId: string) => void;
}

function Feed({ live, filter, onCreator }: FeedProps) {
  const isFiltered = filter.campaignId !== undefined || filter.personId !== undefined;
  const clicks = useApiQuery(listClicks, { limit: 50 });
  const orders = useApiQuery(listOrders, { limit: 20 });
  const seen = new Set(live.entries.map((entry) => `${entry.kind} ${entry.id}`));
  // The lists know no such filter, so a filtered feed begins with what comes.
  const before: LiveEntry[] = isFiltered
    ? []
    : [
        ...(clicks.data?.rows ?? []).map((click) => ({
          kind: 'click' as const,
          at: click.clickedAt,
          id: click.id,
          click,
        })),
        ...(orders.data?.rows ?? []).map((order) => ({
          kind: 'order' as const,
          at: order.orderedAt,
          id: order.id,
          order,
        })),
      ].filter((entry) => !seen.has(`${entry.kind} ${entry.id}`));
  const all = [...live.entries, ...before.sort((a, b) => b.at.localeCompare(a.at))].slice(0, shownMax);
  return (
    <Section
      title="Feed"
      note="newest first; hits that do not count are grey, with the reason"
      end={
        <Button
          size="compact-sm"
          leftSection={
            live.isPaused ? (
              <IconPlayerPlay size={15} stroke={1.6} aria-hidden />
            ) : (
              <IconPlayerPause size={15} stroke={1.6} aria-hidden />
            )
          }
          onClick={live.isPaused ? live.resume : live.pause}
        >
          {live.isPaused ? `Show ${formatCount(live.held)} and go on` : 'Pause'}
        </Button>
      }
    >
      <Spoken live={live} />
      <QueryState query={clicks}>
        {() =>
          all.length === 0 ? (
            <EmptyState title={isFiltered ? 'Nothing since you chose this' : 'Nothing yet'}>
              Open one of your links on a phone: it shows here within a second.
            </EmptyState>
          ) : (
            <LiveEntries entries={all} freshIds={seen} onCreator={onCreator} />
          )
        }
      </QueryState>
    </Section>
  );
}

/** Says now and then how much came, for those who do not see the feed move. */
function Spoken({ live }: { live: Live }) {
  const [said, setSaid] = useState('');
  const clicks = live.entries.filter((entry) => entry.kind === 'click').length;
  const orders = live.entries.filter((entry) => entry.kind === 'order').length;
  const text =
    clicks + orders === 0 ? '' : `${formatPlural(clicks, 'click')} and ${formatPlural(orders, 'order')} since you came`;
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), said === '' ? 0 : sayMs);
    return () => clearTimeout(timer);
  }, [text, said]);
  return (
    <p className="vh" role="status" aria-live="polite">
      {said}
    </p>
  );
}
