import { IconUsers } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useImportJobs } from './use-import-jobs.ts';

export const feature: Feature = {
  name: 'creators',
  routes: [
    {
      path: '/creators',
      title: 'Creators',
      load: () => import('./creators-page.tsx').then((page) => page.CreatorsPage),
    },
    {
      path: '/creators/import',
      title: 'Import',
      load: () => import('./import-page.tsx').then((page) => page.ImportPage),
    },
    {
      path: '/creators/capture',
      title: 'Capture',
      load: () => import('./capture-page.tsx').then((page) => page.CapturePage),
    },
    {
      path: '/creators/hashtags',
      title: 'Posts by hashtag',
      load: () => import('./hashtags-page.tsx').then((page) => page.HashtagsPage),
    },
    {
      path: '/creators/imports',
      title: 'Imports',
      load: () => import('./imports-page.tsx').then((page) => page.ImportsPage),
    },
    {
      path: '/creators/duplicates',
      title: 'Possible duplicates',
      load: () => import('./duplicates-page.tsx').then((page) => page.DuplicatesPage),
    },
    {
      path: '/creators/objections',
      title: 'Objections',
      load: () => import('./objections-page.tsx').then((page) => page.ObjectionsPage),
    },
  ],
  tabs: [
    {
      of: '/settings',
      path: '/connections',
      title: 'Connections',
      order: 10,
      load: () => import('./connections-page.tsx').then((page) => page.ConnectionsPage),
    },
    {
      of: '/creators/$personId',
      path: '/sources',
      title: 'Sources',
      order: 90,
      load: () => import('./sources-page.tsx').then((page) => page.SourcesPage),
    },
  ],
  rail: [{ label: 'Creators', to: '/creators', icon: IconUsers }],
  commands: [
    {
      id: 'import-creators',
      label: 'Import creators from a file',
      keywords: ['upload', 'csv', 'excel', 'json'],
      run: (go) => go('/creators/import'),
    },
    {
      id: 'hashtags',
      label: 'Read posts by hashtag',
      keywords: ['instagram', 'find'],
      run: (go) => go('/creators/hashtags'),
    },
    {
      id: 'add-creators',
      label: 'Add creators by handle',
      keywords: ['paste', 'new'],
      run: (go) => go('/creators', { search: { add: 'paste' } }),
    },
    {
      id: 'capture',
      label: 'Capture a profile from your browser',
      keywords: ['bookmarklet', 'browser', 'page', 'clip'],
      run: (go) => go('/creators/capture'),
    },
    {
      id: 'connections',
      label: 'Connect YouTube, Instagram, TikTok, Pinterest or blogs',
      description: 'Settings, connections',
      keywords: ['api', 'key', 'sync', 'refresh', 'feed', 'rss'],
      run: (go) => go('/settings/connections'),
    },
    {
      id: 'duplicates',
      label: 'Review possible duplicates',
      keywords: ['merge'],
      run: (go) => go('/creators/duplicates'),
    },
    {
      id: 'objections',
      label: 'Keep an objection',
      keywords: ['suppress', 'opt out', 'privacy', 'do not contact'],
      run: (go) => go('/creators/objections'),
    },
  ],
  useJobs: useImportJobs,
};
