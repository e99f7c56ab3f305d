import { IconMail } from '@tabler/icons-react';
import type { Feature } from '#web/shell/feature.ts';
import { useMailingJobs } from './use-mailing-jobs.ts';
import { useOutreachCounts } from './use-outreach-counts.ts';

export const feature: Feature = {
  name: 'outreach',
  routes: [
    {
      path: '/outreach',
      title: 'Messages',
      load: () => import('./outreach-page.tsx').then((page) => page.OutreachPage),
      children: [
        { path: '/', title: 'Messages', load: () => import('./inbox-page.tsx').then((page) => page.InboxPage) },
        { path: '/drafts', title: 'Drafts', load: () => import('./drafts-page.tsx').then((page) => page.DraftsPage) },
        {
          path: '/mailings',
          title: 'Mailings',
          load: () => import('./mailings-page.tsx').then((page) => page.MailingsPage),
        },
        {
          path: '/sequences',
          title: 'Sequences',
          load: () => import('./sequences-page.tsx').then((page) => page.SequencesPage),
        },
        {
          path: '/templates',
          title: 'Templates',
          load: () => import('./templates-page.tsx').then((page) => page.TemplatesPage),
        },
      ],
    },
    {
      path: '/outreach/threads/$threadId',
      title: 'Conversation',
      load: () => import('./thread-page.tsx').then((page) => page.ThreadPage),
    },
    {
      path: '/outreach/mailings/$mailingId',
      title: 'Mailing',
      load: () => import('./mailing-page.tsx').then((page) => page.MailingPage),
    },
    {
      path: '/outreach/new',
      title: 'Write',
      load: () => import('./compose-page.tsx').then((page) => page.ComposePage),
    },
  ],
  outside: [
    {
      path: '/mail-consent',
      title: 'Connect a mailbox',
      load: () => import('./mail-consent-page.tsx').then((page) => page.MailConsentPage),
    },
    {
      path: '/unsubscribe/$unsubscribeToken',
      title: 'Unsubscribe',
      load: () => import('./unsubscribe-page.tsx').then((page) => page.UnsubscribePage),
    },
  ],
  tabs: [
    {
      of: '/settings',
      path: '/outreach',
      title: 'Mail',
      order: 20,
      load: () => import('./outreach-settings-page.tsx').then((page) => page.OutreachSettingsPage),
    },
    {
      of: '/creators/$personId',
      path: '/messages',
      title: 'Messages',
      order: 60,
      load: () => import('./creator-messages-page.tsx').then((page) => page.CreatorMessagesPage),
    },
    {
      of: '/campaigns/$campaignId',
      path: '/outreach',
      title: 'Outreach',
      order: 27,
      load: () => import('./campaign-outreach-page.tsx').then((page) => page.CampaignOutreachPage),
    },
  ],
  rail: [{ label: 'Messages', to: '/outreach', icon: IconMail }],
  commands: [
    {
      id: 'outreach-inbox',
      label: 'Open messages',
      keywords: ['inbox', 'mail', 'replies', 'outreach'],
      run: (go) => go('/outreach'),
    },
    {
      id: 'outreach-mailbox',
      label: 'Connect a mailbox',
      description: 'Settings, mail',
      keywords: ['smtp', 'imap', 'gmail', 'outlook', 'signature'],
      run: (go) => go('/settings/outreach'),
    },
  ],
  useRailCounts: useOutreachCounts,
  useJobs: useMailingJobs,
};
