import type { Feature } from '#web/shell/feature.ts';
import { useVettingJobs } from './use-vetting-jobs.ts';

export const feature: Feature = {
  name: 'vetting',
  routes: [
    {
      path: '/creators/$personId',
      title: 'Creator',
      load: () => import('./creator-page.tsx').then((page) => page.CreatorPage),
      children: [
        { path: '/', title: 'Overview', load: () => import('./overview-page.tsx').then((page) => page.OverviewPage) },
        {
          path: '/audience',
          title: 'Audience',
          load: () => import('./audience-page.tsx').then((page) => page.AudiencePage),
        },
        {
          path: '/engagement',
          title: 'Engagement',
          load: () => import('./engagement-page.tsx').then((page) => page.EngagementPage),
        },
        {
          path: '/comments',
          title: 'Comments',
          load: () => import('./comments-page.tsx').then((page) => page.CommentsPage),
        },
        {
          path: '/content',
          title: 'Content',
          load: () => import('./content-page.tsx').then((page) => page.ContentPage),
        },
        {
          path: '/partnerships',
          title: 'Partnerships',
          load: () => import('./partnerships-page.tsx').then((page) => page.PartnershipsPage),
        },
        {
          path: '/history',
          title: 'History',
          load: () => import('./history-page.tsx').then((page) => page.HistoryPage),
        },
        {
          path: '/relationship',
          title: 'Relationship',
          load: () => import('./relationship-page.tsx').then((page) => page.RelationshipPage),
        },
      ],
    },
    {
      path: '/brand-profile',
      title: 'Brand profile',
      load: () => import('./brand-profile-page.tsx').then((page) => page.BrandProfilePage),
    },
  ],
  commands: [
    {
      id: 'brand-profile',
      label: 'Edit the brand profile',
      keywords: ['niches', 'no-go words', 'competitors', 'alignment'],
      run: (go) => go('/brand-profile'),
    },
  ],
  useJobs: useVettingJobs,
};
