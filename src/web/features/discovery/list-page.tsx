import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUsersPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import {
  type CreatorList,
  getList,
  type Hit,
  type ListMember,
  listMembers,
  noteListMember,
  removeFromList,
  type Vote,
  voteListMember,
} from '#modules/discovery/api.ts';
import { useSession } from '#web/api/session.tsx';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { VetButton } from '#web/shell/vet-button.tsx';
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
import { CommentsDrawer } from './comments-drawer.tsx';
import { CompareDialog, compareMax } from './compare-dialog.tsx';
import './discovery.css';
import { ListActions } from './list-actions.tsx';
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
  const [discussed, setDiscussed] = useState<ListMember | null>(null);
  const { user } = useSession();
  const vote = useApiMutation(voteListMember, {
    invalidate: ['lists'],
    onError: (error) => sayFailed('Not counted', error),
  });
  const { mutate } = vote;
  const columns = useMemo(
    () =>
      memberColumns({
        userId: user?.id ?? null,
        onNote: canWrite ? setNoted : null,
        onVote: canWrite
          ? (member: ListMember, next: Vote | null) =>
              mutate({ listId: list.id, personId: member.personId, vote: next })
          : null,
        onComments: setDiscussed,
      }),
    [canWrite, list.id, mutate, user?.id],
  );
  const hits = rows.flatMap((member): Hit[] =>
    member.hit !== null && chosen.includes(member.personId) ? [member.hit] : [],
  );
  return (
    <>
      <PageHeader
        title={list.name}
        sub={list.note ?? `${formatPlural(list.members, 'creator')}, made by ${list.createdBy}`}
        badge={<Badges list={list} />}
        actions={
          <>
            {list.archivedAt === null && list.members > 0 && (
              <VetButton of={{ listId: list.id, members: list.members }} />
            )}
            <ListActions list={list} canWrite={canWrite} />
          </>
        }
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
        <VetButton of={{ personIds: chosen }} />
        <Button variant="filled" disabled={hits.length < 2 || hits.length > compareMax} onClick={comparison.open}>
          Compare {hits.length}
        </Button>
      </BulkBar>
      {noted !== null && <NoteDialog listId={list.id} member={noted} onClose={() => setNoted(null)} />}
      {discussed !== null && (
        <CommentsDrawer listId={list.id} member={discussed} canWrite={canWrite} onClose={() => setDiscussed(null)} />
      )}
      {isComparing && <CompareDialog hits={hits} onClose={comparison.close} />}
    </>
  );
}

function Badges({ list }: { list: CreatorList }) {
  return (
    <span className="chips">
      {list.archivedAt !== null && <Tag>archived</Tag>}
      {list.tags.map((tag) => (
        <Tag key={tag} tone="accent">
          {tag}
        </Tag>
      ))}
    </span>
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
