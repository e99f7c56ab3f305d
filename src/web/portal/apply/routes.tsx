import type { PortalPart } from '#web/portal/shell/part.ts';

/** Pages for anybody: no session, no cookie. */
export const part: PortalPart = {
  name: 'apply',
  routes: [],
  outside: [
    {
      path: '/apply/$workspace/$page',
      title: 'Apply',
      load: () => import('./apply-page.tsx').then((page) => page.ApplyPage),
    },
    {
      path: '/programs',
      title: 'Programs',
      load: () => import('./programs-page.tsx').then((page) => page.ProgramsPage),
    },
  ],
};
