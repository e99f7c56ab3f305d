import { IconLink } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'tracking',
  routes: [
    { path: '/tracking', title: 'Tracking', load: () => import('./tracking-page.tsx').then((page) => page.TrackingPage) },
  ],
  rail: [{ label: 'Tracking', to: '/tracking', icon: IconLink }],
};
