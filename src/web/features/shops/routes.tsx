import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'shops',
  routes: [],
  tabs: [
    {
      of: '/settings',
      path: '/shops',
      title: 'Shops',
      order: 20,
      load: () => import('./shops-page.tsx').then((page) => page.ShopsPage),
    },
  ],
  commands: [
    {
      id: 'shops',
      label: 'Connect a shop',
      description: 'Settings, shops',
      keywords: ['shopify', 'woocommerce', 'stripe', 'orders', 'codes', 'key'],
      run: (go) => go('/settings/shops'),
    },
  ],
};
