import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addDoNotContact,
  checkDoNotContact,
  type DoNotContact,
  listDoNotContact,
  removeDoNotContact,
} from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

const columns: TableColumn<DoNotContact>[] = [
  { id: 'kind', header: 'What', width: 90, cell: (row) => (row.kind === 'email' ? 'Address' : 'Handle') },
  { id: 'scope', header: 'From what', width: 150, cell: (row) => (row.scope === 'all' ? 'anything' : 'outreach') },
  { id: 'reason', header: 'Why', cell: (row) => row.reason },
  { id: 'since', header: 'Since', width: 130, cell: (row) => <Since at={row.createdAt} /> },
];

function Since({ at }: { at: string }) {
  return formatDate(at, useWorkspace().timeZone);
}

/** Who must not be written to. The list holds only salted hashes, so it can be checked and added to, and never read. */
export function DoNotContactSection() {
  const { rows, query } = useApiPages(listDoNotContact, { limit: 50 });
  const canWrite = useCan('outreach:write');
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title="Do not contact"
      note="for all workspaces of this installation; salted hashes only"
      end={canWrite && <Button onClick={() => setAdding(true)}>Add somebody</Button>}
    >
      <div className="out-sheet">
        <CheckForm />
        {query.isSuccess && rows.length === 0 ? (
          <EmptyState title="Nobody asked to be left alone yet">
            Who unsubscribes, or answers “stop”, comes onto this list by itself.
          </EmptyState>
        ) : (
          <DataTable
            label="Do not contact"
            columns={columns}
            rows={query.isPending ? undefined : rows}
            rowId={(row) => row.hash}
            more={{ error: query.error, ...(query.hasNextPage ? { onEnd: () => void query.fetchNextPage() } : {}) }}
          />
        )}
      </div>
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function CheckForm() {
  const mayRemove = useCan('workspace:write');
  const [email, setEmail] = useState('');
  const check = useApiMutation(checkDoNotContact, { onError: (error) => sayFailed('Not checked', error) });
  const remove = useApiMutation(removeDoNotContact, {
    invalidate: ['doNotContact'],
    onSuccess: () => {
      sayDone('Taken off the list');
      check.reset();
    },
    onError: (error) => sayFailed('Not taken off', error),
  });
  const [reason, setReason] = useState('');
  return (
    <form
      className="out-form form"
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate({ email });
      }}
    >
      <div className="out-two">
        <TextInput
          label="Is an address on it?"
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" style={{ alignSelf: 'end' }} disabled={email === ''} loading={check.isPending}>
          Check
        </Button>
      </div>
      {check.data && (
        <p role="status">
          {check.data.scope === null
            ? 'It is not on the list.'
            : `It is on the list: ${check.data.reason}${check.data.since ? `, ${formatDate(check.data.since)}` : ''}.`}
        </p>
      )}
      {check.data?.scope && mayRemove && (
        <div className="out-two">
          <TextInput
            label="Take it off, since its owner asked for it"
            placeholder="Who asked, and when"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button
            style={{ alignSelf: 'end' }}
            loading={remove.isPending}
            onClick={() => remove.mutate({ email, reason })}
          >
            Take off the list
          </Button>
        </div>
      )}
    </form>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const add = useApiMutation(addDoNotContact, { invalidate: ['doNotContact', 'mailings', 'threads'] });
  const { form, onSubmit, isBusy, failure } = useApiForm<{
    emails: string;
    handle: string;
    scope: 'outreach' | 'all';
    reason: string;
  }>({
    initialValues: { emails: '', handle: '', scope: 'outreach', reason: 'asked not to be contacted' },
    send: async ({ emails, handle, scope, reason }) => {
      const list = emails.split(/[\s,;]+/).filter((one) => one !== '');
      const done = await add.mutateAsync({
        scope,
        reason,
        ...(list.length === 0 ? {} : { emails: list }),
        ...(handle.trim() === '' ? {} : { handle }),
      });
      sayDone(`Added ${formatPlural(done.added, 'entry', 'entries')}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Add to the do-not-contact list"
      submitLabel="Add"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="E-mail addresses"
        description="One a line, or a whole list."
        autosize
        minRows={2}
        maxRows={10}
        {...form.getInputProps('emails')}
      />
      <TextInput label="Or a handle" {...form.getInputProps('handle')} />
      <Select
        label="From what"
        allowDeselect={false}
        data={[
          { value: 'outreach', label: 'No more outreach; contracts still arrive' },
          { value: 'all', label: 'Nothing at all' },
        ]}
        {...form.getInputProps('scope')}
      />
      <TextInput label="Why" required {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
