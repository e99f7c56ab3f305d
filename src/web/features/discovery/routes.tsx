import { IconCompass } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useFoundCreators } from './use-found-creators.ts';
import { useSearchNotices } from './use-search-notices.ts';

export const feature: Feature = {
  name: 'discovery',
  routes: [
    {
      path: '/discover',
      title: 'Discover',
      load: () => import('./discover-page.tsx').then((page) => page.DiscoverPage),
    },
    {
      path: '/discover/overlap',
      title: 'Overlap',
      load: () => import('./overlap-page.tsx').then((page) => page.OverlapPage),
    },
    {
      path: '/discover/brands',
      title: 'Brands',
      load: () => import('./brands-page.tsx').then((page) => page.BrandsPage),
    },
    {
      path: '/discover/brands/$brandId',
      title: 'Brand',
      load: () => import('./brand-page.tsx').then((page) => page.BrandPage),
    },
    {
      path: '/discover/customers',
      title: 'Customers',
      load: () => import('./customers-page.tsx').then((page) => page.CustomersPage),
    },
    {
      path: '/discover/tiers',
      title: 'Tiers',
      load: () => import('./tiers-page.tsx').then((page) => page.TiersPage),
    },
    {
      path: '/discover/new/$noticeId',
      title: 'New matches',
      load: () => import('./notice-page.tsx').then((page) => page.NoticePage),
    },
    { path: '/lists', title: 'Lists', load: () => import('./lists-page.tsx').then((page) => page.ListsPage) },
    { path: '/lists/$listId', title: 'List', load: () => import('./list-page.tsx').then((page) => page.ListPage) },
  ],
  outside: [
    {
      path: '/shared/$shareToken',
      title: 'A shared list',
      load: () => import('./shared-list-page.tsx').then((page) => page.SharedListPage),
    },
  ],
  rail: [{ label: 'Discover', to: '/discover', icon: IconCompass }],
  commands: [
    { id: 'discover', label: 'Find creators', keywords: ['search', 'discover'], run: (go) => go('/discover') },
    { id: 'lists', label: 'Open lists', keywords: ['shortlist'], run: (go) => go('/lists') },
    {
      id: 'overlap',
      label: 'Compare audiences',
      keywords: ['overlap', 'followers', 'unique'],
      run: (go) => go('/discover/overlap'),
    },
    {
      id: 'brands',
      label: 'Compare brands',
      keywords: ['competitors', 'mentions', 'share of voice', 'followers of our brand'],
      run: (go) => go('/discover/brands'),
    },
    {
      id: 'customers',
      label: 'Find creators among customers',
      keywords: ['orders', 'shop', 'buyers'],
      run: (go) => go('/discover/customers'),
    },
    {
      id: 'compare-tiers',
      label: 'Compare tiers of size',
      keywords: ['nano', 'micro', 'benchmarks', 'prices'],
      run: (go) => go('/discover/tiers'),
    },
  ],
  useFound: useFoundCreators,
  useNotices: useSearchNotices,
};
