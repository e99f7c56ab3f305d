import { Select, Textarea } from '@mantine/core';
import { answerFraudAppeal, type FraudAppeal } from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { fraudNouns } from './words.ts';

/** Answers what a creator said; accepted clears the group. */
export function AnswerAppealDialog({ appeal, onClose }: { appeal: FraudAppeal; onClose: () => void }) {
  const send = useApiMutation(answerFraudAppeal, { invalidate: fraudNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { outcome: '', answer: '' },
    validate: {
      outcome: (value) => (value === '' ? 'Choose one' : null),
      answer: (value) => (value.trim() === '' ? 'Say why, in a word or two' : null),
    },
    send: async ({ outcome, answer }) => {
      await send.mutateAsync({
        appealId: appeal.id,
        outcome: outcome === 'accepted' ? 'accepted' : 'declined',
        answer,
      });
      sayDone('Answered; the creator reads it in their portal');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Answer the creator"
      submitLabel="Answer"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p>“{appeal.says}”</p>
      <Select
        label="Outcome"
        required
        data={[
          { value: 'accepted', label: 'Accepted: the group is cleared' },
          { value: 'declined', label: 'Declined' },
        ]}
        {...form.getInputProps('outcome')}
      />
      <Textarea label="Answer" required autosize minRows={2} {...form.getInputProps('answer')} />
    </FormDialog>
  );
}
