import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'seeding',
  routes: [
    {
      path: '/products',
      title: 'Products',
      load: () => import('./products-page.tsx').then((page) => page.ProductsPage),
    },
    {
      path: '/products/do-not-gift',
      title: 'Do-not-gift list',
      load: () => import('./do-not-gift-page.tsx').then((page) => page.DoNotGiftPage),
    },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/seeding',
      title: 'Seeding',
      order: 30,
      load: () => import('./seeding-page.tsx').then((page) => page.SeedingPage),
    },
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
      id: 'products',
      label: 'Products',
      description: 'The catalogue creators choose from',
      keywords: ['catalogue', 'seeding', 'gift', 'stock'],
      run: (go) => go('/products'),
    },
    {
      id: 'do-not-gift',
      label: 'Do-not-gift list',
      keywords: ['seeding', 'blacklist'],
      run: (go) => go('/products/do-not-gift'),
    },
    {
      id: 'shops',
      label: 'Connect a shop',
      description: 'Settings, shops',
      keywords: ['shopify', 'woocommerce', 'orders'],
      run: (go) => go('/settings/shops'),
    },
  ],
};
