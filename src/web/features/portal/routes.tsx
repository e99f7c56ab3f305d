import { IconClipboardText } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'portal',
  routes: [
    {
      path: '/application-pages/$pageId',
      title: 'Application page',
      load: () => import('./page-editor.tsx').then((page) => page.PageEditor),
    },
  ],
  tabs: [
    {
      of: '/settings',
      path: '/applications',
      title: 'Applications',
      order: 30,
      load: () => import('./applications-page.tsx').then((page) => page.ApplicationsPage),
    },
    {
      of: '/settings',
      path: '/portal',
      title: 'Creator portal',
      order: 31,
      load: () => import('./portal-page.tsx').then((page) => page.PortalPage),
    },
    {
      of: '/creators/$personId',
      path: '/portal',
      title: 'Portal',
      order: 90,
      load: () => import('./creator-portal-page.tsx').then((page) => page.CreatorPortalPage),
    },
    {
      of: '/campaigns/$campaignId',
      path: '/invitations',
      title: 'Invitations',
      order: 22,
      load: () => import('./invitations-page.tsx').then((page) => page.InvitationsPage),
    },
  ],
  commands: [
    {
      id: 'applications',
      label: 'Read applications',
      description: 'Settings, applications',
      icon: IconClipboardText,
      keywords: ['apply', 'application', 'form', 'program'],
      run: (go) => go('/settings/applications'),
    },
  ],
};
