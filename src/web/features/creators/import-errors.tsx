import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { downloadImportErrors, type ImportRun, listImportErrors } from '#modules/creators/api.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';

type Row = OutputOf<typeof listImportErrors>['rows'][number];

const columns: TableColumn<Row>[] = [
  { id: 'row', header: 'Row', width: 80, align: 'end', cell: (row) => row.row },
  {
    id: 'field',
    header: 'Column',
    width: 160,
    cell: (row) => <span className="clip">{row.field === '' ? 'the whole row' : row.field}</span>,
  },
  {
    id: 'message',
    header: 'What is wrong',
    cell: (row) => (
      <span className="clip" title={row.message}>
        {row.message}
      </span>
    ),
  },
  {
    id: 'raw',
    header: 'The row',
    width: 320,
    from: 900,
    cell: (row) => (
      <span className="meta clip">
        {Object.values(row.raw)
          .filter((cell) => cell !== '')
          .join(' · ')}
      </span>
    ),
  },
];

/** The rows that were not taken, with what is wrong, and the way to mend them. */
export function ImportErrors({ run }: { run: ImportRun }) {
  const { rows, query } = useApiPages(listImportErrors, { importId: run.id, limit: 200 });
  const download = useDownload(downloadImportErrors);
  const save = () =>
    download.start({ importId: run.id }, 'rows with errors.csv').catch((error) => sayFailed('Not downloaded', error));
  return (
    <Section
      title={`${formatPlural(run.counts.failed, 'row')} not taken`}
      note="mend them in the file below and import that file"
      end={
        <Button
          size="xs"
          leftSection={<IconDownload size={14} stroke={1.6} aria-hidden />}
          loading={download.isRunning}
          onClick={() => void save()}
        >
          Download these rows
        </Button>
      }
    >
      <DataTable
        label="Rows with errors"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(row) => `${row.row} ${row.field}`}
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
