import { IconFileExport } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'archives',
  routes: [],
  tabs: [
    {
      of: '/settings',
      path: '/data',
      title: 'Workspace data',
      order: 90,
      load: () => import('./workspace-data-page.tsx').then((page) => page.WorkspaceDataPage),
    },
  ],
  commands: [
    {
      id: 'export-workspace',
      label: 'Export the workspace',
      description: 'Settings, workspace data',
      icon: IconFileExport,
      keywords: ['archive', 'backup', 'move', 'import', 'download'],
      run: (go) => go('/settings/data'),
    },
  ],
};
