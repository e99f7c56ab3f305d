import { IconChartBar, IconCheckbox, IconLink, IconSpeakerphone } from '@tabler/icons-react';
import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'home',
  routes: [
    { path: '/', title: 'To do', load: () => import('./home-page.tsx').then((page) => page.HomePage) },
    {
      path: '/campaigns',
      title: 'Campaigns',
      load: () => import('./campaigns-page.tsx').then((page) => page.CampaignsPage),
    },
    {
      path: '/campaigns/$enrolmentId',
      title: 'Campaign',
      load: () => import('./campaign-page.tsx').then((page) => page.CampaignPage),
    },
    { path: '/links', title: 'Links and codes', load: () => import('./links-page.tsx').then((page) => page.LinksPage) },
    { path: '/results', title: 'Results', load: () => import('./results-page.tsx').then((page) => page.ResultsPage) },
  ],
  home: { order: 0, load: () => import('./jobs-section.tsx').then((page) => page.JobsSection) },
  nav: [
    { label: 'To do', to: '/', icon: IconCheckbox, order: 0 },
    { label: 'Campaigns', to: '/campaigns', icon: IconSpeakerphone, order: 10 },
    { label: 'Links', to: '/links', icon: IconLink, order: 20 },
    { label: 'Results', to: '/results', icon: IconChartBar, order: 30 },
  ],
};
