import { IconPhoto } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'content',
  routes: [
    { path: '/content', title: 'Content', load: () => import('./library-page.tsx').then((page) => page.LibraryPage) },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/captured',
      title: 'Captured',
      order: 55,
      load: () => import('./captured-page.tsx').then((page) => page.CapturedPage),
    },
    {
      of: '/creators/$personId',
      path: '/library',
      title: 'Library',
      order: 45,
      load: () => import('./creator-library-page.tsx').then((page) => page.CreatorLibraryPage),
    },
  ],
  rail: [{ label: 'Content', to: '/content', icon: IconPhoto }],
  commands: [
    {
      id: 'content-add',
      label: 'Add content by address or file',
      run: (go) => go('/content', { search: { add: 'url' } }),
    },
  ],
};
