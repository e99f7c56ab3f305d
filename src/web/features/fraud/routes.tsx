import { IconShieldSearch } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useFraudNotices } from './use-fraud-notices.ts';

export const feature: Feature = {
  name: 'fraud',
  routes: [
    {
      path: '/tracking/fraud',
      title: 'Fraud and leaks',
      load: () => import('./queue-page.tsx').then((page) => page.QueuePage),
    },
    {
      path: '/tracking/fraud/$groupId',
      title: 'Fraud and leaks',
      load: () => import('./queue-page.tsx').then((page) => page.QueuePage),
    },
  ],
  tabs: [
    {
      of: '/creators/$personId',
      path: '/fraud',
      title: 'Fraud check',
      order: 72,
      load: () => import('./creator-fraud-page.tsx').then((page) => page.CreatorFraudPage),
    },
    {
      of: '/settings',
      path: '/fraud',
      title: 'Fraud rules',
      order: 22,
      load: () => import('./settings-page.tsx').then((page) => page.FraudSettingsPage),
    },
  ],
  commands: [
    {
      id: 'fraud',
      label: 'Fraud and leaks: what waits for a decision',
      icon: IconShieldSearch,
      keywords: ['hold', 'held', 'leak', 'self purchase', 'bots', 'ban', 'appeal'],
      run: (go) => go('/tracking/fraud'),
    },
    {
      id: 'fraud-rules',
      label: 'Fraud rules and thresholds',
      keywords: ['watch', 'enforce', 'coupon sites', 'banned referrers'],
      run: (go) => go('/settings/fraud'),
    },
  ],
  useNotices: useFraudNotices,
};
