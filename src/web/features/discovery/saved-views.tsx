import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { deleteSearch, listSearches, type SavedSearch, saveSearch } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  query: SavedSearch['query'];
  onOpen: (query: SavedSearch['query']) => void;
}

/** Searches kept under a name: open one, keep this one, delete one. */
export function SavedViews({ query, onOpen }: Props) {
  const canWrite = useCan('discovery:write');
  const saved = useApiQuery(listSearches, { limit: 100 });
  const [isSaving, setSaving] = useState(false);
  const [doomed, setDoomed] = useState<SavedSearch | null>(null);
  const remove = useApiMutation(deleteSearch, { invalidate: ['searches'], onSuccess: () => sayDone('View deleted') });
  const rows = saved.data?.rows ?? [];
  const isBlank = query.text === undefined && query.filters.length === 0;
  return (
    <>
      <Menu position="bottom-end" width={280} shadow="md">
        <Menu.Target>
          <Button leftSection={<IconBookmark size={16} stroke={1.6} aria-hidden />}>Views</Button>
        </Menu.Target>
        <Menu.Dropdown className="discover-menu">
          {canWrite && (
            <Menu.Item disabled={isBlank} onClick={() => setSaving(true)}>
              Save this view
            </Menu.Item>
          )}
          {rows.length > 0 && <Menu.Label>Saved</Menu.Label>}
          {rows.map((one) => (
            <div key={one.id} className="row">
              <Menu.Item className="grow" onClick={() => onOpen(one.query)}>
                {one.name}
              </Menu.Item>
              {canWrite && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={`Delete ${one.name}`}
                  onClick={() => setDoomed(one)}
                >
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              )}
            </div>
          ))}
          {rows.length === 0 && <Menu.Label>No view is saved yet</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {isSaving && <SaveDialog query={query} onClose={() => setSaving(false)} />}
      {doomed !== null && (
        <ConfirmDialog
          isOpen
          onClose={() => setDoomed(null)}
          title={`Delete the view ${doomed.name}?`}
          confirmLabel="Delete"
          isDangerous
          onConfirm={() => remove.mutateAsync({ searchId: doomed.id })}
        >
          The creators it finds stay as they are.
        </ConfirmDialog>
      )}
    </>
  );
}

function SaveDialog({ query, onClose }: { query: SavedSearch['query']; onClose: () => void }) {
  const save = useApiMutation(saveSearch, { invalidate: ['searches'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '' },
    send: async (values) => {
      await save.mutateAsync({ ...values, query });
      sayDone(`${values.name} saved`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Save this view"
      submitLabel="Save view"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
    </FormDialog>
  );
}
