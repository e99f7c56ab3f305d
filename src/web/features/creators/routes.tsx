import { IconUsers } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'creators',
  routes: [
    { path: '/creators', title: 'Creators', load: () => import('./creators-page.tsx').then((page) => page.CreatorsPage) },
    { path: '/creators/import', title: 'Import', load: () => import('./import-page.tsx').then((page) => page.ImportPage) },
  ],
  rail: [{ label: 'Creators', to: '/creators', icon: IconUsers }],
};
