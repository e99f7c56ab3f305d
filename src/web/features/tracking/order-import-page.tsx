import { Button, Select } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import {
  getOrderImport,
  listOrderImports,
  listOrderSources,
  type OrderImport,
  uploadOrderFile,
} from '#modules/tracking/api.ts';

import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { OrderImportRun } from './order-import-run.tsx';
import { OrderMappingStep } from './order-mapping-step.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({ run: z.string().optional(), source: z.string().optional() });
const busyMs = 500;
const accept = {
  'text/csv': ['.csv', '.tsv', '.txt'],
  'application/json': ['.json', '.ndjson'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/gzip': ['.gz'],
};
const maxBytes = 2_000_000_000;

/** From a file to orders: drop it, see how each row is read, import it, read what came of it. Where one is stands in the address. */
export function OrderImportPage() {
  const [state, setState] = useSearchState(search);
  const canWrite = useCan('tracking:write');
  const open = (run: string | undefined) => setState({ run }, { push: true });
  if (!canWrite)
    return (
      <div className="page">
        <PageHeader title="Import orders" />
        <EmptyState title="Your role may not import">
          Ask an owner or an admin of the workspace for the role of a manager.
        </EmptyState>
      </div>
    );
  if (state.run !== undefined)
    return <OpenImport importId={state.run} sourceId={state.source} onAgain={() => open(undefined)} />;
  return (
    <div className="page">
      <PageHeader title="Bring orders in" sub="Nothing is stored before you have seen how each row is read." />
      <TrackingTabs />
      <Drop
        sourceId={state.source}
        onSource={(source) => setState({ source })}
        onUploaded={(run) => setState({ run }, { push: true })}
      />
      <Imports onOpen={open} />
    </div>
  );
}

function OpenImport(of: { importId: string; sourceId: string | undefined; onAgain: () => void }) {
  const run = useApiQuery(
    getOrderImport,
    { importId: of.importId },
    { refetchInterval: (query) => (query.state.data?.state === 'running' ? busyMs : false) },
  );
  return (
    <div className="page">
      <QueryState query={run}>
        {(found) =>
          found.state === 'uploaded' ? (
            <OrderMappingStep
              run={found}
              sourceId={of.sourceId}
              onStarted={() => void run.refetch()}
              onAgain={of.onAgain}
            />
          ) : (
            <OrderImportRun run={found} onChanged={() => void run.refetch()} onAgain={of.onAgain} />
          )
        }
      </QueryState>
      {run.error && (
        <div className="acts">
          <Button onClick={of.onAgain}>Import another file</Button>
        </div>
      )}
    </div>
  );
}

function Drop(of: {
  sourceId: string | undefined;
  onSource: (sourceId: string | undefined) => void;
  onUploaded: (importId: string) => void;
}) {
  const sources = useApiQuery(listOrderSources, {});
  const upload = useUpload(uploadOrderFile);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (file: File) => {
    setFailure(null);
    try {
      const preview = await upload.start(of.sourceId === undefined ? {} : { sourceId: of.sourceId }, file);
      of.onUploaded(preview.importId);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  const open = (sources.data ?? []).filter((source) => source.revokedAt === null);
  return (
    <div className="stack">
      {failure && <FormAlert>{failure}</FormAlert>}
      {upload.progress === null ? (
        <FileDrop
          title="Drop a file of orders here, or choose one"
          note="CSV, TSV, Excel (.xlsx), JSON or NDJSON, also as .gz, up to 2 GB"
          accept={accept}
          maxBytes={maxBytes}
          onFile={(file) => void send(file)}
        />
      ) : (
        <ProgressBar
          label={upload.progress < 1 ? 'Uploading' : 'Reading the first rows'}
          percent={upload.progress < 1 ? upload.progress * 100 : null}
          onCancel={upload.cancel}
        />
      )}
      <Select
        className="trk-narrow"
        label="Source of these orders"
        description="Headings are remembered for each source. Orders of one source are told apart by their id."
        placeholder="CSV"
        clearable
        data={open.map((source) => ({ value: source.id, label: source.name }))}
        value={of.sourceId ?? null}
        onChange={(value) => of.onSource(value ?? undefined)}
      />
    </div>
  );
}

const tones = { uploaded: 'plain', running: 'accent', done: 'good', failed: 'bad', cancelled: 'plain' } as const;
const stateWords = {
  uploaded: 'not started',
  running: 'running',
  done: 'done',
  failed: 'stopped',
  cancelled: 'cancelled',
} as const;

const columns: TableColumn<OrderImport>[] = [
  {
    id: 'file',
    header: 'File',
    cell: (run) => (
      <div className="clip">
        <b>{run.fileName}</b>
        <div className="meta clip">{run.sourceName ?? 'no source yet'}</div>
      </div>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 120,
    cell: (run) => <Status tone={tones[run.state]}>{stateWords[run.state]}</Status>,
  },
  { id: 'read', header: 'Rows', width: 90, align: 'end', from: 680, cell: (run) => formatCount(run.counts.read) },
  { id: 'new', header: 'New', width: 90, align: 'end', from: 680, cell: (run) => formatCount(run.counts.created) },
  {
    id: 'failed',
    header: 'Not taken',
    width: 100,
    align: 'end',
    from: 900,
    cell: (run) => formatCount(run.counts.failed),
  },
  { id: 'by', header: 'By', width: 150, from: 900, cell: (run) => <span className="clip">{run.createdByName}</span> },
  {
    id: 'at',
    header: 'When',
    width: 130,
    align: 'end',
    from: 680,
    cell: (run) => <span className="meta">{formatWhen(run.createdAt)}</span>,
  },
];

function Imports({ onOpen }: { onOpen: (importId: string) => void }) {
  const { rows, query } = useApiPages(listOrderImports, { limit: 50 });
  return (
    <Section title="Imports until now">
      <DataTable
        label="Imports of orders"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(run) => run.id}
        tall
        more={{
          onOpen: (run) => onOpen(run.id),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          },
          empty: (
            <EmptyState icon={IconFileUpload} title="No file of orders was imported yet">
              Each import stays here with what it brought and the rows it could not take.
            </EmptyState>
          ),
        }}
      />
    </Section>
  );
}
