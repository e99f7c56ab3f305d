import { IconListCheck, IconSun } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useTodayCount } from './use-today-count.ts';

export const feature: Feature = {
  name: 'today',
  routes: [
    { path: '/', title: 'Today', load: () => import('./today-page.tsx').then((page) => page.TodayPage) },
    { path: '/tasks', title: 'Tasks', load: () => import('./tasks-page.tsx').then((page) => page.TasksPage) },
  ],
  commands: [
    {
      id: 'tasks',
      label: 'What needs me: tasks',
      icon: IconListCheck,
      keywords: ['todo', 'task', 'due'],
      run: (go) => go('/tasks'),
    },
    {
      id: 'add-task',
      label: 'Add a task',
      icon: IconListCheck,
      keywords: ['todo', 'remind'],
      run: (go) => go('/tasks', { search: { add: true } }),
    },
  ],
  rail: [{ label: 'Today', to: '/', icon: IconSun }],
  useRailCounts: useTodayCount,
};
