import type { PortalPart } from '#web/portal/shell/part.ts';

export const part: PortalPart = {
  name: 'contracts',
  routes: [
    {
      path: '/contracts',
      title: 'Contracts',
      load: () => import('./contracts-page.tsx').then((page) => page.ContractsPage),
    },
    {
      path: '/contracts/$contractId',
      title: 'Contract',
      load: () => import('./contract-page.tsx').then((page) => page.ContractPage),
    },
  ],
  home: { order: 45, load: () => import('./contracts-section.tsx').then((page) => page.ContractsSection) },
};
