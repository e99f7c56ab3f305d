import { Select, TextInput } from '@mantine/core';
import { addToList, createList, listLists } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  personId: string;
}

const newList = 'new';

/** Puts the creator on a list, or on a new one. */
export function AddToListDialog({ isOpen, onClose, personId }: Props) {
  const lists = useApiQuery(listLists, { limit: 200 }, { enabled: isOpen });
  const add = useApiMutation(addToList, { invalidate: ['lists'] });
  const create = useApiMutation(createList, { invalidate: ['lists'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { listId: '', name: '' },
    validate: {
      listId: (value) => (value === '' && (lists.data?.rows.length ?? 0) > 0 ? 'Choose a list' : null),
      name: (value, values) =>
        isNew(values.listId, lists.data?.rows.length) && value.trim() === '' ? 'Give the list a name' : null,
    },
    send: async (values) => {
      if (isNew(values.listId, lists.data?.rows.length)) {
        await create.mutateAsync({ name: values.name, personIds: [personId] });
        sayDone(`Put on the new list "${values.name}"`);
      } else {
        const answer = await add.mutateAsync({ listId: values.listId, personIds: [personId] });
        sayDone(answer.added === 0 ? 'Was on that list already' : 'Put on the list');
      }
      form.reset();
      onClose();
    },
  });
  const rows = lists.data?.rows ?? [];
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title="Add to a list"
      submitLabel="Add to list"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure ?? lists.error?.message ?? null}
    >
      {rows.length > 0 && (
        <Select
          label="List"
          required
          searchable
          data={[
            ...rows.map((list) => ({ value: list.id, label: `${list.name} (${list.members})` })),
            { value: newList, label: 'New list' },
          ]}
          {...form.getInputProps('listId')}
        />
      )}
      {isNew(form.values.listId, rows.length) && (
        <TextInput label="Name of the new list" required maxLength={120} {...form.getInputProps('name')} />
      )}
    </FormDialog>
  );
}

function isNew(listId: string, lists: number | undefined): boolean {
  return listId === newList || lists === 0;
}
