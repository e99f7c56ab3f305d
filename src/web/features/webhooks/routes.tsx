import { IconWebhook } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'webhooks',
  routes: [
    {
      path: '/webhooks/$endpointId',
      title: 'Webhooks',
      load: () => import('./endpoint-page.tsx').then((page) => page.EndpointPage),
    },
  ],
  commands: [
    {
      id: 'webhooks',
      label: 'Webhooks and postbacks',
      icon: IconWebhook,
      keywords: ['ga4', 'google analytics', 'postback', 'events', 'api'],
      run: (go) => go('/settings/webhooks'),
    },
  ],
  tabs: [
    {
      of: '/settings',
      path: '/webhooks',
      title: 'Webhooks',
      order: 35,
      load: () => import('./endpoints-page.tsx').then((page) => page.EndpointsPage),
    },
  ],
};
