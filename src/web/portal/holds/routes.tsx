import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'holds',
  routes: [{ path: '/holds', title: 'On hold', load: () => import('./holds-page.tsx').then((page) => page.HoldsPage) }],
  home: { order: 60, load: () => import('./holds-section.tsx').then((page) => page.HoldsSection) },
};
