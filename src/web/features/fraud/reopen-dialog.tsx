import { Textarea } from '@mantine/core';
import { reopenFraudGroup } from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { fraudNouns } from './words.ts';

/** Opens a decided group again. */
export function ReopenDialog({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const send = useApiMutation(reopenFraudGroup, { invalidate: fraudNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim() === '' ? 'Say what is new' : null) },
    send: async ({ reason }) => {
      await send.mutateAsync({ groupId, reason });
      sayDone('Open again');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Decide this again?"
      submitLabel="Open again"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">Credit that was withdrawn is given back until it is decided anew.</p>
      <Textarea label="What is new" required autosize minRows={2} {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
