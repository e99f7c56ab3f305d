import { IconPhotoCheck } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';

export const feature: Feature = {
  name: 'submissions',
  routes: [
    {
      path: '/submissions',
      title: 'Drafts',
      load: () => import('./all-drafts-page.tsx').then((page) => page.AllDraftsPage),
    },
    {
      path: '/submissions/$submissionId',
      title: 'Draft',
      load: () => import('./review-page.tsx').then((page) => page.ReviewPage),
    },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/drafts',
      title: 'Drafts',
      order: 49,
      load: () => import('./drafts-page.tsx').then((page) => page.DraftsPage),
    },
    {
      of: '/settings',
      path: '/working-days',
      title: 'Working days',
      order: 45,
      load: () => import('./working-days-page.tsx').then((page) => page.WorkingDaysPage),
    },
  ],
  outside: [
    {
      path: '/review/$reviewToken',
      title: 'Drafts to review',
      load: () => import('./shared-review-page.tsx').then((page) => page.SharedReviewPage),
    },
  ],
  commands: [
    {
      id: 'drafts-to-approve',
      label: 'Review drafts of creators',
      icon: IconPhotoCheck,
      keywords: ['approve', 'content', 'submission', 'caption'],
      run: (go) => go('/submissions'),
    },
  ],
};
