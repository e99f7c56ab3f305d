import { IconWritingSign } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'contracts',
  routes: [
    {
      path: '/contracts',
      title: 'Contracts',
      load: () => import('./all-contracts-page.tsx').then((page) => page.AllContractsPage),
    },
    {
      path: '/contracts/$contractId',
      title: 'Contract',
      load: () => import('./contract-page.tsx').then((page) => page.ContractPage),
    },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/contracts',
      title: 'Contracts',
      order: 40,
      load: () => import('./campaign-contracts-page.tsx').then((page) => page.CampaignContractsPage),
    },
    {
      of: '/settings',
      path: '/contracts',
      title: 'Contracts',
      order: 42,
      load: () => import('./contract-settings-page.tsx').then((page) => page.ContractSettingsPage),
    },
  ],
  commands: [
    {
      id: 'contracts',
      label: 'Open contracts',
      icon: IconWritingSign,
      keywords: ['agreement', 'sign', 'terms'],
      run: (go) => go('/contracts'),
    },
    {
      id: 'contract-clauses',
      label: 'Clauses and contract templates',
      keywords: ['legal', 'library'],
      run: (go) => go('/settings/contracts'),
    },
  ],
};
