import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'incidents',
  routes: [
    {
      path: '/incidents',
      title: 'What went wrong',
      load: () => import('./incidents-page.tsx').then((page) => page.IncidentsPage),
    },
    {
      path: '/incidents/$incidentId',
      title: 'What went wrong',
      load: () => import('./incidents-page.tsx').then((page) => page.IncidentsPage),
    },
  ],
  home: { order: 95, load: () => import('./incidents-link.tsx').then((page) => page.IncidentsLink) },
};
