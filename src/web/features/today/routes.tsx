import { IconSun } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useTodayCount } from './use-today-count.ts';

export const feature: Feature = {
  name: 'today',
  routes: [{ path: '/', title: 'Today', load: () => import('./today-page.tsx').then((page) => page.TodayPage) }],
  rail: [{ label: 'Today', to: '/', icon: IconSun }],
  useRailCounts: useTodayCount,
};
