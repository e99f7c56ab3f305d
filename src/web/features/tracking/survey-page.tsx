import { Button } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  getSurvey,
  getSurveySummary,
  importAnswers,
  listAnswers,
  type SurveyAnswer,
  type SurveySummary,
} from '#modules/attribution/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { SurveySection } from './survey-section.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import { Who } from './who.tsx';
import './tracking.css';

const search = z.object({
  names: z.enum(['all', 'somebody', 'nobody']).default('all'),
  dialog: z.enum(['add', 'import']).optional(),
});

/** What customers say when asked how they heard of the shop, beside what was tracked. */
export function SurveyPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('tracking:write');
  const summary = useApiQuery(getSurveySummary, {});
  const survey = useApiQuery(getSurvey, {});
  const close = () => setState({ dialog: undefined });
  const { data } = summary;
  return (
    <div className="page">
      <PageHeader
        title={
          data === undefined
            ? 'Survey'
            : data.answers === 0
              ? 'Nobody has answered in 90 days'
              : `${formatCount(data.named)} of ${formatPlural(data.answers, 'answer')} name a creator`
        }
        sub={
          data === undefined ? undefined : `${data.from} to ${data.to}. What is said is never added to tracked credit.`
        }
        actions={
          canWrite && (
            <>
              <Button onClick={() => setState({ dialog: 'import' })}>Import</Button>
              <Button variant="filled" onClick={() => setState({ dialog: 'add' })}>
                Enter an answer
              </Button>
            </>
          )
        }
      />
      <TrackingTabs />
      <QueryState query={survey}>{(one) => <SurveySection survey={one} canWrite={canWrite} />}</QueryState>
      <QueryState query={summary}>{(sums) => (sums.rows.length === 0 ? null : <Beside summary={sums} />)}</QueryState>
      <Answers names={state.names} onNames={(names) => setState({ names })} canWrite={canWrite} />
      {state.dialog === 'add' && <AnswerDialog onClose={close} />}
      {state.dialog === 'import' && <ImportDialog what="answers" endpoint={importAnswers} onClose={close} />}
    </div>
  );
}

const besideColumns: TableColumn<SurveySummary['rows'][number]>[] = [
  { id: 'creator', header: 'Creator', cell: (row) => <Who creator={row.creator} none="No longer here" /> },
  { id: 'said', header: 'Said', width: 80, align: 'end', cell: (row) => <b>{formatCount(row.said)}</b> },
  {
    id: 'agrees',
    header: 'Paid too',
    width: 90,
    align: 'end',
    from: 680,
    cell: (row) => formatCount(row.agrees),
  },
  { id: 'others', header: 'Others paid', width: 110, align: 'end', from: 900, cell: (row) => formatCount(row.others) },
  { id: 'nobody', header: 'Nobody paid', width: 110, align: 'end', from: 680, cell: (row) => formatCount(row.nobody) },
  {
    id: 'unknown',
    header: 'Order unknown',
    width: 130,
    align: 'end',
    from: 1240,
    cell: (row) => formatCount(row.unknown),
  },
  {
    id: 'tracked',
    header: 'Tracked orders',
    width: 130,
    align: 'end',
    cell: (row) => formatCount(row.tracked),
  },
];

function Beside({ summary }: { summary: SurveySummary }) {
  return (
    <Section
      title="Said beside tracked"
      note="answers that name a creator, held beside who is paid for their order; people who answer are not all who buy"
    >
      <DataTable
        label="Answers beside tracked credit"
        columns={besideColumns}
        rows={summary.rows}
        rowId={(row) => row.creator?.personId ?? ''}
        tall
      />
    </Section>
  );
}

const toldBy: Record<NonNullable<SurveyAnswer['matchedBy']>, string> = {
  given: 'named by the sender',
  handle: 'by handle',
  name: 'by name',
  code: 'by code',
  choice: 'chosen',
  hand: 'by hand',
};

interface AnswersProps {
  names: 'all' | 'somebody' | 'nobody';
  onNames: (names: 'all' | 'somebody' | 'nobody') => void;
  canWrite: boolean;
}

function Answers({ names, onNames, canWrite }: AnswersProps) {
  const { timeZone } = useWorkspace();
  const { rows, query } = useApiPages(listAnswers, { ...(names === 'all' ? {} : { names }), limit: 50 });
  const [open, setOpen] = useState<SurveyAnswer | null>(null);
  const columns: TableColumn<SurveyAnswer>[] = [
    {
      id: 'answer',
      header: 'Answer',
      cell: (row) => (
        <div>
          <b className="clip">{row.answer}</b>
          {row.choice !== null && row.choice !== row.answer && <span className="meta">{row.choice}</span>}
        </div>
      ),
    },
    { id: 'creator', header: 'Names', width: 210, cell: (row) => <Who creator={row.creator} /> },
    {
      id: 'by',
      header: 'Told',
      width: 140,
      from: 900,
      cell: (row) => (row.matchedBy === null ? '' : toldBy[row.matchedBy]),
    },
    { id: 'order', header: 'Order', width: 130, from: 680, cell: (row) => row.orderExternalId ?? '' },
    { id: 'at', header: 'When', width: 150, from: 900, cell: (row) => formatDateTime(row.answeredAt, timeZone) },
  ];
  return (
    <Section
      title="Answers"
      note={canWrite ? 'newest first; open one to say whom it names' : 'newest first'}
      end={
        <Segments
          label="Which answers"
          value={names}
          options={[
            { value: 'all', label: 'All' },
            { value: 'somebody', label: 'Name a creator' },
            { value: 'nobody', label: 'Name nobody' },
          ]}
          onChange={onNames}
        />
      }
    >
      <DataTable
        label="Answers"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(row) => row.id}
        tall
        more={{
          ...(canWrite ? { onOpen: setOpen } : {}),
          currentId: open?.id ?? null,
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          },
          empty: (
            <EmptyState icon={IconMessageQuestion} title={names === 'all' ? 'No answers yet' : 'No answer fits'}>
              {names === 'all'
                ? 'Link the page above from the shop’s thank-you page, or import answers you have.'
                : 'Show all answers instead.'}
            </EmptyState>
          ),
        }}
      />
      {open !== null && <AssignDialog answer={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
