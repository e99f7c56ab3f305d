import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { recordAnswers } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CreatorSelect } from './creator-select.tsx';

/** An answer typed by hand, such as one from the phone. */
export function AnswerDialog({ onClose }: { onClose: () => void }) {
  const record = useApiMutation(recordAnswers, { invalidate: ['survey', 'orders', 'attribution'] });
  const [id] = useState(() => `hand ${crypto.randomUUID()}`);
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { answer: '', orderId: '', personId: null as string | null },
    validate: { answer: (value) => (value.trim() === '' ? 'What did they say?' : null) },
    send: async (values) => {
      const { matched } = await record.mutateAsync({
        via: 'hand',
        answers: [
          {
            id,
            answer: values.answer,
            answeredAt: new Date().toISOString(),
            ...(values.orderId.trim() === '' ? {} : { orderId: values.orderId.trim() }),
            ...(values.personId === null ? {} : { personId: values.personId }),
          },
        ],
      });
      sayDone(matched > 0 ? 'Kept; it names a creator' : 'Kept; it names nobody known');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Enter an answer"
      submitLabel="Keep answer"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea label="What the customer said" autosize minRows={2} required {...form.getInputProps('answer')} />
      <TextInput label="Order number" description="As the shop calls it" {...form.getInputProps('orderId')} />
      <CreatorSelect
        label="Creator"
        description="Read from the answer when left out"
        known={null}
        value={form.values.personId}
        onChange={(personId) => form.setFieldValue('personId', personId)}
      />
    </FormDialog>
  );
}
