import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import type { Campaign } from '#modules/campaigns/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useTabsOf } from '#web/shell/features-context.ts';
import { UrlTabs } from '#web/shell/url-tabs.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Status } from '#web/ui/status.tsx';
import { CampaignMenu } from './campaign-menu.tsx';
import './campaigns.css';
import { useCampaign } from './use-campaign.ts';
import { useMembers } from './use-members.ts';
import { useToday } from './use-today.ts';
import { sayDay, sayWhen, stateNames, stateTones } from './words.ts';

const path = '/campaigns/$campaignId';

/** The campaign's head and tabs; the tab below draws itself in the outlet. */
export function CampaignPage() {
  const query = useCampaign();
  useCrumb(query.data?.name);
  return (
    <div className="page">
      <QueryState query={query}>{(campaign) => <Frame campaign={campaign} />}</QueryState>
    </div>
  );
}

function Frame({ campaign }: { campaign: Campaign }) {
  const today = useToday();
  const go = useGo();
  const members = useMembers();
  const mayWrite = useCan('campaigns:write');
  const params = { campaignId: campaign.id };
  const more = useTabsOf(path);
  // The order of the work; tabs of other features come in at theirs.
  const tabs = [
    { label: 'Overview', to: path, order: 0 },
    {
      label: 'Brief',
      to: `${path}/brief`,
      order: 10,
      ...(campaign.briefVersion > 0 ? { count: `v${campaign.briefVersion}` } : {}),
    },
    { label: 'Roster', to: `${path}/roster`, order: 20, count: campaign.roster.creators },
    { label: 'Calendar', to: `${path}/calendar`, order: 25 },
    { label: 'Content', to: `${path}/content`, order: 50, count: campaign.roster.deliverables },
    { label: 'Money', to: `${path}/money`, order: 70 },
    ...more
      .filter((tab) => tab.onlyFor === undefined || tab.onlyFor === campaign.model)
      .map((tab) => ({ label: tab.title, to: `${path}${tab.path}`, order: tab.order })),
  ].toSorted((a, b) => a.order - b.order);
  return (
    <>
      <PageHeader
        title={campaign.name}
        badge={<Status tone={stateTones[campaign.state]}>{stateNames[campaign.state]}</Status>}
        sub={`${sayWhen(campaign.startsOn, campaign.endsOn, today)}, ${sayDay(campaign.startsOn, today)} to ${sayDay(campaign.endsOn, today)}. ${campaign.modelName}.${campaign.ownerId === null ? '' : ` Owner ${members.nameOf(campaign.ownerId)}.`}${campaign.note === null ? '' : ` ${campaign.note}`}`}
        actions={
          mayWrite && (
            <>
              <CampaignMenu campaign={campaign} />
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
                onClick={() => go(`${path}/roster`, { params, search: { add: true } })}
              >
                Add creators
              </Button>
            </>
          )
        }
      />
      <UrlTabs label="Campaign" tabs={tabs} params={params} />
      <Outlet />
    </>
  );
}
