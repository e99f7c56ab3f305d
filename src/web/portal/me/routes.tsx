import { IconUser } from '@tabler/icons-react';
import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'me',
  routes: [
    { path: '/me', title: 'Me', load: () => import('./me-page.tsx').then((page) => page.MePage) },
    { path: '/me/data', title: 'My data', load: () => import('./data-page.tsx').then((page) => page.DataPage) },
    {
      path: '/me/account',
      title: 'My account',
      load: () => import('./account-page.tsx').then((page) => page.AccountPage),
    },
  ],
  outside: [
    { path: '/sign-in', title: 'Sign in', load: () => import('./sign-in-page.tsx').then((page) => page.SignInPage) },
  ],
  nav: [{ label: 'Me', to: '/me', icon: IconUser, order: 90 }],
};
