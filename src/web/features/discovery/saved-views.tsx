import { ActionIcon, Button, Checkbox, Menu, TextInput } from '@mantine/core';
import { IconBell, IconBellRinging, IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import {
  deleteSearch,
  forgetSearches,
  listSearches,
  type SavedSearch,
  saveSearch,
  searchHistory,
  updateSearch,
} from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { fieldLabel, filterValueWords } from './filter-words.ts';

interface Props {
  query: SavedSearch['query'];
  onOpen: (query: SavedSearch['query']) => void;
}

/** Searches kept under a name: open one, keep this one, delete one. */
export function SavedViews({ query, onOpen }: Props) {
  const canWrite = useCan('discovery:write');
  const saved = useApiQuery(listSearches, { limit: 100 });
  const [isOpen, setOpen] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const alert = useApiMutation(updateSearch, {
    invalidate: ['searches'],
    onSuccess: (search) => {
      if (search.alerts && search.checkFault !== null)
        sayFailed('New matches cannot be looked for', new Error(search.checkFault));
      else
        sayDone(
          search.alerts ? `You will be told of new matches of ${search.name}` : `No more notices of ${search.name}`,
        );
    },
    onError: (error) => sayFailed('Not changed', error),
  });
  const [doomed, setDoomed] = useState<SavedSearch | null>(null);
  const remove = useApiMutation(deleteSearch, { invalidate: ['searches'], onSuccess: () => sayDone('View deleted') });
  const rows = saved.data?.rows ?? [];
  const isBlank = query.text === undefined && query.filters.length === 0;
  return (
    <>
      <Menu position="bottom-end" width={320} shadow="md" opened={isOpen} onChange={setOpen}>
        <Menu.Target>
          <Button leftSection={<IconBookmark size={16} stroke={1.6} aria-hidden />}>Views</Button>
        </Menu.Target>
        <Menu.Dropdown className="discover-menu">
          {canWrite && (
            <Menu.Item disabled={isBlank} onClick={() => setSaving(true)}>
              Save this view
            </Menu.Item>
          )}
          {rows.length > 0 && <Menu.Label>Saved; the bell tells of new matches</Menu.Label>}
          {rows.map((one) => (
            <div key={one.id} className="row">
              <Menu.Item className="grow" onClick={() => onOpen(one.query)}>
                {one.name}
              </Menu.Item>
              {canWrite && (
                <ActionIcon
                  variant="subtle"
                  color={one.alerts ? 'teal' : 'gray'}
                  size={28}
                  aria-label={`Tell of new matches of ${one.name}`}
                  aria-pressed={one.alerts}
                  title={one.checkFault ?? (one.alerts ? 'New matches are told of' : 'New matches are not told of')}
                  onClick={() => alert.mutate({ searchId: one.id, alerts: !one.alerts })}
                >
                  {one.alerts ? <IconBellRinging size={16} stroke={1.6} /> : <IconBell size={16} stroke={1.6} />}
                </ActionIcon>
              )}
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
          <AskedBefore isOpen={isOpen} onOpen={onOpen} />
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

/** What was asked lately, read when the menu opens. */
function AskedBefore({ isOpen, onOpen }: { isOpen: boolean; onOpen: Props['onOpen'] }) {
  const history = useApiQuery(searchHistory, { limit: 8 }, { enabled: isOpen });
  const forget = useApiMutation(forgetSearches, {
    invalidate: ['searches'],
    onSuccess: () => sayDone('History forgotten'),
  });
  const rows = history.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>Asked before</Menu.Label>
      {rows.map((asked) => (
        <Menu.Item
          key={`${asked.askedAt} ${asked.typed}`}
          onClick={() => onOpen(asked.query)}
          rightSection={<span className="meta">{formatCompact(asked.total)}</span>}
        >
          <span className="clip block">{asked.typed || wordsOf(asked.query)}</span>
        </Menu.Item>
      ))}
      <Menu.Item color="gray" closeMenuOnClick={false} onClick={() => forget.mutate({})}>
        Forget what I asked
      </Menu.Item>
    </>
  );
}

function wordsOf(query: SavedSearch['query']): string {
  const filters = query.filters.map((filter) => `${fieldLabel(filter.field)} ${filterValueWords(filter, new Map())}`);
  return [query.text, query.about, ...filters].filter(Boolean).join(', ') || 'Everybody';
}

function SaveDialog({ query, onClose }: { query: SavedSearch['query']; onClose: () => void }) {
  const save = useApiMutation(saveSearch, { invalidate: ['searches'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { name: '', alerts: false },
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
      <Checkbox label="Tell me of new matches" {...form.getInputProps('alerts', { type: 'checkbox' })} />
    </FormDialog>
  );
}
