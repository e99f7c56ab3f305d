import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'rights',
  routes: [
    {
      path: '/rights',
      title: 'Use of my content',
      load: () => import('./rights-page.tsx').then((page) => page.RightsPage),
    },
  ],
};
