import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'brief',
  routes: [
    {
      path: '/briefs/$enrolmentId',
      title: 'The brief',
      load: () => import('./brief-page.tsx').then((page) => page.BriefPage),
    },
  ],
  home: { order: 40, load: () => import('./brief-section.tsx').then((page) => page.BriefSection) },
};
