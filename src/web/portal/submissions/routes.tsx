import { IconPhotoUp } from '@tabler/icons-react';
import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'submissions',
  routes: [
    { path: '/submissions', title: 'What I make', load: () => import('./list-page.tsx').then((page) => page.ListPage) },
    {
      path: '/submissions/$deliverableId',
      title: 'Draft',
      load: () => import('./piece-page.tsx').then((page) => page.PiecePage),
    },
  ],
  nav: [{ label: 'Upload', to: '/submissions', icon: IconPhotoUp, order: 5 }],
};
