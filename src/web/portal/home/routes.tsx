import { IconCheckbox } from '@tabler/icons-react';
import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'home',
  routes: [{ path: '/', title: 'To do', load: () => import('./home-page.tsx').then((page) => page.HomePage) }],
  nav: [{ label: 'To do', to: '/', icon: IconCheckbox, order: 0 }],
};
