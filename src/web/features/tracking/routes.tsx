import { IconLink } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useOrderImportJobs } from './use-order-import-jobs.ts';

export const feature: Feature = {
  name: 'tracking',
  routes: [
    { path: '/tracking', title: 'Tracking', load: () => import('./links-page.tsx').then((page) => page.LinksPage) },
    { path: '/tracking/tills', title: 'Tills', load: () => import('./tills-page.tsx').then((page) => page.TillsPage) },
    {
      path: '/tracking/script',
      title: 'Script for shop pages',
      load: () => import('./snippet-page.tsx').then((page) => page.SnippetPage),
    },
    { path: '/tracking/codes', title: 'Codes', load: () => import('./codes-page.tsx').then((page) => page.CodesPage) },
    {
      path: '/tracking/orders',
      title: 'Orders',
      load: () => import('./orders-page.tsx').then((page) => page.OrdersPage),
    },
    {
      path: '/tracking/orders/import',
      title: 'Import orders',
      load: () => import('./order-import-page.tsx').then((page) => page.OrderImportPage),
    },
    { path: '/tracking/leads', title: 'Leads', load: () => import('./leads-page.tsx').then((page) => page.LeadsPage) },
    {
      path: '/tracking/survey',
      title: 'Survey',
      load: () => import('./survey-page.tsx').then((page) => page.SurveyPage),
    },
    { path: '/tracking/rules', title: 'Rules', load: () => import('./rules-page.tsx').then((page) => page.RulesPage) },
    {
      path: '/tracking/models',
      title: 'Models',
      load: () => import('./models-page.tsx').then((page) => page.ModelsPage),
    },
    { path: '/tracking/live', title: 'Live', load: () => import('./live-page.tsx').then((page) => page.LivePage) },
    {
      path: '/tracking/sources',
      title: 'Order sources',
      load: () => import('./sources-page.tsx').then((page) => page.SourcesPage),
    },
    {
      path: '/tracking/rates',
      title: 'Exchange rates',
      load: () => import('./rates-page.tsx').then((page) => page.RatesPage),
    },
    {
      path: '/tracking/dropped',
      title: 'Not counted',
      load: () => import('./dropped-page.tsx').then((page) => page.DroppedPage),
    },
    {
      path: '/tracking/settings',
      title: 'Tracking settings',
      load: () => import('./settings-page.tsx').then((page) => page.TrackingSettingsPage),
    },
  ],
  outside: [
    { path: '/till', title: 'Till', load: () => import('./till-page.tsx').then((page) => page.TillPage) },
    {
      path: '/survey/$surveyToken',
      title: 'A question',
      load: () => import('./survey-answer-page.tsx').then((page) => page.SurveyAnswerPage),
    },
  ],
  tabs: [
    {
      of: '/campaigns/$campaignId',
      path: '/tracking',
      title: 'Tracking',
      order: 60,
      load: () => import('./campaign-tracking-page.tsx').then((page) => page.CampaignTrackingPage),
    },
    {
      of: '/campaigns/$campaignId',
      path: '/traffic',
      title: 'Traffic',
      order: 62,
      load: () => import('./traffic-tabs.tsx').then((page) => page.CampaignTraffic),
    },
    {
      of: '/creators/$personId',
      path: '/traffic',
      title: 'Traffic',
      order: 70,
      load: () => import('./traffic-tabs.tsx').then((page) => page.CreatorTraffic),
    },
    {
      of: '/campaigns/$campaignId',
      path: '/proof',
      title: 'Proof',
      order: 65,
      load: () => import('./proof-page.tsx').then((page) => page.ProofPage),
    },
  ],
  rail: [{ label: 'Tracking', to: '/tracking', icon: IconLink }],
  useJobs: useOrderImportJobs,
  commands: [
    {
      id: 'new-link',
      label: 'New link',
      keywords: ['short', 'url', 'qr'],
      run: (go) => go('/tracking', { search: { add: true } }),
    },
    {
      id: 'orders',
      label: 'Orders and why they are credited',
      keywords: ['conversions', 'attribution'],
      run: (go) => go('/tracking/orders'),
    },
  ],
};
