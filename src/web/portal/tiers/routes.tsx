import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'tiers',
  routes: [{ path: '/tiers', title: 'My tier', load: () => import('./tiers-page.tsx').then((page) => page.TiersPage) }],
  home: { order: 30, load: () => import('./tiers-section.tsx').then((page) => page.TiersSection) },
};
