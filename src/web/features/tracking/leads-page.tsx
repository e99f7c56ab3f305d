import { Button, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { z } from 'zod';
import { type Lead, listLeads } from '#modules/attribution/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Section } from '#web/ui/section.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { keyOfTouch, TouchRow } from './credit-why.tsx';
import { ruleWords } from './rule-words.ts';
import { TrackingTabs } from './tracking-tabs.tsx';
import { Who } from './who.tsx';
import './tracking.css';

const search = z.object({ event: z.string().default(''), open: z.string().optional() });

/** Steps before an order, such as sign-ups, with who is credited. */
export function LeadsPage() {
  const [state, setState] = useSearchState(search);
  const { timeZone } = useWorkspace();
  const { rows, query } = useApiPages(listLeads, { ...(state.event === '' ? {} : { event: state.event }), limit: 50 });
  const first = query.data as { pages: { total: number; credited: number }[] } | undefined;
  const sums = first?.pages[0];
  const open = rows.find((row) => row.id === state.open);
  const columns: TableColumn<Lead>[] = [
    {
      id: 'lead',
      header: 'Lead',
      cell: (row) => (
        <div className="who">
          <div>
            <b>{row.event}</b>
            <span className="meta">{row.externalId}</span>
          </div>
        </div>
      ),
    },
    {
      id: 'creator',
      header: 'Credited',
      width: 220,
      cell: (row) => <Who creator={row.creator} none={row.campaign?.name ?? 'Nobody'} />,
    },
    { id: 'rule', header: 'Why', width: 110, from: 680, cell: (row) => (row.rule === null ? '' : ruleWords[row.rule]) },
    { id: 'at', header: 'When', width: 150, from: 900, cell: (row) => formatDateTime(row.happenedAt, timeZone) },
  ];
  return (
    <div className="page">
      <PageHeader
        title={
          sums === undefined ? 'Leads' : `${formatCount(sums.credited)} of ${formatCount(sums.total)} leads credited`
        }
        sub="Sign-ups and other steps before an order. Credited by the rules, never money."
      />
      <TrackingTabs />
      <div className="trk-filters">
        <TextInput
          label="Event, as it is told"
          placeholder="sign-up"
          value={state.event}
          onChange={(event) => setState({ event: event.currentTarget.value })}
        />
      </div>
      <div className={open ? 'with-side' : undefined}>
        <DataTable
          label="Leads"
          columns={columns}
          rows={query.isPending ? undefined : rows}
          rowId={(row) => row.id}
          tall
          more={{
            onOpen: (row) => setState({ open: row.id }),
            currentId: state.open ?? null,
            hidden: open === undefined ? [] : ['at'],
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            },
            empty:
              state.event === '' ? (
                <EmptyState icon={IconUserPlus} title="No leads yet">
                  They come by the API: POST /api/v1/leads with an id, when it happened, and the clicks and codes the
                  page saw. <a href="/docs">See the API</a>
                </EmptyState>
              ) : (
                <EmptyState
                  title="No lead of that event"
                  action={<Button onClick={() => setState({ event: '' })}>Show all leads</Button>}
                >
                  Events are told in the words of whoever sends them.
                </EmptyState>
              ),
          }}
        />
        {open && (
          <SidePanel label={`${open.event} ${open.externalId}`} onClose={() => setState({ open: undefined })}>
            <div className="trk-body">
              <LeadWhy lead={open} />
            </div>
          </SidePanel>
        )}
      </div>
    </div>
  );
}

function LeadWhy({ lead }: { lead: Lead }) {
  const { timeZone } = useWorkspace();
  return (
    <>
      <div>
        <h2 className="t-lead">{lead.event}</h2>
        <p className="meta trk-any">
          {lead.externalId}, {formatDateTime(lead.happenedAt, timeZone)}
        </p>
      </div>
      <Why lead={lead} />
    </>
  );
}

function Why({ lead }: { lead: Lead }) {
  return (
    <Section
      title="Why this creator"
      note={lead.windowDays === null ? undefined : `clicks count for ${lead.windowDays} days`}
    >
      {lead.reason !== null && <p className="trk-reason">{lead.reason}</p>}
      {lead.isWaiting && <Tag>It names clicks that are not known, or not yet</Tag>}
      {lead.touches.map((touch) => (
        <TouchRow key={keyOfTouch(touch)} touch={touch} />
      ))}
      <p className="meta">
        {lead.policyVersion === null || lead.policyVersion === 0 ? 'Standard rules' : `Rules v${lead.policyVersion}`}.{' '}
        <AppLink to="/tracking/rules">See the rules</AppLink>
      </p>
    </Section>
  );
}
