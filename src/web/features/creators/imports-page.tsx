import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { forgetImportMapping, type ImportRun, listImportMappings, listImports } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { CreatorsTabs } from './creators-tabs.tsx';
import { kindWords, stateWords } from './words.ts';
import './creators.css';

const tones = { uploaded: 'plain', running: 'accent', done: 'good', failed: 'bad', cancelled: 'plain' } as const;

const columns: TableColumn<ImportRun>[] = [
  {
    id: 'file',
    header: 'File',
    cell: (run) => (
      <span>
        <AppLink to="/creators/import" search={{ run: run.id }}>
          {run.fileName}
        </AppLink>
        <span className="meta">
          {' '}
          {kindWords[run.kind]}
          {run.isDryRun ? ', trial run' : ''}
        </span>
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 170,
    cell: (run) => <Status tone={tones[run.state]}>{stateWords[run.state]}</Status>,
  },
  { id: 'read', header: 'Rows', width: 100, align: 'end', cell: (run) => formatCount(run.counts.read) },
  { id: 'created', header: 'New', width: 90, align: 'end', from: 680, cell: (run) => formatCount(run.counts.created) },
  {
    id: 'updated',
    header: 'Updated',
    width: 100,
    align: 'end',
    from: 900,
    cell: (run) => formatCount(run.counts.updated),
  },
  {
    id: 'failed',
    header: 'Not taken',
    width: 100,
    align: 'end',
    from: 680,
    cell: (run) => formatCount(run.counts.failed),
  },
  { id: 'by', header: 'By', width: 140, from: 900, cell: (run) => <span className="clip">{run.createdByName}</span> },
  {
    id: 'at',
    header: 'When',
    width: 160,
    align: 'end',
    from: 680,
    cell: (run) => (
      <span className="meta" title={formatDateTime(run.createdAt)}>
        {formatWhen(run.createdAt)}
      </span>
    ),
  },
];

/** Every import there was, and how files are remembered. */
export function ImportsPage() {
  const go = useGo();
  const canWrite = useCan('creators:write');
  const { rows, query } = useApiPages(listImports, { limit: 50 });
  const openImport = () => go('/creators/import');
  return (
    <div className="page">
      <PageHeader
        title={rows.length === 0 ? 'No imports yet' : `Last import ${formatWhen(rows[0]?.createdAt ?? '')}`}
        actions={
          canWrite && (
            <Button variant="filled" onClick={openImport}>
              Import a file
            </Button>
          )
        }
      />
      <CreatorsTabs />
      <DataTable
        label="Imports"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(run) => run.id}
        more={{
          onOpen: (run) => go('/creators/import', { search: { run: run.id } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          },
          empty: (
            <EmptyState
              icon={IconFileUpload}
              title="No file was imported yet"
              action={
                canWrite ? (
                  <Button variant="filled" onClick={openImport}>
                    Import a file
                  </Button>
                ) : undefined
              }
            >
              Each import stays here with what it brought and the rows it could not take.
            </EmptyState>
          ),
        }}
      />
      <Remembered canWrite={canWrite} />
    </div>
  );
}

function Remembered({ canWrite }: { canWrite: boolean }) {
  const mappings = useApiQuery(listImportMappings, {});
  const forget = useApiMutation(forgetImportMapping, {
    invalidate: ['importMappings'],
    onSuccess: () => sayDone('Forgotten'),
    onError: (error) => sayFailed('Not forgotten', error),
  });
  const rows = mappings.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="Remembered mappings" note="files with the same header are read the same way">
      <ul className="list">
        {rows.map((mapping) => (
          <li key={mapping.id}>
            <div className="creators-grow">
              <b>{mapping.name}</b>
              <span className="meta block clip">
                {kindWords[mapping.kind]},{' '}
                {formatPlural(mapping.columns.filter((column) => column.target !== null).length, 'column')} read,{' '}
                {formatWhen(mapping.updatedAt)}
              </span>
            </div>
            {canWrite && (
              <Button size="xs" variant="subtle" color="gray" onClick={() => forget.mutate({ mappingId: mapping.id })}>
                Forget
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
