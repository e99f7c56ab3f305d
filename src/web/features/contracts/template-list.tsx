import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type ContractTemplate,
  contractModels,
  jurisdictions,
  listClauses,
  removeTemplate,
  saveTemplate,
} from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { modelNames, placeNames } from './words.ts';

/** Templates by model and law; own ones begin as a copy of another. */
export function TemplateList({
  templates,
  notice,
  mayWrite,
}: {
  templates: readonly ContractTemplate[];
  notice: string;
  mayWrite: boolean;
}) {
  const [editing, setEditing] = useState<ContractTemplate | null>(null);
  const [removing, setRemoving] = useState<ContractTemplate | null>(null);
  const remove = useApiMutation(removeTemplate, {
    invalidate: ['contractTemplates'],
    onSuccess: () => sayDone('Template removed'),
  });
  return (
    <Section title="Templates" note={`${templates.length}, one for each model and law, and yours`}>
      <p className="meta">{notice}</p>
      <ul className="ctr-owed">
        {templates.map((one) => (
          <li key={one.id}>
            <span>
              {one.name}{' '}
              <span className="meta">
                {one.clauseIds.length} clauses, version {one.version}
              </span>
            </span>
            <span className="row">
              {one.isOwn && <Tag tone="accent">ours</Tag>}
              {mayWrite && (
                <Button
                  variant="subtle"
                  color="gray"
                  size="xs"
                  leftSection={one.isOwn ? null : <IconPlus size={14} aria-hidden />}
                  onClick={() => setEditing(one)}
                >
                  {one.isOwn ? 'Edit' : 'Copy'}
                </Button>
              )}
              {mayWrite && one.isOwn && (
                <Button variant="subtle" color="gray" size="xs" onClick={() => setRemoving(one)}>
                  Remove
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {editing !== null && <TemplateDialog template={editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove the template “${removing?.name ?? ''}”?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={() => remove.mutateAsync({ templateId: removing?.id ?? '' })}
      >
        Contracts made from it stay as they are.
      </ConfirmDialog>
    </Section>
  );
}

function TemplateDialog({ template, onClose }: { template: ContractTemplate; onClose: () => void }) {
  const library = useApiQuery(listClauses, {}).data?.clauses ?? [];
  const save = useApiMutation(saveTemplate, {
    invalidate: ['contractTemplates'],
    onSuccess: () => sayDone('Template saved'),
  });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      name: template.isOwn ? template.name : `${template.name}, ours`,
      model: template.model,
      jurisdiction: template.jurisdiction,
      clauseIds: [...template.clauseIds],
    },
    send: async (values) => {
      await save.mutateAsync({
        ...values,
        terms: template.terms,
        ...(template.isOwn ? { templateId: template.id } : {}),
      });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={template.isOwn ? 'Edit the template' : 'A template of your own'}
      submitLabel="Save the template"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Name" required maxLength={120} {...form.getInputProps('name')} />
      <Select
        label="Model"
        allowDeselect={false}
        data={contractModels.map((value) => ({ value, label: modelNames[value] }))}
        {...form.getInputProps('model')}
      />
      <Select
        label="Law"
        allowDeselect={false}
        data={jurisdictions.map((value) => ({ value, label: placeNames[value] }))}
        {...form.getInputProps('jurisdiction')}
      />
      <MultiSelect
        label="Clauses, in this order"
        searchable
        data={library.map((one) => ({ value: one.id, label: `${one.title} (${one.id})` }))}
        {...form.getInputProps('clauseIds')}
      />
      <p className="meta">Terms start as those of “{template.name}” and are set on each contract.</p>
    </FormDialog>
  );
}
