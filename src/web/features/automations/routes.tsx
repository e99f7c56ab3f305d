import { IconBolt } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'automations',
  routes: [
    {
      path: '/automations',
      title: 'Automations',
      load: () => import('./automations-page.tsx').then((page) => page.AutomationsPage),
    },
    {
      path: '/automations/$automationId',
      title: 'Automation',
      load: () => import('./automation-page.tsx').then((page) => page.AutomationPage),
    },
  ],
  commands: [
    { id: 'automations', label: 'Automations', icon: IconBolt, run: (go) => go('/automations') },
    {
      id: 'new-automation',
      label: 'New automation',
      keywords: ['trigger', 'rule', 'workflow'],
      run: (go) => go('/automations/$automationId', { params: { automationId: 'new' } }),
    },
  ],
  tabs: [
    {
      of: '/settings',
      path: '/automations',
      title: 'Automations',
      order: 30,
      load: () => import('./automations-page.tsx').then((page) => page.AutomationsList),
    },
  ],
};
