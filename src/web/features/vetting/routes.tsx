import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'vetting',
  routes: [
    {
      path: '/creators/$personId',
      title: 'Creator',
      load: () => import('./creator-page.tsx').then((page) => page.CreatorPage),
    },
  ],
};
