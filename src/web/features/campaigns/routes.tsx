import { IconCalendar, IconSpeakerphone } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useFoundCampaigns } from './use-found-campaigns.ts';

export const feature: Feature = {
  name: 'campaigns',
  routes: [
    {
      path: '/campaigns',
      title: 'Campaigns',
      load: () => import('./campaigns-page.tsx').then((page) => page.CampaignsPage),
    },
    {
      path: '/campaigns/new',
      title: 'New campaign',
      load: () => import('./new-campaign-page.tsx').then((page) => page.NewCampaignPage),
    },
    {
      path: '/campaigns/models',
      title: 'Campaign models',
      load: () => import('./models-page.tsx').then((page) => page.ModelsPage),
    },
    {
      path: '/campaigns/calendar',
      title: 'Calendar',
      load: () => import('./calendar-page.tsx').then((page) => page.CalendarPage),
    },
    {
      path: '/campaigns/$campaignId',
      title: 'Campaign',
      load: () => import('./campaign-page.tsx').then((page) => page.CampaignPage),
      children: [
        { path: '/', title: 'Overview', load: () => import('./overview-page.tsx').then((page) => page.OverviewPage) },
        { path: '/brief', title: 'Brief', load: () => import('./brief-page.tsx').then((page) => page.BriefPage) },
        { path: '/roster', title: 'Roster', load: () => import('./roster-page.tsx').then((page) => page.RosterPage) },
        {
          path: '/calendar',
          title: 'Calendar',
          load: () => import('./calendar-page.tsx').then((page) => page.CampaignCalendarPage),
        },
        {
          path: '/content',
          title: 'Content',
          load: () => import('./content-page.tsx').then((page) => page.ContentPage),
        },
        { path: '/money', title: 'Money', load: () => import('./money-page.tsx').then((page) => page.MoneyPage) },
      ],
    },
  ],
  rail: [{ label: 'Campaigns', to: '/campaigns', icon: IconSpeakerphone }],
  commands: [
    {
      id: 'campaign-calendar',
      label: 'Calendar of all campaigns',
      icon: IconCalendar,
      keywords: ['due', 'deadline', 'month'],
      run: (go) => go('/campaigns/calendar'),
    },
    {
      id: 'campaign-models',
      label: 'Campaign models',
      icon: IconSpeakerphone,
      keywords: ['stages', 'template', 'affiliate', 'ugc', 'event'],
      run: (go) => go('/campaigns/models'),
    },
    {
      id: 'new-campaign',
      label: 'New campaign',
      icon: IconSpeakerphone,
      keywords: ['plan', 'create'],
      run: (go) => go('/campaigns/new'),
    },
  ],
  useFound: useFoundCampaigns,
};
