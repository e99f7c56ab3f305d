import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClipboardText, IconPlus } from '@tabler/icons-react';
import { type ApplicationPage, createApplicationPage, listApplicationPages } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount, formatShare } from '#web/ui/format-number.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

const rate = (part: number, of: number) => (of === 0 ? '' : ` (${formatShare(part / of)})`);

const columns: TableColumn<ApplicationPage>[] = [
  {
    id: 'title',
    header: 'Page',
    cell: (row) => (
      <AppLink to="/application-pages/$pageId" params={{ pageId: row.id }}>
        {row.title}
      </AppLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 150,
    cell: (row) => (
      <>
        <Tag tone={row.state === 'open' ? 'good' : 'plain'}>{row.state}</Tag>
        {row.access === 'invite' && <Tag>by invitation</Tag>}
      </>
    ),
  },
  { id: 'visit', header: 'Visits', align: 'end', width: 90, from: 680, cell: (row) => formatCount(row.funnel.visit) },
  {
    id: 'submit',
    header: 'Sent',
    align: 'end',
    width: 130,
    from: 680,
    cell: (row) => `${formatCount(row.funnel.submit)}${rate(row.funnel.submit, row.funnel.visit)}`,
  },
  {
    id: 'approve',
    header: 'Approved',
    align: 'end',
    width: 110,
    from: 900,
    cell: (row) => formatCount(row.funnel.approve),
  },
  { id: 'waiting', header: 'Waiting', align: 'end', width: 90, cell: (row) => formatCount(row.waiting) },
];

export function PageList() {
  const canWrite = useCan('creators:write');
  const pages = useApiQuery(listApplicationPages, {});
  const [isOpen, dialog] = useDisclosure(false);
  const go = useGo();
  const add = (
    <Button
      variant="filled"
      disabled={!canWrite}
      leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      onClick={dialog.open}
    >
      New page
    </Button>
  );
  return (
    <>
      <div className="prt-filters">
        <p className="ink-2">
          Listed pages stand at{' '}
          <a href="/p/programs" className="link" target="_blank" rel="noreferrer">
            /p/programs
          </a>
          .
        </p>
        <span className="push">{add}</span>
      </div>
      <DataTable
        label="Application pages"
        columns={columns}
        rows={pages.data?.rows}
        rowId={(row) => row.id}
        more={{
          onOpen: (row) => go('/application-pages/$pageId', { params: { pageId: row.id } }),
          empty: (
            <EmptyState icon={IconClipboardText} title="No application pages yet" action={add}>
              A page asks your own questions, turns away who does not fit, and puts who does on a campaign or list.
            </EmptyState>
          ),
          error: pages.error,
          onRetry: () => void pages.refetch(),
        }}
      />
      <NewPage isOpen={isOpen} onClose={dialog.close} />
    </>
  );
}

function NewPage({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const go = useGo();
  const create = useApiMutation(createApplicationPage, { invalidate: ['applicationPages'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { title: '' },
    send: async (values) => {
      const page = await create.mutateAsync(values);
      onClose();
      go('/application-pages/$pageId', { params: { pageId: page.id } });
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title="New application page"
      submitLabel="Make page"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        label="Title"
        description="Applicants read it"
        required
        maxLength={120}
        {...form.getInputProps('title')}
      />
    </FormDialog>
  );
}
