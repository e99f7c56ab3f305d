import { Button, Menu } from '@mantine/core';
import { IconDots, IconLink, IconPencil, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { type BriefStatus, type Campaign, listBriefStatus, makeBriefLink, sendBrief } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { type BriefLink, BriefLinksDialog } from './brief-links-dialog.tsx';
import { BriefOverrideDialog } from './brief-override-dialog.tsx';
import { SendBriefDialog } from './brief-send-dialog.tsx';

const stateWords: Record<BriefStatus['state'], { label: string; tone: 'plain' | 'good' | 'warn' | 'accent' }> = {
  not_sent: { label: 'Not sent', tone: 'plain' },
  sent: { label: 'Not read yet', tone: 'warn' },
  opened: { label: 'Read, not confirmed', tone: 'warn' },
  outdated: { label: 'Changed since sent', tone: 'warn' },
  acknowledged: { label: 'Confirmed', tone: 'good' },
};

const fieldWords: Record<string, string> = {
  note: 'a word',
  deliverables: 'deliverables',
  dates: 'dates',
  compensation: 'compensation',
  pay: 'pay',
  usageRights: 'usage rights',
  rights: 'rights',
  disclosure: 'disclosure',
  hashtags: 'hashtags',
  links: 'links',
};

type Filter = 'all' | 'to_send' | 'waiting' | 'acknowledged';

function fits(row: BriefStatus, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'to_send':
      return row.state === 'not_sent' || row.state === 'outdated';
    case 'waiting':
      return row.state === 'sent' || row.state === 'opened';
    case 'acknowledged':
      return row.state === 'acknowledged';
  }
}

interface Props {
  campaign: Campaign;
  filter: Filter;
  onFilter: (next: Filter) => void;
}

/** How each creator stands to the brief: sent, read, confirmed, or asked again since their part changed. */
export function BriefCreators({ campaign, filter, onFilter }: Props) {
  const query = useApiQuery(listBriefStatus, { campaignId: campaign.id });
  const mayWrite = useCan('campaigns:write');
  const [chosen, setChosen] = useState<string[]>([]);
  const [sending, setSending] = useState<readonly BriefStatus[] | null>(null);
  const [links, setLinks] = useState<readonly BriefLink[] | null>(null);
  const [edited, setEdited] = useState<BriefStatus | null>(null);
  const all = query.data?.rows;
  const rows = all?.filter((row) => fits(row, filter));
  const count = (one: Filter) => (all ?? []).filter((row) => fits(row, one)).length;
  const copy = useApiMutation(makeBriefLink, {
    invalidate: ['briefs'],
    onError: (error) => sayFailed('No link made', error),
  });
  const copyLink = (row: BriefStatus) =>
    copy.mutate(
      { enrolmentId: row.enrolmentId },
      { onSuccess: ({ url }) => setLinks([{ enrolmentId: row.enrolmentId, name: row.person.name, url }]) },
    );
  const remind = useApiMutation(sendBrief, {
    invalidate: ['briefs'],
    onSuccess: (answer) => {
      sayDone(answer.reminded + answer.sent === 0 ? 'Reminded a few minutes ago' : 'Reminded');
      if (answer.links.length > 0) setLinks(answer.links);
    },
    onError: (error) => sayFailed('Not sent', error),
  });
  const columns = columnsOf({
    mayWrite,
    onSend: (row) => setSending([row]),
    onRemind: (row) =>
      remind.mutate({ campaignId: campaign.id, enrolmentIds: [row.enrolmentId], again: true, message: '' }),
    onLink: copyLink,
    onEdit: setEdited,
  });
  const chosenRows = (rows ?? []).filter((row) => chosen.includes(row.enrolmentId));
  return (
    <section className="camp-views" aria-labelledby="brief-creators">
      <div className="camp-bar">
        <h2 id="brief-creators">
          {all === undefined
            ? 'Creators'
            : `${count('acknowledged')} of ${formatPlural(all.length, 'creator')} confirmed it`}
        </h2>
        <Segments
          label="Show"
          value={filter}
          onChange={(next) => onFilter(next)}
          options={[
            { value: 'all', label: 'All' },
            { value: 'to_send', label: `To send ${count('to_send')}` },
            { value: 'waiting', label: `Waiting ${count('waiting')}` },
            { value: 'acknowledged', label: 'Confirmed' },
          ]}
        />
      </div>
      {query.data?.mailIsOff && (
        <p className="meta">No mail server is set up, so nothing is mailed: you get a link for each to copy.</p>
      )}
      <DataTable
        label="Creators and the brief"
        columns={columns}
        rows={rows}
        rowId={(row) => row.enrolmentId}
        tall
        {...(mayWrite ? { selection: { value: chosen, onChange: setChosen } } : {})}
        more={{
          ...((rows?.length ?? 0) > 100 ? { height: 640 } : {}),
          error: query.error,
          onRetry: () => void query.refetch(),
          empty:
            filter === 'all' ? (
              <EmptyState title="Nobody is on the roster yet">
                Add creators; then the brief can be sent to all of them at once.
              </EmptyState>
            ) : (
              <EmptyState title="Nobody here">Choose “All” to see everybody on the roster.</EmptyState>
            ),
        }}
      />
      <BulkBar
        count={chosenRows.length}
        title={`${formatPlural(chosenRows.length, 'creator')} chosen`}
        onClear={() => setChosen([])}
      >
        <Button
          variant="filled"
          leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
          onClick={() => setSending(chosenRows)}
        >
          Send the brief
        </Button>
      </BulkBar>
      {sending !== null && (
        <SendBriefDialog
          campaign={campaign}
          rows={sending}
          onClose={() => setSending(null)}
          onSent={(made) => {
            setSending(null);
            setChosen([]);
            if (made.length > 0) setLinks(made);
          }}
        />
      )}
      {links !== null && <BriefLinksDialog links={links} onClose={() => setLinks(null)} />}
      {edited !== null && <BriefOverrideDialog campaign={campaign} row={edited} onClose={() => setEdited(null)} />}
    </section>
  );
}

interface Acts {
  mayWrite: boolean;
  onSend: (row: BriefStatus) => void;
  onRemind: (row: BriefStatus) => void;
  onLink: (row: BriefStatus) => void;
  onEdit: (row: BriefStatus) => void;
}

function columnsOf(acts: Acts): TableColumn<BriefStatus>[] {
  return [
    {
      id: 'name',
      header: 'Creator',
      cell: (row) => (
        <div className="who">
          <Avatar id={row.person.id} name={row.person.name} size={32} />
          <div>
            <AppLink to="/creators/$personId" params={{ personId: row.person.id }}>
              <b>{row.person.name}</b>
            </AppLink>
            <span className="meta">
              {row.own.length === 0
                ? ''
                : `For them alone: ${row.own.map((field) => fieldWords[field] ?? field).join(', ')}`}
            </span>
          </div>
        </div>
      ),
    },
    {
      id: 'state',
      header: 'Brief',
      width: 190,
      cell: (row) => (
        <div>
          <Status tone={stateWords[row.state].tone}>{stateWords[row.state].label}</Status>
          {row.changes.length > 0 && <span className="meta block clip">{row.changes.join(', ')}</span>}
        </div>
      ),
    },
    { id: 'sent', header: 'Sent', width: 170, from: 900, cell: (row) => <Sent row={row} /> },
    {
      id: 'agreed',
      header: 'Confirmed',
      width: 210,
      from: 680,
      cell: (row) =>
        row.acknowledged === null ? (
          <span className="ink-3">not yet</span>
        ) : (
          <div>
            v{row.acknowledged.version}, {formatWhen(row.acknowledged.at)}
            <span className="meta block">from {row.acknowledged.ip}</span>
          </div>
        ),
    },
    ...(acts.mayWrite
      ? [
          {
            id: 'do',
            header: '',
            width: 190,
            align: 'end' as const,
            cell: (row: BriefStatus) => <Do row={row} acts={acts} />,
          },
        ]
      : []),
  ];
}

function Sent({ row }: { row: BriefStatus }) {
  if (row.sentAt === null) return <span className="ink-3">not yet</span>;
  const how = { queued: 'by mail', off: 'by link', no_address: 'by link, no address' }[row.mail ?? 'off'];
  return (
    <div>
      v{row.sentVersion}, {formatWhen(row.sentAt)}
      <span className="meta block">
        {how}
        {row.times > 1 ? `, ${row.times} times` : ''}
      </span>
    </div>
  );
}

function Do({ row, acts }: { row: BriefStatus; acts: Acts }) {
  const isToSend = row.state === 'not_sent' || row.state === 'outdated';
  const isWaiting = row.state === 'sent' || row.state === 'opened';
  return (
    <div className="row" style={{ justifyContent: 'flex-end' }}>
      {isToSend && (
        <button type="button" className="link bare" onClick={() => acts.onSend(row)}>
          {row.state === 'outdated' ? 'Send the change' : 'Send'}
        </button>
      )}
      {isWaiting && (
        <button type="button" className="link bare" onClick={() => acts.onRemind(row)}>
          Remind
        </button>
      )}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-sm" aria-label={`More for ${row.person.name}`}>
            <IconDots size={16} stroke={1.6} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink size={16} stroke={1.6} />} onClick={() => acts.onLink(row)}>
            Make a link to copy
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => acts.onEdit(row)}>
            Change it for them alone
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
