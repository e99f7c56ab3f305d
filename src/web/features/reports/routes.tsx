import { IconChartBar } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'reports',
  routes: [
    { path: '/reports', title: 'Reports', load: () => import('./reports-page.tsx').then((page) => page.ReportsPage) },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/results',
      title: 'Results',
      order: 90,
      load: () => import('./results-page.tsx').then((page) => page.ResultsPage),
    },
  ],
  rail: [{ label: 'Reports', to: '/reports', icon: IconChartBar }],
  commands: [{ id: 'reports-overview', label: 'Compare campaigns', run: (go) => go('/reports') }],
};
