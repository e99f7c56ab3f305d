import { Button } from '@mantine/core';
import { cancelOrderImport, listOrderImportErrors, type OrderImport, startOrderImport } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { nameOfField, trackingNouns } from './words.ts';

interface Props {
  run: OrderImport;
  onChanged: () => void;
  onAgain: () => void;
}

/** An import while it runs and after it ended: what became of the rows, which add up to the rows read. It goes on when the page is left. */
export function OrderImportRun({ run, onChanged, onAgain }: Props) {
  const go = useGo();
  const cancel = useApiMutation(cancelOrderImport, {
    invalidate: trackingNouns,
    onSuccess: onChanged,
    onError: (error) => sayFailed('Not cancelled', error),
  });
  const resume = useApiMutation(startOrderImport, {
    invalidate: trackingNouns,
    onSuccess: onChanged,
    onError: (error) => sayFailed('Not started', error),
  });
  const isRunning = run.state === 'running';
  const canResume = run.state === 'failed' || run.state === 'cancelled';
  const speed = run.rowsPerSecond === null ? '' : `, ${formatCount(run.rowsPerSecond)} a second`;
  return (
    <>
      <PageHeader
        title={titleOf(run)}
        sub={`${run.fileName}${run.sourceName === null ? '' : ` into ${run.sourceName}`}`}
        actions={
          !isRunning && (
            <>
              {canResume && (
                <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate({ importId: run.id })}>
                  Go on
                </Button>
              )}
              <Button onClick={onAgain}>Another file</Button>
              <Button
                variant={canResume ? 'default' : 'filled'}
                onClick={() =>
                  go('/tracking/orders', run.sourceId === null ? {} : { search: { source: run.sourceId } })
                }
              >
                See the orders
              </Button>
            </>
          )
        }
      />
      {isRunning && (
        <ProgressBar
          label={`${formatPlural(run.counts.read, 'row')} read${speed}`}
          percent={run.progress * 100}
          onCancel={() => cancel.mutate({ importId: run.id })}
        />
      )}
      {run.error !== null && <FormAlert>{run.error}</FormAlert>}
      <div className="figs">
        <StatCard label="Read" note="rows of the file">
          {formatCount(run.counts.read)}
        </StatCard>
        <StatCard label="New" note="orders">
          {formatCount(run.counts.created)}
        </StatCard>
        <StatCard label="Changed" note="known, with something new">
          {formatCount(run.counts.updated)}
        </StatCard>
        <StatCard label="As before" note="nothing new in them">
          {formatCount(run.counts.unchanged)}
        </StatCard>
        {run.counts.skipped > 0 && (
          <StatCard label="Further lines" note="of orders above them">
            {formatCount(run.counts.skipped)}
          </StatCard>
        )}
        <StatCard label="Not taken" note={run.counts.failed === 0 ? 'every row could be read' : 'something is wrong'}>
          {formatCount(run.counts.failed)}
        </StatCard>
      </div>
      {run.counts.errorsTotal > 0 && <Faults run={run} />}
    </>
  );
}

function titleOf(run: OrderImport): string {
  switch (run.state) {
    case 'uploaded':
      return 'Not started yet';
    case 'running':
      return 'Importing orders';
    case 'done':
      return run.counts.created === 0
        ? 'Imported: nothing new'
        : `${formatPlural(run.counts.created, 'new order')} imported`;
    case 'failed':
      return 'The import stopped';
    case 'cancelled':
      return 'The import was cancelled; what is in stays in';
  }
}

interface Fault {
  row: number;
  field: string;
  message: string;
}

const columns: TableColumn<Fault>[] = [
  { id: 'row', header: 'Row', width: 90, align: 'end', cell: (fault) => formatCount(fault.row) },
  {
    id: 'field',
    header: 'Field',
    width: 140,
    cell: (fault) => (fault.field === '' ? 'the whole row' : nameOfField(fault.field)),
  },
  {
    id: 'message',
    header: 'What is wrong',
    cell: (fault) => (
      <span className="clip trk-fault-text" title={fault.message}>
        {fault.message}
      </span>
    ),
  },
];

function Faults({ run }: { run: OrderImport }) {
  const { rows, query } = useApiPages(listOrderImportErrors, { importId: run.id, limit: 200 });
  return (
    <Section title={`${formatPlural(run.counts.failed, 'row')} not taken`} note="mend them and import the file again">
      <DataTable
        label="Rows with faults"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(fault) => `${fault.row} ${fault.field}`}
        more={{
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          },
          ...(rows.length > 12 ? { height: 440 } : {}),
        }}
      />
    </Section>
  );
}
