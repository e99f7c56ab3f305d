import { IconKey, IconSettings, IconUserPlus } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { RemoveSampleButton } from './remove-sample-button.tsx';

export const feature: Feature = {
  name: 'workspaces',
  routes: [
    {
      path: '/settings',
      title: 'Settings',
      load: () => import('./settings-page.tsx').then((page) => page.SettingsPage),
      children: [
        {
          path: '/',
          title: 'Settings',
          load: () => import('./workspace-page.tsx').then((page) => page.WorkspacePage),
        },
        {
          path: '/people',
          title: 'People and roles',
          load: () => import('./people-page.tsx').then((page) => page.PeoplePage),
        },
        {
          path: '/api-keys',
          title: 'API keys',
          load: () => import('./api-keys-page.tsx').then((page) => page.ApiKeysPage),
        },
        {
          path: '/audit',
          title: 'Audit trail',
          load: () => import('./audit-page.tsx').then((page) => page.AuditPage),
        },
        { path: '/me', title: 'My profile', load: () => import('./profile-page.tsx').then((page) => page.ProfilePage) },
      ],
    },
  ],
  outside: [
    { path: '/sign-in', title: 'Sign in', load: () => import('./sign-in-page.tsx').then((page) => page.SignInPage) },
    { path: '/set-up', title: 'Set up', load: () => import('./set-up-page.tsx').then((page) => page.SetUpPage) },
    {
      path: '/invitation/$token',
      title: 'Invitation',
      load: () => import('./invitation-page.tsx').then((page) => page.InvitationPage),
    },
    {
      path: '/new-password/$token',
      title: 'New password',
      load: () => import('./new-password-page.tsx').then((page) => page.NewPasswordPage),
    },
    {
      path: '/new-workspace',
      title: 'New workspace',
      load: () => import('./new-workspace-page.tsx').then((page) => page.NewWorkspacePage),
    },
  ],
  rail: [{ label: 'Settings', to: '/settings', icon: IconSettings, place: 'foot' }],
  SampleAction: RemoveSampleButton,
  commands: [
    {
      id: 'people',
      label: 'Invite a colleague',
      description: 'Settings, people and roles',
      icon: IconUserPlus,
      keywords: ['member', 'team', 'role', 'permission'],
      run: (go) => go('/settings/people'),
    },
    {
      id: 'api-keys',
      label: 'Make an API key',
      description: 'Settings, API keys',
      icon: IconKey,
      keywords: ['token', 'developer'],
      run: (go) => go('/settings/api-keys'),
    },
  ],
};
