import { IconMovie, IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { platformNames } from '#kernel/platform.ts';
import type { SubmissionRow } from '#modules/submissions/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import type { DataTableMore } from '#web/ui/table-more.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useDraftFile } from './use-draft-file.ts';
import { liveWords, stateNames, stateTones, unseenLiveWords } from './words.ts';

interface Props {
  rows: SubmissionRow[] | undefined;
  selection?: { value: readonly string[]; onChange: (next: string[]) => void };
  more: Pick<DataTableMore<SubmissionRow>, 'empty' | 'error' | 'onRetry' | 'onEnd'>;
  /** Which campaign each is of: where drafts of several stand together. */
  withCampaign?: boolean;
}

/** Drafts as rows: picture, creator, what it says, what the label is worth, what waits. */
export function DraftTable({ rows, selection, more, withCampaign = false }: Props) {
  const go = useGo();
  const { timeZone } = useWorkspace();
  const columns = useMemo(() => columnsOf({ timeZone, withCampaign }), [timeZone, withCampaign]);
  return (
    <DataTable
      label="Drafts"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      tall
      {...(selection === undefined ? {} : { selection })}
      more={{
        ...more,
        onOpen: (row) => go('/submissions/$submissionId', { params: { submissionId: row.id } }),
      }}
    />
  );
}

function columnsOf(of: { timeZone: string; withCampaign: boolean }): TableColumn<SubmissionRow>[] {
  return [
    {
      id: 'piece',
      header: 'Draft',
      cell: (row) => (
        <AppLink className="who sub-piece" to="/submissions/$submissionId" params={{ submissionId: row.id }}>
          <Cover row={row} />
          <div>
            <b>{row.person.name}</b>
            <span className="meta clip">
              {row.deliverable.title}, {platformNames[row.deliverable.platform]} {row.deliverable.format}
              {of.withCampaign && `, ${row.campaign.name}`}
            </span>
          </div>
        </AppLink>
      ),
    },
    {
      id: 'state',
      header: 'State',
      width: 150,
      cell: (row) => <Tag tone={stateTones[row.state]}>{stateNames[row.state]}</Tag>,
    },
    {
      id: 'label',
      header: 'Label and post',
      width: 170,
      from: 680,
      cell: (row) => <Verdict row={row} />,
    },
    {
      id: 'caption',
      header: 'Caption',
      from: 1240,
      cell: (row) => (
        <span className="clip ink-2">{row.captionStart || (row.round === 0 ? 'nothing handed in' : 'no caption')}</span>
      ),
    },
    {
      id: 'round',
      header: 'Round',
      width: 80,
      align: 'end',
      from: 680,
      cell: (row) => <span className="num">{row.round === 0 ? 'none' : row.round}</span>,
    },
    {
      id: 'since',
      header: 'Since',
      width: 130,
      from: 900,
      cell: (row) => <span className="meta">{formatWhen(row.stateSince)}</span>,
    },
  ];
}

function Cover({ row }: { row: SubmissionRow }) {
  const addressOf = useDraftFile(row.id);
  if (row.cover?.kind === 'image')
    return (
      <img className="sub-cover" src={addressOf({ id: row.cover.fileId, kind: 'image' }).small} alt="" loading="lazy" />
    );
  const Icon = row.cover === null ? (row.round === 0 ? IconPhotoOff : IconPhoto) : IconMovie;
  return (
    <span className="sub-cover">
      <Icon size={18} stroke={1.6} aria-hidden />
    </span>
  );
}

const verdictWords = {
  pass: { label: 'label clear', tone: 'good' },
  warn: { label: 'label: look again', tone: 'warn' },
  fail: { label: 'label fails', tone: 'bad' },
  not_needed: { label: 'no label needed', tone: 'plain' },
} as const;

function Verdict({ row }: { row: SubmissionRow }) {
  if (row.live !== null) {
    const { label, tone } =
      row.live.goneAt === null
        ? (row.round === 0 ? unseenLiveWords : liveWords)[row.live.result]
        : { label: 'gone', tone: 'bad' as const };
    return <Tag tone={tone}>{label}</Tag>;
  }
  return (
    <>
      {row.verdict === null ? (
        <span className="meta">not handed in</span>
      ) : (
        <Tag tone={verdictWords[row.verdict].tone}>{verdictWords[row.verdict].label}</Tag>
      )}
      {row.openComments > 0 && <span className="meta block">{formatPlural(row.openComments, 'open remark')}</span>}
    </>
  );
}
