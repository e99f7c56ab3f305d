import { Button, Menu, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { addToList, createList } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { useLists } from './use-lists.ts';

interface Props {
  personIds: readonly string[];
  isPrimary?: boolean;
}

const stale = ['lists', 'discovery'];

/** Puts creators on one of the lists, or on a new one. */
export function AddToList({ personIds, isPrimary = false }: Props) {
  const canWrite = useCan('discovery:write');
  const { lists } = useLists();
  const [isNew, setNew] = useState(false);
  const add = useApiMutation(addToList, { invalidate: stale, onError: (error) => sayFailed('Not added', error) });
  const put = (listId: string, name: string) =>
    add.mutate(
      { listId, personIds: [...personIds] },
      {
        onSuccess: ({ added, already }) =>
          sayDone(
            already > 0
              ? `${added} added to ${name}, ${already} on it already`
              : `${formatPlural(added, 'creator')} added to ${name}`,
          ),
      },
    );
  if (!canWrite) return null;
  return (
    <>
      <Menu position="top-start" width={240} shadow="md">
        <Menu.Target>
          <Button
            variant={isPrimary ? 'filled' : 'default'}
            loading={add.isPending}
            {...(isPrimary ? { className: 'grow' } : {})}
          >
            Add to list
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="discover-menu">
          {lists.map((list) => (
            <Menu.Item
              key={list.id}
              onClick={() => put(list.id, list.name)}
              rightSection={<span className="meta">{list.members}</span>}
            >
              {list.name}
            </Menu.Item>
          ))}
          {lists.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => setNew(true)}>
            New list
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isNew && <NewListDialog personIds={personIds} onClose={() => setNew(false)} />}
    </>
  );
}

export function NewListDialog({ personIds, onClose }: { personIds: readonly string[]; onClose: () => void }) {
  const create = useApiMutation(createList, { invalidate: stale });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '' },
    send: async (values) => {
      const list = await create.mutateAsync({ ...values, personIds: [...personIds] });
      sayDone(
        list.members > 0 ? `${list.name} made, with ${formatPlural(list.members, 'creator')}` : `${list.name} made`,
      );
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New list"
      submitLabel="Create list"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
    </FormDialog>
  );
}
