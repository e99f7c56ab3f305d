import { Select, TextInput } from '@mantine/core';
import { createContracts, listTemplates } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { contractNouns } from './words.ts';

/** Drafts contracts for every creator of a campaign who has none. */
export function CreateDialog({
  campaignId,
  count,
  onClose,
}: {
  campaignId: string;
  count: number;
  onClose: () => void;
}) {
  const templates = useApiQuery(listTemplates, {});
  const create = useApiMutation(createContracts, { invalidate: contractNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { templateId: '', title: '' },
    validate: { templateId: (value) => (value === '' ? 'Pick a template' : null) },
    send: async ({ templateId, title }) => {
      const { created, unchanged, refused } = await create.mutateAsync({
        campaignId,
        templateId,
        ...(title.trim() === '' ? {} : { title: title.trim() }),
      });
      const rest = [
        unchanged > 0 ? `${unchanged} had one` : null,
        refused.length > 0 ? `${refused.length} refused` : null,
      ].filter((part) => part !== null);
      sayDone(`Drafted ${formatPlural(created.length, 'contract')}${rest.length > 0 ? `, ${rest.join(', ')}` : ''}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Draft contracts for ${formatPlural(Math.min(count, 500), 'creator')}`}
      submitLabel="Draft contracts"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Template"
        required
        searchable
        placeholder="Model and law"
        nothingFoundMessage="No such template"
        data={(templates.data?.templates ?? []).map((one) => ({
          value: one.id,
          label: one.isOwn ? `${one.name} (ours)` : one.name,
        }))}
        {...form.getInputProps('templateId')}
      />
      <TextInput
        label="Title"
        placeholder="The campaign’s name: agreement"
        maxLength={160}
        {...form.getInputProps('title')}
      />
      <p className="ink-2">
        Nothing is sent yet. The fee is each creator’s own from the roster, and what they make comes from their planned
        content.
      </p>
      <p className="meta">{templates.data?.notice}</p>
    </FormDialog>
  );
}
