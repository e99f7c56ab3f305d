import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'disclosure',
  routes: [
    {
      path: '/disclosure',
      title: 'Disclosure evidence',
      load: () => import('./evidence-page.tsx').then((page) => page.EvidencePage),
    },
  ],
  tabs: [
    {
      of: '/creators/$personId',
      path: '/disclosure',
      title: 'Disclosure',
      order: 40,
      load: () => import('./record-page.tsx').then((page) => page.RecordPage),
    },
    {
      of: '/settings',
      path: '/disclosure',
      title: 'Disclosure rules',
      order: 40,
      load: () => import('./packs-page.tsx').then((page) => page.PacksPage),
    },
  ],
  commands: [
    {
      id: 'disclosure-check',
      label: 'Check a caption for its disclosure',
      keywords: ['ad', 'sponsored', 'rules', 'FTC', 'ASA'],
      run: (go) => go('/settings/disclosure'),
    },
    { id: 'disclosure-evidence', label: 'Evidence of disclosure', run: (go) => go('/disclosure') },
  ],
};
