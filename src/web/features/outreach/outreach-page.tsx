import { Button } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { countThreads, listMailboxes } from '#modules/outreach/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { UrlTabs } from '#web/shell/url-tabs.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import './outreach.css';

/** Frame of all that is written with creators. */
export function OutreachPage() {
  const go = useGo();
  const canWrite = useCan('outreach:write');
  const counts = useApiQuery(countThreads, {});
  const mailboxes = useApiQuery(listMailboxes, {});
  const waiting = counts.data?.waiting ?? 0;
  const drafts = counts.data?.drafts ?? 0;
  const rows = mailboxes.data?.rows ?? [];
  const broken = rows.find((mailbox) => mailbox.state === 'broken');
  const title =
    counts.data === undefined
      ? 'Messages'
      : waiting === 0
        ? 'Nobody waits for an answer'
        : `${formatPlural(waiting, 'creator')} ${waiting === 1 ? 'waits' : 'wait'} for your answer`;
  const sent = rows.reduce((sum, mailbox) => sum + mailbox.sentToday, 0);
  const limit = rows.reduce((sum, mailbox) => sum + mailbox.limitToday, 0);
  return (
    <div className="page">
      <PageHeader
        title={title}
        sub={
          rows.length === 0
            ? 'No mailbox is connected yet.'
            : `${sent} of today’s ${limit} mails of sequences sent, from ${formatPlural(rows.length, 'mailbox', 'mailboxes')}`
        }
        actions={
          canWrite && (
            <Button variant="filled" onClick={() => go('/outreach/new')}>
              Write
            </Button>
          )
        }
      />
      {mailboxes.data !== undefined && rows.length === 0 && (
        <div className="alert info">
          <span>
            Connect the mailbox your team writes from, and answers come in here.{' '}
            <AppLink to="/settings/outreach">Connect a mailbox</AppLink>
          </span>
        </div>
      )}
      {broken && (
        <div className="alert" role="alert">
          <span>
            {broken.address} does not work: {broken.fault} <AppLink to="/settings/outreach">Mend it</AppLink>
          </span>
        </div>
      )}
      <UrlTabs
        label="Messages"
        tabs={[
          { label: 'Conversations', to: '/outreach' },
          { label: 'Drafts', to: '/outreach/drafts', ...(drafts > 0 ? { count: drafts } : {}) },
          { label: 'Mailings', to: '/outreach/mailings' },
          { label: 'Sequences', to: '/outreach/sequences' },
          { label: 'Templates', to: '/outreach/templates' },
        ]}
      />
      <Outlet />
    </div>
  );
}
