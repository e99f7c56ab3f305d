import { IconSettings } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'workspaces',
  routes: [
    { path: '/settings', title: 'Settings', load: () => import('./settings-page.tsx').then((page) => page.SettingsPage) },
  ],
  outside: [
    { path: '/sign-in', title: 'Sign in', load: () => import('./sign-in-page.tsx').then((page) => page.SignInPage) },
    { path: '/set-up', title: 'Set up', load: () => import('./set-up-page.tsx').then((page) => page.SetUpPage) },
    {
      path: '/invitation/$token',
      title: 'Invitation',
      load: () => import('./invitation-page.tsx').then((page) => page.InvitationPage),
    },
  ],
  rail: [{ label: 'Settings', to: '/settings', icon: IconSettings, place: 'foot' }],
};
