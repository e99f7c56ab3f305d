import { Button, Select, TextInput } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { type Platform, platformNames } from '#kernel/platform.ts';
import { checkSuppression, listSuppressions, suppress } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CreatorsTabs } from './creators-tabs.tsx';
import { ErasuresSection } from './erasures-section.tsx';
import { platformOptions } from './words.ts';
import './creators.css';

type Row = OutputOf<typeof listSuppressions>['rows'][number];

const columns: TableColumn<Row>[] = [
  {
    id: 'kind',
    header: 'What',
    cell: (row) =>
      row.kind === 'email'
        ? 'An e-mail address'
        : `A handle${row.platform === null ? '' : ` on ${platformNames[row.platform]}`}`,
  },
  { id: 'reason', header: 'Why', cell: (row) => <span className="clip">{row.reason}</span> },
  {
    id: 'hash',
    header: 'Kept as',
    width: 160,
    from: 680,
    cell: (row) => <code className="meta">{row.hash.slice(0, 16)}…</code>,
  },
  { id: 'at', header: 'Since', width: 130, align: 'end', cell: (row) => formatDate(row.createdAt) },
];

/** Who asked not to be kept: erased everywhere, and never brought back by an import. */
export function ObjectionsPage() {
  const [isOpen, setOpen] = useState(false);
  const canWrite = useCan('creators:write');
  const { rows, query } = useApiPages(listSuppressions, { limit: 100 });
  const title = query.isPending
    ? 'Objections'
    : rows.length === 0
      ? 'Nobody has objected'
      : `${rows.length}${query.hasNextPage ? ' or more' : ''} ${rows.length === 1 ? 'entry stays' : 'entries stay'} out`;
  return (
    <div className="page">
      <PageHeader
        title={title}
        sub="A creator who asks not to be kept is erased in every workspace of this installation, and no import brings them back."
        actions={
          canWrite && (
            <Button variant="filled" onClick={() => setOpen(true)}>
              Keep an objection
            </Button>
          )
        }
      />
      <CreatorsTabs />
      <div className="cols">
        <DataTable
          label="Objections"
          columns={columns}
          rows={query.isPending ? undefined : rows}
          rowId={(row) => row.hash}
          more={{
            error: query.error,
            onRetry: () => void query.refetch(),
            onEnd: () => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            },
            empty: (
              <EmptyState icon={IconShieldCheck} title="The list is empty">
                When a creator asks not to be kept, note the handle or address here. Only a salted hash of it stays.
              </EmptyState>
            ),
          }}
        />
        <CheckSection />
      </div>
      <ErasuresSection />
      <ObjectionDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </div>
  );
}

function CheckSection() {
  const [answer, setAnswer] = useState<string | null>(null);
  const check = useApiMutation(checkSuppression);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { text: '' },
    validate: { text: (value) => (value.trim() === '' ? 'Write a handle or an e-mail address' : null) },
    send: async ({ text }) => {
      const isEmail = /^[^@\s]+@[^@\s]+$/.test(text.trim());
      const { isSuppressed } = await check.mutateAsync(isEmail ? { email: text.trim() } : { handle: text.trim() });
      setAnswer(isSuppressed ? `${text.trim()} is on the list.` : `${text.trim()} is not on the list.`);
    },
  });
  return (
    <Section title="Is somebody on the list?" note="it holds hashes, so it can only be asked">
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput label="Handle or e-mail address" {...form.getInputProps('text')} />
        <div className="row">
          <Button type="submit" loading={isBusy}>
            Look
          </Button>
          <span role="status">{answer}</span>
        </div>
      </form>
    </Section>
  );
}

function ObjectionDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const add = useApiMutation(suppress, {
    invalidate: ['suppressions', 'creators', 'discovery', 'lists', 'roster', 'vetting'],
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { handle: '', platform: '', email: '', reason: 'asked not to be kept' },
    validate: {
      handle: (value, values) =>
        value.trim() === '' && values.email.trim() === '' ? 'Write a handle or an e-mail address' : null,
    },
    send: async ({ handle, platform, email, reason }) => {
      const answer = await add.mutateAsync({
        reason,
        ...(handle.trim() === '' ? {} : { handle }),
        ...(platform === '' ? {} : { platform: platform as Platform }),
        ...(email.trim() === '' ? {} : { email: email.trim() }),
      });
      sayDone(`Kept. ${formatPlural(answer.erased, 'creator')} erased.`);
      form.reset();
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keep an objection"
      submitLabel="Erase and keep out"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">
        Whoever bears the handle or address is erased in every workspace of this installation. It cannot be undone.
      </p>
      <TextInput label="Handle or address of the profile" {...form.getInputProps('handle')} />
      <Select
        label="Platform of a bare handle"
        data={[{ value: '', label: 'All platforms' }, ...platformOptions]}
        allowDeselect={false}
        {...form.getInputProps('platform')}
      />
      <TextInput label="E-mail address" type="email" {...form.getInputProps('email')} />
      <TextInput label="Why" maxLength={500} {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
