import type { Feature } from '#web/shell/feature.ts';
import { useAppealNotices } from './use-appeal-notices.ts';
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
          path: '/contact',
          title: 'Contact',
          load: () => import('./contact-page.tsx').then((page) => page.ContactPage),
        },
      ],
    },
    {
      path: '/vetting/compare',
      title: 'Vetting side by side',
      load: () => import('./compare-page.tsx').then((page) => page.ComparePage),
    },
    {
      path: '/brand-profile',
      title: 'Brand profile',
      load: () => import('./brand-profile-page.tsx').then((page) => page.BrandProfilePage),
    },
    {
      path: '/brand-safety',
      title: 'Brand safety',
      load: () => import('./brand-safety-page.tsx').then((page) => page.BrandSafetyPage),
    },
  ],
  outside: [
    {
      path: '/shared-report/$reportToken',
      title: 'A shared report',
      load: () => import('./shared-report-page.tsx').then((page) => page.SharedReportPage),
    },
  ],
  tabs: [
    {
      of: '/settings',
      path: '/vetting',
      title: 'Vetting rules',
      order: 20,
      load: () => import('./rules-page.tsx').then((page) => page.RulesPage),
    },
  ],
  commands: [
    {
      id: 'brand-safety',
      label: 'Show brand-safety flags and word lists',
      keywords: ['unsafe words', 'profanity', 'alcohol', 'flags'],
      run: (go) => go('/brand-safety'),
    },
    {
      id: 'vetting-rules',
      label: 'Edit points and verdict rules of vetting',
      keywords: ['weights', 'score', 'thresholds', 'red flags'],
      run: (go) => go('/settings/vetting'),
    },
    {
      id: 'brand-profile',
      label: 'Edit the brand profile',
      keywords: ['niches', 'no-go words', 'competitors', 'alignment'],
      run: (go) => go('/brand-profile'),
    },
  ],
  useJobs: useVettingJobs,
  useNotices: useAppealNotices,
};
