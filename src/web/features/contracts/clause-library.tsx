import { Button, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { contractModels, jurisdictions, type LibraryClause, removeClause, saveClause } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { modelNames, placeNames } from './words.ts';

interface Props {
  clauses: readonly LibraryClause[];
  variables: readonly { name: string; about: string }[];
  mayWrite: boolean;
}

/** Every clause with its text, by law; own ones are written here. */
export function ClauseLibrary({ clauses, variables, mayWrite }: Props) {
  const [place, setPlace] = useState<string | null>(null);
  const [editing, setEditing] = useState<LibraryClause | 'new' | null>(null);
  const [removing, setRemoving] = useState<LibraryClause | null>(null);
  const remove = useApiMutation(removeClause, {
    invalidate: ['clauses'],
    onSuccess: () => sayDone('Removed from the library'),
  });
  const shown = clauses.filter((clause) => place === null || clause.jurisdictions.some((one) => one === place));
  return (
    <Section
      title="Clause library"
      note={`${shown.length} clauses`}
      end={
        mayWrite ? (
          <Button leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => setEditing('new')}>
            Write a clause
          </Button>
        ) : null
      }
    >
      <Select
        label="Law"
        clearable
        placeholder="Every law"
        data={jurisdictions.map((value) => ({ value, label: placeNames[value] }))}
        value={place}
        onChange={setPlace}
      />
      <ul className="ctr-owed">
        {shown.map((clause) => (
          <li key={clause.id}>
            <details>
              <summary>
                {clause.title}{' '}
                <span className="meta">
                  {clause.id}, version {clause.version}
                </span>
              </summary>
              <p className="ctr-body">{clause.body}</p>
              {clause.source !== null && <p className="meta">Follows {clause.source}</p>}
            </details>
            <span className="row">
              {clause.isOwn ? (
                <Tag tone="accent">ours</Tag>
              ) : (
                clause.jurisdictions.length === 1 && <Tag>{clause.jurisdictions[0]}</Tag>
              )}
              {mayWrite && (
                <Button variant="subtle" color="gray" size="xs" onClick={() => setEditing(clause)}>
                  {clause.isOwn ? 'Edit' : 'Copy'}
                </Button>
              )}
              {mayWrite && clause.isOwn && (
                <Button variant="subtle" color="gray" size="xs" onClick={() => setRemoving(clause)}>
                  Remove
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {editing !== null && (
        <ClauseDialog
          clause={editing === 'new' ? null : editing}
          variables={variables}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove “${removing?.title ?? ''}” from the library?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={() => remove.mutateAsync({ clauseId: removing?.id ?? '' })}
      >
        Contracts that hold it keep it.
      </ConfirmDialog>
    </Section>
  );
}

function ClauseDialog({
  clause,
  variables,
  onClose,
}: {
  clause: LibraryClause | null;
  variables: Props['variables'];
  onClose: () => void;
}) {
  const save = useApiMutation(saveClause, { invalidate: ['clauses'], onSuccess: () => sayDone('Clause saved') });
  const isOwn = clause?.isOwn === true;
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      title: clause?.title ?? '',
      body: clause?.body ?? '',
      models: [...(clause?.models ?? contractModels)],
      jurisdictions: [...(clause?.jurisdictions ?? jurisdictions)],
    },
    send: async (values) => {
      await save.mutateAsync({
        ...values,
        whenTerm: clause?.whenTerm ?? null,
        ...(isOwn ? { clauseId: clause.id } : {}),
      });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={isOwn ? 'Edit the clause' : 'A clause of your own'}
      submitLabel="Save the clause"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Title" required maxLength={120} {...form.getInputProps('title')} />
      <Textarea
        label="Text"
        required
        autosize
        minRows={6}
        maxRows={16}
        maxLength={8000}
        {...form.getInputProps('body')}
      />
      <details>
        <summary className="meta">What can be filled in</summary>
        <ul className="ctr-owed">
          {variables.map((one) => (
            <li key={one.name}>
              <code>{`{{${one.name}}}`}</code>
              <span className="meta">{one.about}</span>
            </li>
          ))}
        </ul>
      </details>
      <MultiSelect
        label="For"
        data={contractModels.map((value) => ({ value, label: modelNames[value] }))}
        {...form.getInputProps('models')}
      />
      <MultiSelect
        label="Under the law of"
        data={jurisdictions.map((value) => ({ value, label: placeNames[value] }))}
        {...form.getInputProps('jurisdictions')}
      />
    </FormDialog>
  );
}
