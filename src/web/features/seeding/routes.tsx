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
  ],
};
