import { IconCompass } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'discovery',
  routes: [
    { path: '/discover', title: 'Discover', load: () => import('./discover-page.tsx').then((page) => page.DiscoverPage) },
  ],
  rail: [{ label: 'Discover', to: '/discover', icon: IconCompass }],
};
