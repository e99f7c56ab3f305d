import { Radio, Textarea } from '@mantine/core';
import { decide, pointNames, type Verdict } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  personId: string;
  point: Verdict['point'];
}

const choices: { value: Verdict['verdict']; label: string; description: string }[] = [
  { value: 'pass', label: 'Pass', description: 'Good enough to work with' },
  { value: 'review', label: 'Review', description: 'Something has to be cleared up first' },
  { value: 'reject', label: 'Reject', description: 'Not for us' },
];

export function pointTitle(point: Verdict['point']): string {
  return point === 'overall' ? 'the creator as a whole' : pointNames[point].toLowerCase();
}

/** A verdict of one's own with its reason; it stays, and stays readable when a newer one follows. */
export function DecideDialog({ isOpen, onClose, personId, point }: Props) {
  const send = useApiMutation(decide, { invalidate: ['vetting', 'creators', 'discovery'] });
  // Nothing is chosen beforehand: a verdict is not to be given by not looking.
  const initialValues: { verdict: Verdict['verdict'] | ''; reason: string } = { verdict: '', reason: '' };
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues,
    validate: {
      verdict: (value) => (value === '' ? 'Choose one of the three' : null),
      reason: (text) => (text.trim() === '' ? 'Say why, in a word or two' : null),
    },
    send: async (values) => {
      if (values.verdict === '') return;
      await send.mutateAsync({ personId, point, verdict: values.verdict, reason: values.reason });
      sayDone('Verdict kept');
      form.reset();
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={`Your verdict on ${pointTitle(point)}`}
      submitLabel="Keep verdict"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Radio.Group label="Verdict" {...form.getInputProps('verdict')}>
        <div className="vt-choices">
          {choices.map((choice) => (
            <Radio key={choice.value} value={choice.value} label={choice.label} description={choice.description} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label="Reason"
        description="Stays beside the verdict, for colleagues and for later."
        required
        autosize
        minRows={3}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
