import { Button } from '@mantine/core';
import { useState } from 'react';
import { cancelMailing, listMailingRuns, type MailingRun } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useParam } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { RateFigure } from './mailing-table.tsx';
import { runWords } from './words.ts';
import './outreach.css';

const refreshMs = 15_000;

const columns: TableColumn<MailingRun>[] = [
  {
    id: 'name',
    header: 'Creator',
    cell: (row) => (
      <div className="who">
        <Avatar id={row.personId} name={row.name} size={32} />
        <div>
          {row.threadId === null ? (
            <b>{row.name}</b>
          ) : (
            <AppLink to="/outreach/threads/$threadId" params={{ threadId: row.threadId }}>
              {row.name}
            </AppLink>
          )}
          <span className="meta block">{row.to}</span>
        </div>
      </div>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 130,
    cell: (row) => <Status tone={runWords[row.state].tone}>{runWords[row.state].word}</Status>,
  },
  { id: 'step', header: 'Mails sent', width: 100, align: 'end', cell: (row) => row.step },
  { id: 'due', header: 'Next', width: 170, from: 680, cell: (row) => <Due at={row.dueAt} /> },
  { id: 'why', header: 'Why', from: 900, cell: (row) => row.why ?? '' },
];

function Due({ at }: { at: string | null }) {
  const { timeZone } = useWorkspace();
  return at === null ? null : formatDateTime(at, timeZone);
}

/** How far a mailing is, creator by creator. */
export function MailingPage() {
  const mailingId = useParam('mailingId');
  const canWrite = useCan('outreach:write');
  const [isAsking, setAsking] = useState(false);
  const query = useApiQuery(listMailingRuns, { mailingId }, { refetchInterval: refreshMs });
  useCrumb(query.data?.mailing.name);
  const cancel = useApiMutation(cancelMailing, { invalidate: ['mailings', 'sequences'] });
  return (
    <div className="page">
      <QueryState query={query}>
        {({ mailing, rows }) => {
          const isOpen = mailing.state === 'running';
          return (
            <>
              <PageHeader
                title={mailing.name}
                sub={`Written to ${mailing.begun} of ${mailing.creators} creators, ${mailing.steps === 1 ? 'one mail' : `${mailing.steps} mails`} each at most. Started by ${mailing.startedBy}.`}
                actions={isOpen && canWrite && <Button onClick={() => setAsking(true)}>Stop it</Button>}
              />
              {isOpen && (
                <ProgressBar
                  label={`${mailing.ended} of ${mailing.creators} creators get nothing more`}
                  percent={Math.round((100 * mailing.ended) / Math.max(1, mailing.creators))}
                />
              )}
              <div className="figs">
                <StatCard label="Answered">
                  <RateFigure label="Answered" rate={mailing.stats.replied} asOf={mailing.startedAt} />
                </StatCard>
                <StatCard label="Came back">
                  <RateFigure label="Came back" rate={mailing.stats.bounced} asOf={mailing.startedAt} />
                </StatCard>
                <StatCard label="Unsubscribed">
                  <RateFigure label="Unsubscribed" rate={mailing.stats.unsubscribed} asOf={mailing.startedAt} />
                </StatCard>
                {mailing.stats.opened !== null && (
                  <StatCard label="Picture loaded" note="by people or by programs; an upper bound at best">
                    <RateFigure label="Picture loaded" rate={mailing.stats.opened} asOf={mailing.startedAt} />
                  </StatCard>
                )}
              </div>
              <DataTable
                label="Creators of this mailing"
                columns={columns}
                rows={rows}
                rowId={(row) => row.id}
                tall
                more={{ height: 640 }}
              />
              <ConfirmDialog
                isOpen={isAsking}
                onClose={() => setAsking(false)}
                title={`Stop "${mailing.name}"?`}
                confirmLabel="Stop it"
                onConfirm={() => cancel.mutateAsync({ mailingId })}
                isDangerous
              >
                {mailing.stats.waiting} creators get nothing more of it. What a mail server has taken cannot be called
                back.
              </ConfirmDialog>
            </>
          );
        }}
      </QueryState>
    </div>
  );
}
