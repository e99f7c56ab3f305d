import { Textarea } from '@mantine/core';
import { rejectPicks } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { sayOutcome } from './say-outcome.ts';
import { seedingNouns } from './words.ts';

/** Rejects choices with a reason that the creators read; they choose again. */
export function RejectDialog({
  pickIds,
  onClose,
  onDone,
}: {
  pickIds: readonly string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const reject = useApiMutation(rejectPicks, { invalidate: seedingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    send: async ({ reason }) => {
      sayOutcome(
        await reject.mutateAsync({ pickIds: [...pickIds], reason }),
        'Rejected; they are asked to choose again',
      );
      onDone();
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Reject ${formatPlural(pickIds.length, 'choice')}`}
      submitLabel="Reject"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label="Why"
        description="The creator reads it, and chooses again"
        required
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
