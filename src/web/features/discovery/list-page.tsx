import { Button, Menu, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconDownload, IconUsersPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import {
  type CreatorList,
  exportList,
  getList,
  type Hit,
  type ListMember,
  listMembers,
  noteListMember,
  removeFromList,
  updateList,
} from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CompareDialog, compareMax } from './compare-dialog.tsx';
import './discovery.css';
import { memberColumns } from './member-columns.tsx';

const stale = ['lists', 'discovery'];

export function ListPage() {
  const listId = useParam('listId');
  const query = useApiQuery(getList, { listId });
  useCrumb(query.data?.name);
  return (
    <div className="page">
      <QueryState query={query}>{(list) => <OpenList list={list} />}</QueryState>
    </div>
  );
}

function OpenList({ list }: { list: CreatorList }) {
  const { rows, query } = useApiPages(listMembers, { listId: list.id, limit: 100 });
  const canWrite = useCan('discovery:write');
  const [chosen, setChosen] = useState<string[]>([]);
  const [noted, setNoted] = useState<ListMember | null>(null);
  const [isComparing, comparison] = useDisclosure(false);
  const go = useGo();
  const remove = useApiMutation(removeFromList, {
    invalidate: stale,
    onSuccess: ({ removed }) => sayDone(`${formatPlural(removed, 'creator')} taken off ${list.name}`),
    onError: (error) => sayFailed('Not taken off', error),
  });
  const columns = useMemo(() => memberColumns(canWrite ? setNoted : null), [canWrite]);
  const hits = rows.flatMap((member): Hit[] =>
    member.hit !== null && chosen.includes(member.personId) ? [member.hit] : [],
  );
  return (
    <>
      <PageHeader
        title={list.name}
        sub={`${formatPlural(list.members, 'creator')}, made by ${list.createdBy}`}
        badge={list.archivedAt === null ? undefined : <Tag>archived</Tag>}
        actions={<ListActions list={list} canWrite={canWrite} />}
      />
      <DataTable
        label={`Creators on ${list.name}`}
        columns={columns}
        rows={query.isPending ? undefined : rows}
        rowId={(member) => member.personId}
        tall
        selection={{ value: chosen, onChange: setChosen }}
        more={{
          onOpen: (member) => go('/creators/$personId', { params: { personId: member.personId } }),
          error: query.error,
          onRetry: () => void query.refetch(),
          onEnd: () => void (query.hasNextPage && query.fetchNextPage()),
          empty: (
            <EmptyState
              icon={IconUsersPlus}
              title="Nobody is on this list yet"
              action={
                <AppLink to="/discover">
                  <Button component="span" variant="filled">
                    Find creators
                  </Button>
                </AppLink>
              }
            >
              Choose creators in Discover and add them to {list.name}.
            </EmptyState>
          ),
        }}
      />
      <BulkBar
        count={chosen.length}
        title={`${formatPlural(chosen.length, 'creator')} chosen`}
        faces={hits.map((hit) => ({ id: hit.personId, name: hit.name ?? '' }))}
        onClear={() => setChosen([])}
      >
        {canWrite && (
          <Button
            loading={remove.isPending}
            onClick={() => remove.mutate({ listId: list.id, personIds: chosen }, { onSuccess: () => setChosen([]) })}
          >
            Take off the list
          </Button>
        )}
        <Button variant="filled" disabled={hits.length < 2 || hits.length > compareMax} onClick={comparison.open}>
          Compare {hits.length}
        </Button>
      </BulkBar>
      {noted !== null && <NoteDialog listId={list.id} member={noted} onClose={() => setNoted(null)} />}
      {isComparing && <CompareDialog hits={hits} onClose={comparison.close} />}
    </>
  );
}

function ListActions({ list, canWrite }: { list: CreatorList; canWrite: boolean }) {
  const download = useDownload(exportList);
  const [isRenaming, renaming] = useDisclosure(false);
  const update = useApiMutation(updateList, { invalidate: stale, onError: (error) => sayFailed('Not changed', error) });
  const isArchived = list.archivedAt !== null;
  const archive = () =>
    update.mutate(
      { listId: list.id, archived: !isArchived },
      { onSuccess: () => sayDone(isArchived ? `${list.name} is open again` : `${list.name} archived`) },
    );
  return (
    <>
      <Button
        leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
        loading={download.isRunning}
        onClick={() =>
          void download
            .start({ listId: list.id }, `${list.name}.csv`)
            .catch((error: unknown) => sayFailed('Not exported', error))
        }
      >
        Export CSV
      </Button>
      {canWrite && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button aria-label="More for this list" variant="default" px={8}>
              <IconDots size={16} stroke={1.6} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={renaming.open}>Rename</Menu.Item>
            <Menu.Item onClick={archive}>{isArchived ? 'Open again' : 'Archive'}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {isRenaming && <RenameDialog list={list} onClose={renaming.close} />}
    </>
  );
}

function RenameDialog({ list, onClose }: { list: CreatorList; onClose: () => void }) {
  const update = useApiMutation(updateList, { invalidate: stale });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: list.name },
    send: (values) => update.mutateAsync({ listId: list.id, ...values }).then(onClose),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Rename the list"
      submitLabel="Rename"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
    </FormDialog>
  );
}

function NoteDialog({ listId, member, onClose }: { listId: string; member: ListMember; onClose: () => void }) {
  const save = useApiMutation(noteListMember, { invalidate: ['lists'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { note: member.note ?? '' },
    send: (values) => save.mutateAsync({ listId, personId: member.personId, note: values.note }).then(onClose),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Note on ${member.name ?? 'this creator'}`}
      submitLabel="Save note"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Note" maxLength={2000} data-autofocus {...form.getInputProps('note')} />
    </FormDialog>
  );
}
