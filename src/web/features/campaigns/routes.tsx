import { IconSpeakerphone } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'campaigns',
  routes: [
    { path: '/campaigns', title: 'Campaigns', load: () => import('./campaigns-page.tsx').then((page) => page.CampaignsPage) },
    {
      path: '/campaigns/$campaignId',
      title: 'Campaign',
      load: () => import('./campaign-page.tsx').then((page) => page.CampaignPage),
    },
  ],
  rail: [{ label: 'Campaigns', to: '/campaigns', icon: IconSpeakerphone }],
};
