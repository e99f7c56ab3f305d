import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createSequence, type Sequence, type Step, updateSequence } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { toFormErrors } from '#web/ui/form-errors.ts';
import { sayDone } from '#web/ui/say.ts';
import { StepsEditor } from './steps-editor.tsx';

interface Props {
  /** Null makes a new one. */
  sequence: Sequence | null;
  onClose: () => void;
}

const first: Step[] = [
  { waitDays: 0, subject: '', body: '' },
  { waitDays: 4, subject: null, body: '' },
];

export function SequenceDialog({ sequence, onClose }: Props) {
  const [name, setName] = useState(sequence?.name ?? '');
  const [steps, setSteps] = useState<Step[]>(sequence?.steps ?? first);
  const [faults, setFaults] = useState<{ fields: Record<string, string>; form: string | null }>({
    fields: {},
    form: null,
  });
  const done = { invalidate: ['sequences'] };
  const create = useApiMutation(createSequence, done);
  const update = useApiMutation(updateSequence, done);
  const save = async () => {
    try {
      if (sequence === null) await create.mutateAsync({ name, steps });
      else await update.mutateAsync({ sequenceId: sequence.id, name, steps });
      sayDone('Saved');
      onClose();
    } catch (error) {
      const known = ['name', ...steps.flatMap((_, at) => [`steps.${at}.subject`, `steps.${at}.body`])];
      const sorted = toFormErrors(error, known);
      setFaults({
        fields: Object.fromEntries(Object.entries(sorted.fields).map(([field, text]) => [field, String(text)])),
        form: sorted.form,
      });
    }
  };
  return (
    <Modal opened onClose={onClose} title={sequence === null ? 'New sequence' : 'Change the sequence'} size="lg">
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {faults.form && <FormAlert>{faults.form}</FormAlert>}
        <TextInput
          label="Name"
          required
          value={name}
          error={faults.fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <StepsEditor steps={steps} onChange={setSteps} errors={faults.fields} />
        {sequence !== null && (
          <p className="meta">Creators who are on it already get the mails as they were when they began.</p>
        )}
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={create.isPending || update.isPending}>
            Save the sequence
          </Button>
        </div>
      </form>
    </Modal>
  );
}
