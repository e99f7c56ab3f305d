import { Textarea } from '@mantine/core';
import { decideSafetyFlag, type SafetyFlag } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Says why a flag is harmless, or opens it again; either stays with the flag. */
export function DismissFlagDialog({ flag, onClose }: { flag: SafetyFlag; onClose: () => void }) {
  const send = useApiMutation(decideSafetyFlag, { invalidate: ['vetting', 'safety', 'creators', 'discovery'] });
  const isOpen = flag.state === 'open';
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (text) => (isOpen && text.trim() === '' ? 'Say why it is harmless, in a word or two' : null) },
    send: async ({ reason }) => {
      await send.mutateAsync({ flagId: flag.id, state: isOpen ? 'dismissed' : 'open', reason });
      sayDone(isOpen ? 'Dismissed' : 'Open again');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={isOpen ? `Dismiss “${flag.word}”` : `Open “${flag.word}” again`}
      submitLabel={isOpen ? 'Dismiss' : 'Open again'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">{flag.excerpt}</p>
      <Textarea
        label="Reason"
        description="Stays with the flag, for colleagues and for later."
        required={isOpen}
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
