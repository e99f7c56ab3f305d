import { Button, Select, TextInput } from '@mantine/core';
import { IconClipboardText, IconDownload, IconSearch } from '@tabler/icons-react';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import {
  type Application,
  applicationStates,
  exportApplications,
  listApplicationPages,
  listApplications,
} from '#modules/portal/api.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayFailed } from '#web/ui/say.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { ApplicationPanel } from './application-panel.tsx';
import { stateWords } from './words.ts';

const search = z.object({
  q: z.string().default(''),
  state: z.enum(applicationStates).optional(),
  page: z.string().optional(),
  open: z.string().optional(),
});

const columns: TableColumn<Application>[] = [
  {
    id: 'name',
    header: 'Applicant',
    cell: (row) => (
      <div>
        <b>{row.name}</b>
        <span className="meta"> {row.profiles[0] === undefined ? '' : `@${row.profiles[0].handle}`}</span>
      </div>
    ),
  },
  {
    id: 'account',
    header: 'On',
    from: 900,
    cell: (row) => row.profiles.map((profile) => platformNames[profile.platform]).join(', '),
  },
  {
    id: 'followers',
    header: 'Followers, as stated',
    align: 'end',
    from: 900,
    width: 160,
    cell: (row) => {
      const known = row.profiles.flatMap(({ followers }) => (followers === null ? [] : [followers]));
      return known.length === 0 ? <span className="ink-3">not said</span> : formatCompact(Math.max(...known));
    },
  },
  { id: 'page', header: 'Page', from: 1240, cell: (row) => row.pageTitle },
  { id: 'sent', header: 'Sent', width: 110, from: 680, cell: (row) => formatDate(row.submittedAt) },
  { id: 'state', header: 'State', width: 120, cell: (row) => <StateTag row={row} /> },
];

function StateTag({ row }: { row: Application }) {
  const isDoubtful = row.state === 'waits' && row.findings.some((one) => one.outcome === 'review');
  return <Tag tone={row.state === 'approved' ? 'good' : isDoubtful ? 'warn' : 'plain'}>{stateWords[row.state]}</Tag>;
}

/** Applications, those that wait among them; one opens beside the list. */
export function ApplicationQueue() {
  const [state, setState] = useSearchState(search);
  const { timeZone } = useWorkspace();
  const filter = {
    ...(state.q === '' ? {} : { q: state.q }),
    ...(state.state === undefined ? {} : { state: state.state }),
    ...(state.page === undefined ? {} : { pageId: state.page }),
  };
  const { rows, query } = useApiPages(listApplications, { ...filter, limit: 100 });
  const pages = useApiQuery(listApplicationPages, {});
  const download = useDownload(exportApplications);
  const open = rows.find((row) => row.id === state.open);
  return (
    <>
      <div className="prt-filters">
        <TextInput
          label="Name, e-mail or account"
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => setState({ q: event.currentTarget.value })}
        />
        <Select
          label="State"
          data={[
            { value: '', label: 'All' },
            ...applicationStates.map((value) => ({ value, label: stateWords[value] })),
          ]}
          value={state.state ?? ''}
          onChange={(value) => setState({ state: applicationStates.find((one) => one === value) })}
        />
        <Select
          label="Page"
          data={[
            { value: '', label: 'All' },
            ...(pages.data?.rows.map((page) => ({ value: page.id, label: page.title })) ?? []),
          ]}
          value={state.page ?? ''}
          onChange={(value) => setState({ page: value === '' || value === null ? undefined : value })}
        />
        <Button
          className="push"
          leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          loading={download.isRunning}
          disabled={rows.length === 0}
          onClick={() =>
            void download.start(filter, 'applications.csv').catch((error) => sayFailed('Not exported', error))
          }
        >
          Export
        </Button>
      </div>
      <div className={open ? 'with-side' : undefined}>
        <DataTable
          label="Applications"
          columns={columns}
          rows={query.isPending ? undefined : rows}
          rowId={(row) => row.id}
          tall
          more={{
            onOpen: (row) => setState({ open: row.id }),
            ...(state.open === undefined ? {} : { currentId: state.open }),
            empty: (
              <EmptyState icon={IconClipboardText} title="No applications">
                Creators apply on a page of yours. Make one under Pages and pass its address on.
              </EmptyState>
            ),
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => void (query.hasNextPage && !query.isFetchingNextPage && query.fetchNextPage()),
          }}
        />
        {open && (
          <ApplicationPanel
            key={open.id}
            row={open}
            timeZone={timeZone}
            onClose={() => setState({ open: undefined })}
          />
        )}
      </div>
    </>
  );
}
