import { Button, Select, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { type CreatorListItem, eraseCreators, mergeCreators, updateCreators } from '#modules/creators/api.ts';
import { listMembers } from '#modules/workspaces/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { VetButton } from '#web/shell/vet-button.tsx';
import { WriteButton } from '#web/shell/write-button.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ContactTypeDialog } from './contact-type-dialog.tsx';
import { nameOf, touched } from './words.ts';

interface Props {
  chosen: string[];
  rows: CreatorListItem[];
  onClear: () => void;
  onExport: () => void;
}

type Act = 'tag' | 'owner' | 'type' | 'merge' | 'erase';

/** What can be done with the chosen creators. */
export function CreatorsBulk({ chosen, rows, onClear, onExport }: Props) {
  const [act, setAct] = useState<Act | null>(null);
  const canWrite = useCan('creators:write');
  const erase = useApiMutation(eraseCreators, { invalidate: touched });
  const merge = useApiMutation(mergeCreators, { invalidate: touched });
  const picked = rows.filter((row) => chosen.includes(row.id));
  const [first, second] = picked;
  const close = () => setAct(null);
  return (
    <>
      <BulkBar
        count={chosen.length}
        title={`${formatPlural(chosen.length, 'creator')} chosen`}
        faces={picked.map((row) => ({ id: row.id, name: nameOf(row) }))}
        onClear={onClear}
      >
        <Button onClick={onExport}>Export</Button>
        <VetButton of={{ personIds: chosen }} />
        <WriteButton personIds={chosen} />
        {canWrite && <Button onClick={() => setAct('tag')}>Tag</Button>}
        {canWrite && <Button onClick={() => setAct('owner')}>Give an owner</Button>}
        {canWrite && <Button onClick={() => setAct('type')}>Contact type</Button>}
        {canWrite && chosen.length === 2 && <Button onClick={() => setAct('merge')}>Merge</Button>}
        {canWrite && <Button onClick={() => setAct('erase')}>Erase</Button>}
      </BulkBar>
      <TagDialog isOpen={act === 'tag'} personIds={chosen} onClose={close} />
      <ContactTypeDialog isOpen={act === 'type'} personIds={chosen} onClose={close} />
      <OwnerDialog isOpen={act === 'owner'} personIds={chosen} onClose={close} />
      {first !== undefined && second !== undefined && (
        <ConfirmDialog
          isOpen={act === 'merge'}
          onClose={close}
          title={`Are ${nameOf(first)} and ${nameOf(second)} one person?`}
          confirmLabel="Merge"
          onConfirm={async () => {
            await merge.mutateAsync({ keptPersonId: first.id, absorbedPersonId: second.id });
            onClear();
            sayDone(`${nameOf(second)} is merged into ${nameOf(first)}`);
          }}
        >
          {nameOf(first)} keeps its address and gets the profiles of {nameOf(second)}. It can be undone under Possible
          duplicates.
        </ConfirmDialog>
      )}
      <ConfirmDialog
        isOpen={act === 'erase'}
        onClose={close}
        title={`Erase ${formatPlural(chosen.length, 'creator')}?`}
        confirmLabel="Erase"
        isDangerous
        onConfirm={async () => {
          const { erased } = await erase.mutateAsync({ personIds: chosen });
          onClear();
          sayDone(`${formatPlural(erased, 'creator')} erased`);
        }}
      >
        Profiles, posts, history and reports go with them. It cannot be undone. A later file may bring them back; to
        prevent that, keep an objection instead.
      </ConfirmDialog>
    </>
  );
}

interface DialogProps {
  isOpen: boolean;
  personIds: string[];
  onClose: () => void;
}

function TagDialog({ isOpen, personIds, onClose }: DialogProps) {
  const update = useApiMutation(updateCreators, { invalidate: touched });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { addTags: [] as string[], removeTags: [] as string[] },
    validate: {
      addTags: (value, values) =>
        value.length + values.removeTags.length === 0 ? 'Write a tag to add or to remove' : null,
    },
    send: async (values) => {
      const { changed } = await update.mutateAsync({ personIds, ...values });
      sayDone(`${formatPlural(changed, 'creator')} changed`);
      form.reset();
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Tag ${formatPlural(personIds.length, 'creator')}`}
      submitLabel="Save tags"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TagsInput label="Add" description="Enter after each" {...form.getInputProps('addTags')} />
      <TagsInput label="Remove" {...form.getInputProps('removeTags')} />
    </FormDialog>
  );
}

function OwnerDialog({ isOpen, personIds, onClose }: DialogProps) {
  const members = useApiQuery(listMembers, {}, { enabled: isOpen });
  const update = useApiMutation(updateCreators, { invalidate: touched });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { ownerId: '' },
    send: async ({ ownerId }) => {
      const { changed } = await update.mutateAsync({ personIds, ownerId: ownerId === '' ? null : ownerId });
      sayDone(`${formatPlural(changed, 'creator')} changed`);
      form.reset();
      onClose();
    },
  });
  const people = (members.data?.rows ?? []).map((member) => ({ value: member.userId, label: member.name }));
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Who looks after ${formatPlural(personIds.length, 'creator')}?`}
      submitLabel="Save owner"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure ?? members.error?.message ?? null}
    >
      <Select
        label="Owner"
        data={[{ value: '', label: 'Nobody' }, ...people]}
        allowDeselect={false}
        {...form.getInputProps('ownerId')}
      />
    </FormDialog>
  );
}
