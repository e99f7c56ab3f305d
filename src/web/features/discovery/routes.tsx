import { IconCompass } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useFoundCreators } from './use-found-creators.ts';

export const feature: Feature = {
  name: 'discovery',
  routes: [
    {
      path: '/discover',
      title: 'Discover',
      load: () => import('./discover-page.tsx').then((page) => page.DiscoverPage),
    },
    { path: '/lists', title: 'Lists', load: () => import('./lists-page.tsx').then((page) => page.ListsPage) },
    { path: '/lists/$listId', title: 'List', load: () => import('./list-page.tsx').then((page) => page.ListPage) },
  ],
  rail: [{ label: 'Discover', to: '/discover', icon: IconCompass }],
  commands: [
    { id: 'discover', label: 'Find creators', keywords: ['search', 'discover'], run: (go) => go('/discover') },
    { id: 'lists', label: 'Open lists', keywords: ['shortlist'], run: (go) => go('/lists') },
  ],
  useFound: useFoundCreators,
};
