import { IconUserShield } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'relationships',
  routes: [
    {
      path: '/managers',
      title: 'Managers',
      load: () => import('./managers-page.tsx').then((page) => page.ManagersPage),
    },
    {
      path: '/incidents',
      title: 'Incidents',
      load: () => import('./incidents-page.tsx').then((page) => page.IncidentsPage),
    },
    {
      path: '/history/import',
      title: 'Import history',
      load: () => import('./import-page.tsx').then((page) => page.ImportPage),
    },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/ambassadors',
      title: 'Ambassadors',
      order: 22,
      onlyFor: 'ambassadorship',
      load: () => import('./ambassadors-page.tsx').then((page) => page.AmbassadorsPage),
    },
    {
      of: '/creators/$personId',
      path: '/relationship',
      title: 'Relationship',
      order: 10,
      load: () => import('./relationship-page.tsx').then((page) => page.RelationshipPage),
    },
    {
      of: '/creators/$personId',
      path: '/money',
      title: 'Money',
      order: 20,
      load: () => import('./money-page.tsx').then((page) => page.MoneyPage),
    },
    {
      of: '/settings',
      path: '/incidents',
      title: 'Zero tolerance',
      order: 60,
      load: () => import('./rules-page.tsx').then((page) => page.RulesPage),
    },
  ],
  commands: [
    {
      id: 'managers',
      label: 'Show managers and agencies',
      icon: IconUserShield,
      keywords: ['agent', 'representative', 'talent'],
      run: (go) => go('/managers'),
    },
    {
      id: 'incidents',
      label: 'Show incidents and strikes',
      keywords: ['ghosting', 'late', 'do not work with', 'blacklist'],
      run: (go) => go('/incidents'),
    },
    {
      id: 'import-history',
      label: 'Import the history of another tool',
      keywords: ['GRIN', 'Aspire', 'Upfluence', 'Modash', 'past campaigns'],
      run: (go) => go('/history/import'),
    },
  ],
};
