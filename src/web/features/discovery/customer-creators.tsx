import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { updateCreators } from '#modules/creators/api.ts';
import { type CustomerCreator, decideCustomer, listCustomerCreators, type MatchSign } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import type { TableColumn } from '#web/ui/table-column.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { AddToList } from './add-to-list.tsx';

type Show = 'matched' | 'possible' | 'rejected';
type Sort = 'orders' | 'followers' | 'last';

const signWords: Record<MatchSign, string> = {
  email: 'same e-mail',
  handle: 'same account',
  name: 'same name',
  local_part: 'handle is the part before the @',
};
const unknown = <span className="ink-3">not known</span>;
const dayOf = (day: string | null) => (day === null ? unknown : formatDate(day));

const columns: TableColumn<CustomerCreator>[] = [
  {
    id: 'name',
    header: 'Creator',
    cell: (row) => (
      <div className="who">
        <Avatar id={row.personId} name={row.name} size={32} />
        <div>
          <b className="clip">{row.name}</b>
          <span className="meta clip">{row.profile === null ? 'no profile' : `@${row.profile.handle}`}</span>
        </div>
      </div>
    ),
  },
  {
    id: 'how',
    header: 'Told by',
    width: 210,
    from: 680,
    cell: (row) => (
      <div>
        <span className="clip block">{row.signs.map((sign) => signWords[sign]).join(', ')}</span>
        {row.decidedBy !== null && <span className="meta clip block">{`${row.certainty} by ${row.decidedBy}`}</span>}
      </div>
    ),
  },
  { id: 'orders', header: 'Orders', width: 90, align: 'end', isSortable: true, cell: (row) => row.orders ?? unknown },
  {
    id: 'value',
    header: 'Bought for',
    width: 120,
    align: 'end',
    cell: (row) =>
      row.values.length === 0 ? unknown : row.values.map((value) => <Money key={value.currency} value={value} />),
  },
  {
    id: 'first',
    header: 'First order',
    width: 130,
    align: 'end',
    from: 1240,
    cell: (row) => dayOf(row.firstOrderOn),
  },
  {
    id: 'last',
    header: 'Last order',
    width: 130,
    align: 'end',
    isSortable: true,
    from: 900,
    cell: (row) => dayOf(row.lastOrderOn),
  },
  {
    id: 'followers',
    header: 'Followers',
    width: 100,
    align: 'end',
    isSortable: true,
    from: 900,
    cell: (row) => (row.profile?.followers == null ? unknown : formatCompact(row.profile.followers)),
  },
];

/** Creators that are customers, or may be: decide, put on a list, tag. */
export function CustomerCreators({ show, sort, onSort }: { show: Show; sort: Sort; onSort: (sort: Sort) => void }) {
  const { rows, query } = useApiPages(listCustomerCreators, { certainty: show, sort, limit: 100 });
  const [chosen, setChosen] = useState<string[]>([]);
  const [isTagging, tagging] = useDisclosure(false);
  const canWrite = useCan('discovery:write');
  const canTag = useCan('creators:write');
  const go = useGo();
  const decide = useApiMutation(decideCustomer, {
    invalidate: ['customers', 'discovery'],
    onError: (error) => sayFailed('Not decided', error),
  });
  const decideAll = async (decision: 'confirmed' | 'rejected') => {
    for (const personId of chosen) await decide.mutateAsync({ personId, decision });
    sayDone(`${formatPlural(chosen.length, 'creator')} ${decision}`);
    setChosen([]);
  };
  return (
    <>
      <DataTable
        label="Creators among customers"
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(row) => row.personId}
        tall
        sort={{
          value: { by: sort, desc: true },
          onChange: ({ by }) => onSort(by === 'followers' || by === 'last' ? by : 'orders'),
        }}
        selection={{ value: chosen, onChange: setChosen }}
        more={{
          onOpen: (row) => go('/creators/$personId', { params: { personId: row.personId } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => void (query.hasNextPage && query.fetchNextPage()),
          empty: <EmptyState title={emptyTitle(show)}>{emptyText(show)}</EmptyState>,
        }}
      />
      <BulkBar
        count={chosen.length}
        title={`${formatPlural(chosen.length, 'creator')} chosen`}
        faces={rows.filter((row) => chosen.includes(row.personId)).map((row) => ({ id: row.personId, name: row.name }))}
        onClear={() => setChosen([])}
      >
        {canWrite && show !== 'rejected' && (
          <Button onClick={() => void decideAll('rejected')}>Not the same person</Button>
        )}
        {canWrite && show !== 'matched' && <Button onClick={() => void decideAll('confirmed')}>The same person</Button>}
        {canTag && <Button onClick={tagging.open}>Tag</Button>}
        <AddToList personIds={chosen} isPrimary />
      </BulkBar>
      {isTagging && <TagDialog personIds={chosen} onClose={tagging.close} />}
    </>
  );
}

function emptyTitle(show: Show): string {
  switch (show) {
    case 'matched':
      return 'None of the creators is a customer yet';
    case 'possible':
      return 'Nothing to decide';
    case 'rejected':
      return 'Nobody was rejected';
  }
}

function emptyText(show: Show): string {
  switch (show) {
    case 'matched':
      return 'No address or account of the files belongs to a creator of this workspace. Creators you add later are matched as they come.';
    case 'possible':
      return 'Creators who share only a name, or whose handle is what stands before the @, wait here until you decide.';
    case 'rejected':
      return 'Who you say is not the same person stands here, and stays out of files to come.';
  }
}

function TagDialog({ personIds, onClose }: { personIds: readonly string[]; onClose: () => void }) {
  const update = useApiMutation(updateCreators, { invalidate: ['creators', 'discovery'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { addTags: 'customer' },
    send: async ({ addTags }) => {
      const { changed } = await update.mutateAsync({ personIds: [...personIds], addTags: [addTags] });
      sayDone(`${formatPlural(changed, 'creator')} tagged ${addTags}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Tag ${formatPlural(personIds.length, 'creator')}`}
      submitLabel="Tag"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Tag" required data-autofocus {...form.getInputProps('addTags')} />
    </FormDialog>
  );
}
