import { IconChartBar } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'reports',
  routes: [{ path: '/reports', title: 'Reports', load: () => import('./reports-page.tsx').then((page) => page.ReportsPage) }],
  rail: [{ label: 'Reports', to: '/reports', icon: IconChartBar }],
};
